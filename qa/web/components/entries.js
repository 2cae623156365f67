// Entries in a list: search results and events. All text is set as text, never as markup.
function part(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.dir = "auto";
  element.textContent = text;
  return element;
}

// "Publisher, day" in the order of the page's words, whatever the publisher's script.
function own(element, data) {
  element.dir = data.direction;
  return element;
}

function opener(className, text, chosen) {
  const button = part("button", className, text);
  button.type = "button";
  button.onclick = chosen;
  return button;
}

function entry(each, data, open) {
  const item = document.createElement("li");
  const told = document.createElement("div");
  told.dir = each.direction;
  const heading = [own(part("span", "origin", each.origin), data), opener("title", each.title, () => open(each.index))];
  told.append(...(each.day ? heading.reverse() : heading));
  if (each.pieces.length) {
    const passage = part("p", "passage", "");
    for (const [text, hit] of each.pieces) passage.append(hit ? part("mark", "", text) : text);
    told.append(passage);
  }
  if (each.also.length) {
    const also = own(part("span", "also", data.also), data);
    for (const [index, origin] of each.also) also.append(own(opener("link", origin, () => open(index)), data));
    told.append(also);
  }
  if (each.day) item.append(own(part("span", "day", each.day), data));
  item.append(told);
  return item;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".entries");
  list.className = `entries ${data.kind}`;
  list.replaceChildren(...data.entries.map((each) => entry(each, data, (at) => setTriggerValue("chosen", at))));
}
