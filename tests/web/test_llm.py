"""The app as a reader meets it, on the built-in model over the sample library."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from qa.store.library import Library

pytestmark = [pytest.mark.browser, pytest.mark.llm, pytest.mark.slow, pytest.mark.timeout(1500)]

ROOT = Path(__file__).parents[2]
WAIT_MS = 300_000  # Two busy cores write some words a second.
NEWS = """Ferry to Gwadar begins in spring

Sun Jan 21 2024

GWADAR: A ferry named Zephyrine will sail between Karachi and Gwadar from 4 March 2024, the port
authority announced on Sunday. It carries 312 passengers and takes nine hours.
"""


def ingest(path: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "ingest", str(path), "--library", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)


def ask(page: Any, question: str, answers: int) -> None:
    """Asks, and waits for as many answers as there should be by then."""
    box = page.get_by_label("Ask about the library")
    expect(box).to_be_enabled(timeout=WAIT_MS)
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_role("button", name="Copy as")).to_have_count(answers, timeout=WAIT_MS)


def test_a_reader_asks_reads_the_proof_is_refused_and_asks_about_the_latest_news(
    page: Any, served: Callable[..., str], tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    ingest(ROOT / "sample", folder)
    page.goto(served(folder, ROOT / "app.py"))

    ask(page, "Who co-chaired the fourth meeting of the joint working group?", 1)
    expect(page.locator(".prose").first).to_contain_text("Sun Weidong")
    page.locator("button.cite").first.click()
    mark = page.locator("mark[aria-current]").first
    expect(mark).to_be_in_viewport()
    quote = mark.text_content()
    assert "Qazi" in quote
    assert "Sun Weidong" in quote
    assert any(quote in article.body for article in Library(folder).articles(limit=200))
    page.keyboard.press("Escape")

    ask(page, "Who won the cricket match in Lahore on Friday?", 2)
    expect(page.get_by_role("heading", name="The library does not say.")).to_be_visible()

    note = tmp_path / "ferry.txt"
    note.write_text(NEWS, encoding="utf-8")
    ingest(note, folder)
    ask(page, "How many passengers does the ferry Zephyrine carry?", 3)
    expect(page.locator(".prose").last).to_contain_text("312")
