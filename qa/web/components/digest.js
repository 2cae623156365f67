// What was gathered for a broad question: entries with their values and dated quotes. All text is set as text.
function part(tag, className, text) {
  const element = document.createElement(tag);
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

// Of quotes that follow one another from one document the last says whose they are.
function quoted(quote, next, open, setTriggerValue) {
  const button = part("button", "quote", "");
  button.type = "button";
  if (quote.index === open) button.setAttribute("aria-current", "true");
  button.append(part("span", "words", `“${quote.words}”`));
  if (next?.origin === quote.origin) button.setAttribute("aria-description", quote.origin);
  else button.append(own(part("span", "origin", quote.origin)));
  button.onclick = () => setTriggerValue("chosen", quote.index);
  return button;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const entries = data.entries.map((entry) => {
    const item = part("li", "entry", "");
    const head = part("div", "head", "");
    head.append(part("span", "label", entry.label));
    if (entry.values.length) head.append(part("span", "values", entry.values.join("; ")));
    else if (data.none) head.append(own(part("span", "values none", data.none)));
    item.append(head);
    item.append(...entry.quotes.map((quote, n) => quoted(quote, entry.quotes[n + 1], data.open, setTriggerValue)));
    return item;
  });
  parentElement.querySelector(".digest").replaceChildren(...entries);
}
