// "/" puts the cursor into the question box, unless the reader is writing somewhere.
const WRITING = "input, textarea, select, [contenteditable], [role=textbox]";

function focus(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.composedPath().some((each) => each instanceof Element && each.matches(WRITING))) return;
  const box = document.querySelector('[data-testid="stChatInputTextArea"]');
  if (!box || box.disabled) return;
  event.preventDefault();
  box.focus();
}

export default function () {
  document.addEventListener("keydown", focus);
  return () => document.removeEventListener("keydown", focus);
}
