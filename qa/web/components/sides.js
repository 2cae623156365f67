// What documents say differently, side by side. All text is set as text.
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

export default function ({ data, parentElement, setTriggerValue }) {
  const sides = data.sides.map((side) => {
    const item = document.createElement("li");
    const button = part("button", "side", "");
    button.type = "button";
    if (side.index === data.open) button.setAttribute("aria-current", "true");
    const head = part("span", "head", "");
    head.append(own(part("span", "date", side.date)));
    if (side.newest) head.append(own(part("span", "newest", side.newest)));
    button.append(head, part("span", "publisher", side.publisher), part("span", "value", side.value), part("span", "quote", `“${side.quote}”`));
    if (side.refuted) button.append(own(part("span", "refuted", side.refuted)));
    if (side.speaker) button.append(own(part("span", "speaker", side.speaker)));
    button.onclick = () => setTriggerValue("chosen", side.index);
    item.append(button);
    return item;
  });
  const root = parentElement.querySelector(".sides");
  root.setAttribute("aria-label", data.label);
  root.replaceChildren(...sides);
}
