// Buttons that copy a text, or the page's address, to the clipboard at one click and say so.
const SHOWN_MS = 2000;

// Pages that come over plain HTTP from another machine have no clipboard but this.
function copiedByHand(text) {
  const held = document.createElement("textarea");
  held.value = text;
  document.body.append(held);
  held.select();
  const done = document.execCommand("copy");
  held.remove();
  if (!done) throw new Error("not copied");
}

async function copy(text) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copiedByHand(text);
}

function button({ label, text }, data, said) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.onclick = async () => {
    said.textContent = await copy(text ?? location.href).then(() => data.copied, () => data.failed);
    setTimeout(() => (said.textContent = ""), SHOWN_MS);
  };
  return element;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".copy");
  const said = parentElement.querySelector(".copied");
  root.replaceChildren(...data.buttons.map((each) => button(each, data, said)));
}
