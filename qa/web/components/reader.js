// An article's text with its quotes marked. All text is set as text, never as markup.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".reader");
  root.lang = data.language;
  root.setAttribute("aria-label", data.label);
  const paragraphs = data.paragraphs.map((pieces) => {
    const paragraph = document.createElement("p");
    paragraph.dir = "auto";
    for (const piece of pieces) {
      if (piece.mark === null) {
        paragraph.append(piece.text);
        continue;
      }
      const mark = document.createElement("mark");
      mark.textContent = piece.text;
      if (piece.mark === data.current) mark.setAttribute("aria-current", "true");
      paragraph.append(mark);
    }
    return paragraph;
  });
  root.replaceChildren(...paragraphs);
  const current = root.querySelector("mark[aria-current]");
  if (current && root.dataset.shown !== data.shown) {
    root.dataset.shown = data.shown;
    requestAnimationFrame(() => show(current, root.getRootNode().host?.closest(".st-key-page")));
  }
}

// Beside an answer only the panel scrolls, so that the answer stays where it is.
function show(mark, panel) {
  if (!panel) return mark.scrollIntoView({ block: "center" });
  const from = panel.scrollTop - panel.getBoundingClientRect().top;
  const { top, bottom } = mark.getBoundingClientRect();
  const seenFromTheTop = from + bottom < panel.clientHeight;
  panel.scrollTo({ top: seenFromTheTop ? 0 : from + top - panel.clientHeight / 3 });
}
