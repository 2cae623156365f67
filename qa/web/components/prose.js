// An answer's sentences with their citations. All text is set as text, never as markup.

function citation(cite, open, setTriggerValue) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite";
  button.textContent = cite.number;
  button.setAttribute("aria-label", cite.label);
  button.title = cite.origin;
  if (cite.index === open) button.setAttribute("aria-current", "true");
  button.onclick = () => setTriggerValue("cited", cite.index);
  return button;
}

function sentence(claim, open, setTriggerValue) {
  const whole = document.createElement("span");
  whole.className = `sentence ${claim.support}`;
  const words = document.createElement("span");
  words.className = "words";
  words.textContent = claim.text;
  whole.append(words);
  for (const cite of claim.citations) whole.append("\u2060", citation(cite, open, setTriggerValue));
  if (claim.note) whole.append(" ", remark(claim.note));
  return whole;
}

function remark(text) {
  const note = document.createElement("bdi");
  note.className = "note";
  note.textContent = text;
  return note;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".prose");
  const paragraphs = data.paragraphs.map((claims) => {
    const paragraph = document.createElement("p");
    paragraph.dir = "auto";
    claims.forEach((claim, at) => {
      if (at) paragraph.append(" ");
      paragraph.append(sentence(claim, data.open, setTriggerValue));
    });
    return paragraph;
  });
  root.replaceChildren(...paragraphs);
}
