"""What readers do around an answer, in a real browser: links, keys, filters, what comes next, exports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from test_browser import ASKED, ask, settled

from qa.web.conversations import Conversations

pytestmark = pytest.mark.browser
Served = Callable[..., str]


def answered(page: Any) -> None:
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    expect(page.locator("button.cite").first).to_be_visible()
    settled(page)


def test_an_address_brings_a_question_for_the_reader_to_ask_and_another_opens_the_conversation(
    page: Any, served: Served, folder: Path
) -> None:
    address = served(folder)
    page.goto(f"{address}/?q={quote(ASKED)}")
    box = page.get_by_label("Ask about the library")
    expect(box).to_have_value(ASKED)
    settled(page)
    assert not Conversations(folder).find()
    box.press("Enter")
    answered(page)
    assert re.search(r"\?c=[\w-]+$", page.url)
    page.goto(page.url)
    answered(page)
    assert len(Conversations(folder).find()) == 1


def test_keys_reach_the_question_box_and_a_new_question(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    box = page.get_by_label("Ask about the library")
    expect(box).to_be_enabled()
    settled(page)
    page.wait_for_function(_PRESSED_UNTIL_FOCUSED)  # The key is heard once its component is there.
    expect(box).to_have_value("")
    page.keyboard.type("Either/or?")
    expect(box).to_have_value("Either/or?")
    box.fill(ASKED)
    page.keyboard.press("Enter")
    answered(page)
    page.keyboard.press("Escape")
    page.locator("h1, h2, p").first.click()
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("heading", name="What do you want to know?")).to_be_visible()


def test_everything_under_an_answer_is_reached_by_tab(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    ask(page, ASKED)
    answered(page)
    page.locator("button.card").first.focus()
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(_FOCUSED))
    said = " | ".join(reached)
    for name in ("Source 1", "Copy", "Ask again", "Edit", "Filters"):
        assert name in said, said


def test_an_answer_and_its_copy_have_no_serious_barrier(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    ask(page, ASKED)
    answered(page)
    page.get_by_role("button", name="Copy as").click()
    expect(page.get_by_test_id("stCode")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_an_answer_and_the_address_are_copied_at_one_click(page: Any, served: Served, folder: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served(folder))
    ask(page, ASKED)
    answered(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(ASKED)
    assert page.locator(".words").first.inner_text()[:20] in copied
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text === location.href)")


_PRESSED_UNTIL_FOCUSED = """() => {
  if (document.activeElement?.dataset.testid === "stChatInputTextArea") return true;
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, composed: true }));
  return false;
}"""
_FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.getAttribute("aria-label") || element?.textContent || "";
}"""


def test_a_reader_narrows_by_date_and_takes_the_filter_off(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    expect(page.get_by_label("Ask about the library")).to_be_enabled()
    settled(page)
    page.get_by_role("button", name="Filters").click()
    first = page.get_by_role("slider").first
    first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    chip = page.get_by_role("button", name=re.compile("^since"))
    expect(chip).to_be_visible()
    page.keyboard.press("Escape")
    settled(page)
    chip.click()
    expect(chip).to_have_count(0)


def test_what_comes_next_is_asked_and_a_double_click_asks_once(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder, SCRIPTED_PAUSE="0.02"))
    ask(page, ASKED)
    answered(page)
    following = page.locator("[class*='st-key-followup-'] button").first
    expect(following).to_be_visible()
    question = following.inner_text().splitlines()[-1]
    following.dblclick()
    expect(page.locator("[aria-label='Chat message from user']")).to_have_count(2)
    expect(page.get_by_role("button", name="Copy as")).to_have_count(2)
    settled(page)
    kept = Conversations(folder)
    exchanges = kept.exchanges(kept.find()[0].id)
    assert [each.question for each in exchanges] == [ASKED, question]


def test_a_conversation_is_exported_judged_and_deleted(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    ask(page, ASKED)
    answered(page)
    page.locator("[data-testid=stFeedback] button").first.click()
    page.get_by_label("Comment").fill("Just so.")
    page.get_by_label("Comment").press("Enter")
    page.get_by_role("button", name="Judged answers (1)").click()
    with page.expect_download() as judged:
        page.get_by_role("button", name="Download as questions for the evaluation").click()
    assert json.loads(Path(judged.value.path()).read_text())["note"] == "Just so."
    page.keyboard.press("Escape")
    settled(page)
    menu = page.get_by_role("button", name="more_horiz").first
    for form, begins in (("Markdown", b"# Who co-chaired"), ("HTML", b"<!doctype html>"), ("PDF", b"%PDF-")):
        menu.click()
        with page.expect_download() as file:
            page.get_by_role("button", name=f"Export as {form}").click()
        assert Path(file.value.path()).read_bytes().startswith(begins)
        page.keyboard.press("Escape")
        settled(page)
    menu.click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="What do you want to know?")).to_be_visible()
    assert Conversations(folder).find() == ()
