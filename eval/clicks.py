"""Clicks in a browser, timed there: from the event to the last change that the reader sees of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_WATCH = """() => {
  const shown = ".stMain, [role=dialog], .stSidebar, [data-testid=stPopoverBody]";
  window.seen = () => [...document.querySelectorAll(shown)].map((part) => {
    const own = [...part.querySelectorAll("*")].filter((each) => each.shadowRoot);
    const fields = [...part.querySelectorAll("input, textarea")].map((each) => each.value);
    const plots = part.querySelectorAll("canvas, svg.marks").length;
    return [part.textContent, ...own.map((each) => each.shadowRoot.textContent), ...fields, plots].join();
  }).join();
  for (const kind of ["click", "keydown"]) addEventListener(kind, (event) => {
    if (kind === "click" || event.key === "Enter") window.clickedAt ??= performance.now();
  }, true);
}"""
_BEGIN = "() => { window.was = window.seen(); window.clickedAt = window.changedAt = undefined; }"
_DRAWN = """(restMs) => {
  const now = performance.now(), seen = window.seen();
  if (seen !== window.was) [window.was, window.changedAt] = [seen, now];
  const still = document.querySelector("[data-test-script-state=notRunning]");
  const rest = still && window.changedAt > window.clickedAt && now - window.changedAt > restMs;
  return rest ? window.changedAt - window.clickedAt : false;
}"""
_LOOKS_EVERY_MS = 20
_REST_MS = 250
"""A page that has not changed for so long, and for which no script runs, is drawn."""


class Clicks:
    """What a reader does in a tab, each timed in milliseconds."""

    def __init__(self, tab: Page) -> None:
        self._tab = tab
        tab.evaluate(_WATCH)

    def click(self, what: Locator) -> float:
        """A click on something."""
        what.scroll_into_view_if_needed()
        return self._timed(what.click)

    def enter(self, field: Locator, text: str) -> float:
        """A text typed into a field, timed from the Enter key."""
        field.fill(text)
        return self._timed(lambda: field.press("Enter"))

    def _timed(self, act: Callable[[], None]) -> float:
        self._tab.evaluate(_BEGIN)
        act()
        drawn = self._tab.wait_for_function(_DRAWN, arg=_REST_MS, polling=_LOOKS_EVERY_MS)
        return float(drawn.json_value())
