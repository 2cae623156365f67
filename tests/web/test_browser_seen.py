"""What axe can't see: what is announced, how large targets are, and what stands in view."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from settled import settled
from test_browser import ASKED, ask

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
Served = Callable[..., str]

_SMALL = """() => {
  const found = [];
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) look(each.shadowRoot);
      const box = each.getBoundingClientRect();
      const target = each.matches("button[kind], button.card, button.link, button.title, summary, .stTextInput input");
      if (target && box.width && (box.height < 44 || box.width < 44)) found.push(`${each.textContent} ${box.height}`);
    }
  };
  look(document.querySelector("[data-testid=stMain]"));
  return found;
}"""


def test_a_new_question_goes_to_the_top_with_its_closest_quotes_and_is_announced(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder, SCRIPTED_PAUSE="0.2"))
    ask(page, ASKED)
    expect(page.get_by_text("Closest passages")).to_be_visible()
    expect(page.locator(".st-key-progress")).to_have_attribute("aria-live", "polite")
    assert page.locator("button.cite").count() == 0
    top = page.get_by_label("Chat message from user").first.bounding_box()["y"]
    assert 0 <= top < 160
    expect(page.locator("button.cite").first).to_be_visible()
    expect(page.get_by_text("Closest passages")).to_be_hidden()
    expect(page.locator(".said")).to_have_text(re.compile("^Answer: "))


def test_focus_returns_to_the_citation_whose_quote_is_closed(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    ask(page, ASKED)
    cite = page.locator("button.cite").first
    cite.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-beside")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-beside")).to_be_hidden()
    expect(cite).to_be_focused()


def test_a_finger_meets_what_it_aims_at_on_a_phone(page: Any, served: Served, folder: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served(folder))
    ask(page, ASKED)
    expect(page.locator("button.cite").first).to_be_visible()
    settled(page)
    assert page.evaluate(_SMALL) == []
    address = page.url.partition("?")[0].rstrip("/").removesuffix("/ask")
    for path in ("search?search-words=Gwadar", "library", "timeline", "watched", "check"):
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        settled(page)
        assert page.evaluate(_SMALL) == [], path


def test_how_an_answer_was_checked_stands_behind_a_button_under_its_one_line(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder))
    ask(page, ASKED)
    expect(page.get_by_text(re.compile("^From 1 document"))).to_be_visible()
    said = page.get_by_text("Written by")
    expect(said).to_be_hidden()
    page.get_by_role("button", name="How was this checked?").click()
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
