"""What readers do, in a real browser, with the scripted assistant over a real library."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import scripted
from playwright.sync_api import expect
from settled import settled

from qa.store.library import Library

pytestmark = pytest.mark.browser
expect.set_options(timeout=120_000)  # A busy machine takes its time.

ASKED = "Who co-chaired the fourth meeting of the Joint Working Group on cooperation in Islamabad?"
SEED = """Ferry to Gwadar begins in spring

Sun Jan 21 2024

GWADAR: A ferry named Zephyrine will sail between Karachi and Gwadar from 4 March 2024, the port
authority announced on Sunday. It carries 312 passengers and takes nine hours.
"""
DOCUMENTS = len(list(scripted.SAMPLE.glob("*.md")))
Served = Callable[..., str]


def ask(page: Any, question: str) -> None:
    box = page.get_by_label("Ask about the library")
    expect(box).to_be_enabled()
    box.fill(question)
    box.press("Enter")


def test_sources_come_before_words_and_a_citation_opens_its_quote(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder, SCRIPTED_PAUSE="0.15"))
    ask(page, ASKED)
    expect(page.locator(".card").first).to_be_visible()
    assert page.locator("button.cite").count() == 0
    page.locator("button.cite").first.click()
    mark = page.locator("mark[aria-current]")
    expect(mark).to_be_in_viewport()
    quote = mark.first.text_content()
    library = Library(folder)
    article = next(each for each in library.articles() if quote in each.body)
    start = article.body.index(quote)
    assert article.body[start : start + len(quote)] == quote
    assert page.locator("article.reader").inner_text().replace("\n", "") == article.body.replace("\n", "")


def test_the_reader_walks_through_the_quotes_and_closes_them(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    ask(
        page,
        "What did the motorway between Havelian Thakot Mansehra road Karakoram Highway opened traffic cost?",
    )
    cites = page.locator("button.cite")
    expect(cites.first).to_be_visible()
    assert cites.count() > 1
    cites.first.click()
    expect(page.get_by_text(re.compile(r"Quote 1 of \d"))).to_be_visible()
    first = page.locator("mark[aria-current]").first.text_content()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text(re.compile(r"Quote 2 of \d"))).to_be_visible()
    expect(page.locator("mark[aria-current]").first).not_to_have_text(first)
    page.keyboard.press("Escape")
    expect(page.locator("article.reader")).to_have_count(0)


def test_an_answer_can_be_stopped_and_is_there_after_a_reload(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder, SCRIPTED_PAUSE="0.4"))
    ask(page, ASKED)
    expect(page.locator(".st-key-words p").first).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped before it was finished")).to_be_visible()
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Stopped before it was finished")).to_be_visible()


def test_a_reload_goes_on_showing_the_answer_being_written(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder, SCRIPTED_PAUSE="0.6"))
    ask(page, ASKED)
    expect(page.locator(".card").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("button.cite").first).to_be_visible()


def test_an_answer_is_finished_though_its_page_was_left(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder, SCRIPTED_PAUSE="0.1"))
    ask(page, ASKED)
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.locator("td").first).to_be_visible()
    page.get_by_role("link", name="Ask").click()
    expect(page.locator("button.cite").first).to_be_visible()


def test_a_refusal_offers_the_nearest_documents(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    ask(page, "What does phase zwei cost?")
    expect(page.get_by_role("heading", name="The library does not say.")).to_be_visible()
    page.locator(".card").first.click()
    expect(page.get_by_text("Closest passage")).to_be_visible()
    expect(page.locator("mark[aria-current]").first).to_be_visible()


def test_the_library_is_found_sorted_and_read(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder) + "/library")
    expect(page.get_by_text(f"{DOCUMENTS} documents by")).to_be_visible()
    page.get_by_role("button", name="Title").click()
    expect(page.locator("th.title")).to_have_attribute("aria-sort", "descending")
    titles = page.locator("td.title").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)
    page.get_by_label("Find").fill("motorway")
    page.get_by_label("Find").press("Enter")
    expect(page.locator("td.title").first).to_contain_text(re.compile("motorway", re.I))
    page.locator("button.link").first.click()
    expect(page.locator("article.reader")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text(f"{DOCUMENTS - 1} documents by")).to_be_visible()


def test_an_upload_is_explained_answered_from_and_undone(page: Any, served: Served, tmp_path: Path) -> None:
    note, broken = tmp_path / "ferry.txt", tmp_path / "broken.pdf"
    note.write_text(SEED, encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4 nothing")
    page.goto(served(tmp_path / "library"))
    expect(page.get_by_role("heading", name="Begin with documents")).to_be_visible()
    page.set_input_files("input[type=file]", [note, broken])
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_role("heading", name="What do you want to know?")).to_be_visible()
    ask(page, "How many passengers does the ferry named Zephyrine carry between Karachi and Gwadar?")
    expect(page.locator("button.cite").first).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_text("1 added, 1 refused")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nothing is in the library yet")).to_be_visible()


def test_a_document_that_another_process_adds_is_found_without_a_restart(
    page: Any, served: Served, folder: Path, tmp_path: Path
) -> None:
    page.goto(served(folder) + "/library")
    expect(page.get_by_text(f"{DOCUMENTS} documents by")).to_be_visible()
    note = tmp_path / "ferry.txt"
    note.write_text(SEED, encoding="utf-8")
    command = [sys.executable, "-m", "ingest", str(note), "--library", str(folder)]
    subprocess.run(command, check=True, cwd=scripted.SAMPLE.parent)
    page.get_by_role("link", name="Ask").click()
    expect(page.get_by_text(f"{DOCUMENTS + 1} documents by")).to_be_visible()
    ask(page, "How many passengers does the ferry named Zephyrine carry between Karachi and Gwadar?")
    expect(page.locator(".prose")).to_contain_text("Zephyrine")
