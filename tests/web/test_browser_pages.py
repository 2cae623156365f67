"""What readers do on the pages beside the chat, in a real browser over the sample's library."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import indexed
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from settled import settled

from qa.store.library import Library

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
Served = Callable[..., str]
PAGES = ["", "watched", "search?search-words=Gwadar", "timeline", "check", "library", "evaluation"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    indexed.fill(tmp_path / "library")
    return tmp_path / "library"


def found(page: Any, n: int) -> None:
    expect(page.get_by_text(re.compile(rf"^{n} documents?$"))).to_be_visible()


def test_a_search_is_mended_narrowed_taken_along_and_asked_about(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder) + "/search?search-words=Gawadar")
    page.get_by_role("button", name=re.compile(r"^Gwadar \(\d+\)")).click()
    expect(page.get_by_role("textbox", name="Words")).to_have_value("Gwadar")
    results = page.locator(".results li")
    expect(results.first).to_contain_text("Gwadar")
    all_of_them = results.count()
    page.get_by_role("button", name="Publishers").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name=re.compile("Gwadar Port Notes")).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("Publishers: Gwadar Port Notes"))).to_be_visible()
    expect(results).not_to_have_count(all_of_them)
    settled(page)
    narrowed = results.count()
    assert 0 < narrowed < all_of_them
    best = results.first.text_content() or ""
    page.get_by_text("Oldest", exact=True).click()
    expect(results.first).not_to_have_text(best)
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == narrowed
    assert {row["publisher"] for row in rows} == {"Gwadar Port Notes"}
    assert [row["published"] for row in rows] == sorted(row["published"] for row in rows)
    page.locator("button.title").first.click()
    mark = page.get_by_role("dialog").locator("mark[aria-current]").first
    expect(mark).to_be_visible()
    assert mark.text_content() in Library(folder).article(rows[0]["article_id"]).body  # type: ignore[union-attr]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask about these").click()
    expect(page.get_by_role("button", name=f"{narrowed} documents")).to_be_visible()


def test_a_bar_narrows_a_search_to_its_year_and_its_chip_takes_it_off(
    page: Any, served: Served, folder: Path
) -> None:
    page.goto(served(folder) + "/search?search-words=Gwadar")
    bar = page.locator("[data-testid=stVegaLiteChart] [aria-label*='Time: 2025']").first
    expect(bar).to_be_visible()
    expect(page.locator(".results li").first).to_be_visible()
    every = page.locator(".results li").count()
    bar.click()
    chip = page.get_by_role("button", name=re.compile(r"^2025"))
    expect(chip).to_be_visible()
    expect(page.locator(".results .origin").first).to_contain_text("2025")
    settled(page)
    chip.click()
    expect(page.locator(".results li")).to_have_count(every)


def test_a_timeline_opens_its_quotes_and_shows_who_wrote(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder) + "/timeline?timeline-words=Gwadar")
    event = page.locator("button.title").first
    expect(event).to_be_visible()
    said = event.text_content()
    event.click()
    mark = page.get_by_role("dialog").locator("mark[aria-current]").first
    expect(mark).to_be_visible()
    assert " ".join((mark.text_content() or "").split()) == said
    page.keyboard.press("Escape")
    page.get_by_text("Coverage").click()
    expect(page.get_by_text(re.compile(r"\d+ documents by when they were published"))).to_be_visible()


def test_a_paragraph_is_checked_and_its_quote_opened(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder) + "/check")
    page.get_by_role("textbox", name="Statement or paragraph").fill(
        "The fourth meeting of the CPEC Joint Working Group was held in Islamabad. Zebras sang."
    )
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("2 claims: 1 supported, 1 not in the library.")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text(re.compile("Supported: The fourth meeting"))).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^For: ")).first.click()
    expect(page.get_by_role("dialog").locator("mark[aria-current]").first).to_be_visible()


def test_right_to_left_and_chinese_texts_begin_where_their_script_does(
    page: Any, served: Served, folder: Path
) -> None:
    address = served(folder)
    page.goto(f"{address}/search?search-words=گوادر")
    title = page.locator("button.title").first
    expect(title).to_be_visible()
    assert title.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert title.evaluate("each => getComputedStyle(each).textAlign") == "right"
    origin = page.locator(".origin").first  # Else the day would read "March 2024 4".
    assert origin.evaluate("each => getComputedStyle(each).direction") == "ltr"
    title.click()
    paragraph = page.get_by_role("dialog").locator("article.reader p").first
    expect(paragraph).to_be_visible()
    assert paragraph.evaluate("each => getComputedStyle(each).direction") == "rtl"
    page.goto(f"{address}/search?search-words=瓜达尔港")
    expect(page.locator(".results mark").first).to_have_text("瓜达尔港")


def test_what_is_known_of_a_document_is_corrected_on_its_page(
    page: Any, served: Served, folder: Path
) -> None:
    article = next(iter(Library(folder).articles(limit=1)))
    page.goto(f"{served(folder)}/library?article={article.id}")
    page.get_by_role("button", name="Correct").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Headline").fill("A headline as it was printed")
    dialog.get_by_label("Publisher").fill("The Estuary Post")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="A headline as it was printed")).to_be_visible()
    expect(page.get_by_text("The Estuary Post").first).to_be_visible()
    stored = Library(folder).article(article.id)
    assert stored is not None
    assert (stored.title, stored.publisher) == ("A headline as it was printed", "The Estuary Post")
    assert stored.body == article.body


def test_no_page_scrolls_sideways_on_a_phone(page: Any, served: Served, folder: Path) -> None:
    library = Library(folder)
    article = library.articles(limit=1)[0]
    long = replace(
        article, title=f"{article.title} " * 4, publisher="Ministry of " * 8, source="/a-folder" * 30
    )
    library.put(long, library.passages_of(article.id))
    address = served(folder)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in [*PAGES, f"library?article={article.id}"]:
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        settled(page)
        page.wait_for_timeout(500)  # Components and plots come in a frame or two after the script's end.
        widths = page.evaluate(_WIDTHS)
        assert widths == [390, 390], path


def test_nothing_lies_over_what_is_written_on_a_phone(page: Any, served: Served, folder: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served(folder)}/watched")
    page.get_by_label("Question to watch").fill("How many years does the lease of the port at Gwadar run?")
    expect(page.get_by_test_id("InputInstructions")).to_be_hidden()


_WIDTHS = """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .map((each) => each.scrollWidth)"""


def test_what_lies_over_a_page_has_its_colours(chromium: Any, served: Served, folder: Path) -> None:
    page = chromium.new_page(color_scheme="dark")
    page.set_default_timeout(60_000)
    article = Library(folder).articles(limit=1)[0]
    page.goto(f"{served(folder)}/library?article={article.id}")
    page.get_by_role("button", name="Remove").click()
    over = page.get_by_role("dialog").get_by_test_id("stCaptionContainer")
    expect(over).to_be_visible()
    beneath = page.get_by_test_id("stMain").get_by_test_id("stCaptionContainer").first
    colours = [each.evaluate("each => getComputedStyle(each).color") for each in (over, beneath)]
    page.close()
    assert colours[0] == colours[1]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier(chromium: Any, served: Served, folder: Path, scheme: str) -> None:
    page = chromium.new_page(color_scheme=scheme)
    page.set_default_timeout(60_000)
    address = served(folder)
    article = Library(folder).articles(limit=1)[0]
    barriers = {}
    for path in [*PAGES, f"library?article={article.id}"]:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        settled(page)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(500)  # Components and plots come in a frame or two after the script's end.
            for each in Axe().run(page).response["violations"]:
                if each["impact"] in ("serious", "critical"):
                    barriers[f"{path} {width}: {each['id']}"] = [node["html"] for node in each["nodes"]]
    page.close()
    assert barriers == {}, json.dumps(barriers, indent=1)
