"""What the library and its documents are about, and which model answers, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import indexed
import pytest
from playwright.sync_api import expect
from settled import settled
from test_browser import ASKED, ask

from qa.store.library import Library
from tests.model_server import model_server

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
Served = Callable[..., str]
TITLE = "Prime minister opens Eastbay Expressway in Gwadar"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    indexed.fill(tmp_path / "library")
    return tmp_path / "library"


def opening(page: Any, address: str) -> Any:
    """The names in the library's opening; the page shows them by itself once they have been read."""
    page.goto(f"{address}/library")
    names = page.locator(".st-key-about button")
    names.first.wait_for()
    settled(page)
    return names


def test_a_name_in_the_librarys_opening_finds_as_many_documents_as_it_says(
    page: Any, served: Served, folder: Path
) -> None:
    address = served(folder)
    name = opening(page, address).filter(has_text="Shehbaz Sharif")
    documents = int(re.search(r"\((\d+)\)", name.text_content() or "")[1])  # type: ignore[index]
    name.click()
    expect(page.get_by_role("textbox", name="Words")).to_have_value('"Shehbaz Sharif"')
    expect(page.get_by_role("button", name="People: Shehbaz Sharif")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^{documents} documents$"))).to_be_visible()
    page.goto(f"{address}/library")
    expect(page.get_by_role("heading", name="Library")).to_be_visible()  # It is chosen once, not for ever.
    settled(page)
    expect(page.get_by_role("heading", name="Library")).to_be_visible()


def test_a_search_is_narrowed_by_a_place(page: Any, served: Served, folder: Path) -> None:
    address = served(folder)
    opening(page, address)
    page.goto(f"{address}/search?search-words=corridor")
    page.get_by_role("button", name="Places").click()
    place = page.get_by_test_id("stPopoverBody").get_by_text(re.compile(r"^Beijing \(\d+\)"))
    values = page.get_by_test_id("stPopoverBody").get_by_role("combobox")
    expect(values.or_(place).first).to_be_visible()
    if values.count():  # More than a dozen places are searched in a list.
        values.fill("Beijing")
        place = page.get_by_role("option", name=re.compile(r"^Beijing \(\d+\)"))
    documents = re.search(r"\((\d+)\)", place.text_content() or "")[1]  # type: ignore[index]
    place.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Places: Beijing")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^{documents} documents?$"))).to_be_visible()


def test_a_document_begins_with_its_lines_and_a_conversation_about_it_with_its_questions(
    page: Any, served: Served, folder: Path
) -> None:
    article = next(each for each in Library(folder).articles(limit=200) if each.title == TITLE)
    address = served(folder)
    page.goto(f"{address}/library?article={article.id}")
    expect(page.get_by_text("In three lines")).to_be_visible()
    for line in page.locator("[data-testid=stMain] li").all_text_contents():
        assert line in " ".join(article.body.split())
    page.get_by_role("button", name="Ask about this document").click()
    expect(page.get_by_role("heading", name="What do you want to know of this document?")).to_be_visible()
    question = page.get_by_text("Who opened the Eastbay Expressway in Gwadar?")
    expect(question).to_be_visible()
    page.goto(f"{address}/library?article={article.id}")
    question.click()
    expect(page.locator("button.cite").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Prime minister opens.*✕"))).to_be_visible()


def test_a_servers_models_are_listed_and_the_chosen_one_answers(
    page: Any, served: Served, folder: Path
) -> None:
    with model_server() as url:
        page.goto(served(folder, DATELINE_LLM="openai:stand-in", DATELINE_LLM_URL=url))
        page.get_by_role("button", name="openai:stand-in").click()
        page.get_by_role("combobox", name="The language model that answers").click()
        page.get_by_role("option", name="openai:another").click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="openai:another")).to_be_visible()
        ask(page, ASKED)
        page.get_by_role("button", name="How was this checked?").click()
        expect(page.get_by_text("Written by openai:another")).to_be_visible()


def test_a_model_server_that_is_down_is_told_in_one_sentence(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder, DATELINE_LLM="openai:stand-in", DATELINE_LLM_URL="http://127.0.0.1:9/v1"))
    page.get_by_role("button", name="openai:stand-in").click()
    expect(page.get_by_text(re.compile("^The model server does not answer"))).to_be_visible()
