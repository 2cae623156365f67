// A page of articles as a table; its headers sort. All text is set as text.
function cell(name, text) {
  const element = document.createElement("td");
  element.className = name;
  element.textContent = text;
  return element;
}

function header(column, data, setTriggerValue) {
  const element = document.createElement("th");
  element.scope = "col";
  element.className = column.name;
  if (!column.order) {
    element.textContent = column.label;
    return element;
  }
  const button = document.createElement("button");
  button.type = "button";
  const current = column.order === data.order || column.reverse === data.order;
  button.textContent = column.label + (current ? (column.reverse === data.order ? " ↑" : " ↓") : "");
  if (current) element.setAttribute("aria-sort", column.reverse === data.order ? "ascending" : "descending");
  button.onclick = () =>
    setTriggerValue("sorted", column.order === data.order && column.reverse ? column.reverse : column.order);
  element.append(button);
  return element;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const head = document.createElement("tr");
  head.append(...data.columns.map((column) => header(column, data, setTriggerValue)));
  const rows = data.rows.map((row) => {
    const line = document.createElement("tr");
    for (const column of data.columns) {
      const element = cell(column.name, row[column.name]);
      if (column.name === "title") {
        const link = document.createElement("button");
        link.type = "button";
        link.className = "link";
        link.textContent = row.title;
        link.onclick = () => setTriggerValue("chosen", row.id);
        element.replaceChildren(link);
      }
      line.append(element);
    }
    return line;
  });
  parentElement.querySelector("table").dir = data.direction;
  parentElement.querySelector("thead").replaceChildren(head);
  parentElement.querySelector("tbody").replaceChildren(...rows);
}
