"""A watched question in a real browser: kept, a document comes in, the change is told."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import scripted
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

ASKED = "How many passengers does the ferry named Zephyrine carry between Karachi and Gwadar?"
NEWS = """Ferry to Gwadar begins in spring

Sun Jan 21 2024

GWADAR: A ferry named Zephyrine will sail between Karachi and Gwadar from 4 March 2024, the port
authority announced on Sunday. It carries 312 passengers and takes nine hours.
"""


def barriers(page: Any) -> list[str]:
    """What axe calls serious or worse."""
    violations = Axe().run(page).response["violations"]
    return [str(each) for each in violations if each["impact"] in ("serious", "critical")]


def test_a_document_that_comes_in_changes_a_watched_answer(
    page: Any, served: Callable[..., str], folder: Path, tmp_path: Path
) -> None:
    page.goto(served(folder) + "/watched")
    page.get_by_label("Question to watch").fill(ASKED)
    page.get_by_label("Question to watch").press("Enter")
    expect(page.get_by_text("The library does not say.")).to_be_visible()
    note = tmp_path / "ferry.txt"
    note.write_text(NEWS, encoding="utf-8")
    command = [sys.executable, "-m", "ingest", str(note), "--library", str(folder)]
    subprocess.run(command, check=True, cwd=scripted.SAMPLE.parent)
    expect(page.get_by_role("link", name=re.compile(r"Watched \(1\)"))).to_be_visible()
    expect(page.get_by_text("The library now answers this.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name=re.compile("Ferry to Gwadar begins in spring")).click()
    quote = page.locator("mark[aria-current]").first
    expect(quote).to_contain_text("Zephyrine")
    assert quote.text_content() in NEWS
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.get_by_role("link", name=re.compile(r"^\S* ?Watched$"))).to_be_visible()
    page.get_by_role("button", name="Open in chat").click()
    expect(page.locator("button.cite").first).to_be_visible()
    expect(page.get_by_role("button", name="Watched")).to_be_disabled()
