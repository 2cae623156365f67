// What the page does beside drawing: "/" puts the cursor into the question box unless the reader is writing
// somewhere; a new question goes to the top of the view; focus returns to the quote that was opened; on a phone
// the drawer closes on a choice; and what was answered is told to screen readers.
const WRITING = "input, textarea, select, [contenteditable], [role=textbox]";
const OPENS = "button.cite, button.card, button.side, button.quote";
const CHOICE = '[class*="st-key-row-"] button[kind="tertiary"], [data-testid="stSidebar"] .stButton button';
const PHONE = "(max-width: 640px)";
const PATIENCE_MS = 10000; // for a quote to come beside, and for its button to be drawn again
let opened = null;
let following = null;
let asked = null;

function box() {
  return document.querySelector('[data-testid="stChatInputTextArea"]');
}

function focus(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.composedPath().some((each) => each instanceof Element && each.matches(WRITING))) return;
  if (!box() || box().disabled) return;
  event.preventDefault();
  box().focus();
}

function clicked(event) {
  const path = event.composedPath().filter((each) => each instanceof Element);
  const button = path.find((each) => each.matches(OPENS));
  const host = path.find((each) => [...each.classList].some((name) => name.startsWith("st-key-")));
  if (button && host) {
    const key = [...host.classList].find((name) => name.startsWith("st-key-"));
    opened = { key, text: button.textContent, shown: false, until: Date.now() + PATIENCE_MS };
    follow();
  }
  if (path.some((each) => each.matches(CHOICE)) && matchMedia(PHONE).matches)
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

// Does something with an element as soon as it is drawn, within two seconds.
function soon(selector, act, tries = 20) {
  const found = document.querySelector(selector);
  if (found) act(found);
  else if (tries) setTimeout(() => soon(selector, act, tries - 1), 100);
}

function* buttons(root) {
  for (const element of root.querySelectorAll("*")) {
    if (element.matches(OPENS)) yield element;
    if (element.shadowRoot) yield* buttons(element.shadowRoot);
  }
}

// Focus goes back to the button that opened a quote once the quote beside has come and gone, unless the reader
// is elsewhere by then. The page is drawn anew when it closes, so the button may take a moment to be there.
function follow() {
  clearTimeout(following);
  const beside = document.querySelector(".st-key-beside");
  if (beside) Object.assign(opened, { shown: true, until: Date.now() + PATIENCE_MS });
  else if ((opened.shown && returned()) || Date.now() > opened.until) opened = null;
  if (opened) following = setTimeout(follow, 150);
}

function returned() {
  if (document.activeElement !== document.body) return true;
  const host = document.querySelector(`.${CSS.escape(opened.key)}`);
  const found = host && [...buttons(host)].find((each) => each.textContent === opened.text);
  found?.focus();
  return Boolean(found);
}

export default function ({ data, parentElement }) {
  document.addEventListener("keydown", focus);
  document.addEventListener("click", clicked, true);
  const said = parentElement.querySelector(".said");
  if (data.writing === null && said.textContent !== data.said) said.textContent = data.said;
  if (data.writing !== null && data.writing !== asked) {
    soon(`.st-key-exchange-${data.writing}`, (question) => question.scrollIntoView({ block: "start" }));
    soon(".st-key-progress", (progress) => progress.setAttribute("aria-live", "polite"));
  }
  asked = data.writing;
  return () => {
    document.removeEventListener("keydown", focus);
    document.removeEventListener("click", clicked, true);
  };
}
