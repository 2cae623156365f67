"""The pages in Urdu and Chinese, in a real browser: Urdu runs from right to left, and English quotes in it do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import indexed
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from settled import settled
from test_browser import ASKED

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
Served = Callable[..., str]


def direction(element: Any) -> str:
    return str(element.evaluate("each => getComputedStyle(each).direction"))


def barriers(page: Any) -> list[str]:
    settled(page)
    page.wait_for_timeout(500)  # Components and plots come in a frame or two after the script's end.
    found = Axe().run(page).response["violations"]
    return [json.dumps(each, indent=1) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.slow
def test_urdu_runs_from_right_to_left_and_a_quote_in_english_does_not(
    chromium: Any, served: Served, tmp_path: Path
) -> None:
    indexed.fill(tmp_path / "library")
    page = chromium.new_page(locale="ur-PK", viewport={"width": 1280, "height": 800})
    page.set_default_timeout(60_000)
    address = served(tmp_path / "library")
    page.goto(address)
    box = page.get_by_label("لائبریری کے بارے میں پوچھیں")
    expect(box).to_be_enabled()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    box.fill(ASKED)
    box.press("Enter")
    cite = page.locator("button.cite").first
    expect(cite).to_be_visible()
    assert (cite.get_attribute("aria-label") or "").endswith("اقتباس دکھائیں")
    assert direction(page.locator(".prose p").first) == "ltr"
    cite.click()
    expect(page.locator("mark[aria-current]").first).to_be_in_viewport()
    assert direction(page.locator("article.reader")) == "rtl"
    assert direction(page.locator("article.reader p").first) == "ltr"
    assert barriers(page) == []
    beside, answer = page.locator(".st-key-beside").bounding_box(), page.locator(".prose").bounding_box()
    assert beside["x"] < answer["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("library", "search?search-words=Gwadar", "timeline"):
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        assert barriers(page) == []
        assert page.get_by_test_id("stMain").evaluate("each => each.scrollWidth") == 390
        assert page.get_by_test_id("stSidebar").bounding_box()["x"] >= 390  # put away, to the right
    page.close()


def test_a_choice_stays_with_the_reader_from_page_to_page(page: Any, served: Served, folder: Path) -> None:
    page.goto(served(folder))
    page.get_by_test_id("stSidebar").get_by_label("Language").click()
    page.get_by_role("option", name="简体中文").click()
    expect(page.get_by_label("向资料库提问")).to_be_visible()
    page.get_by_role("link", name="资料库").click()
    expect(page.get_by_role("heading", name="资料库")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.reload()
    expect(page.get_by_role("heading", name="资料库")).to_be_visible()
