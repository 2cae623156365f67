// The documents that a search found, as cards in a row. All text is set as text.
function line(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.dir = "auto";
  element.textContent = text;
  return element;
}

// What the page says itself runs as the page does.
function own(element) {
  element.removeAttribute("dir");
  return element;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".cards");
  root.setAttribute("aria-label", data.label);
  const cards = data.cards.map((card) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = card.cited ? "card cited" : "card";
    button.disabled = data.busy;
    const head = line("head", "");
    head.append(line("number", card.number), line("publisher", card.publisher), own(line("date", card.date)));
    button.append(head, line("title", card.title), line("passage", card.passage));
    button.onclick = () => setTriggerValue("chosen", card.index);
    item.append(button);
    return item;
  });
  root.replaceChildren(...cards);
}
