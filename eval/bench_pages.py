"""The time from a click to the drawn response, for each page of the app, in headless Chromium.

The app runs as a reader's does, over a library of made-up articles. No language model takes part: its
time is what `bench answer` measures.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np

from eval.clicks import Clicks
from eval.environment import machine
from eval.large_library import large_library
from qa.core.errors import DatelineError
from qa.core.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

_ROOT = Path(__file__).parent.parent
_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_START_S = 90
_WORDS = ("motorway", "railway corridor", "ministry", "meeting -railway")
# The language model is set to one that isn't there, so that none is loaded meanwhile.
_NO_MODEL = {"DATELINE_LLM": "openai:none", "DATELINE_LLM_URL": "http://127.0.0.1:9", "DATELINE_LLM_KEY": "-"}


def bench_pages(
    settings: Settings, documents: int, say: Callable[[str], None], rounds: int = 4
) -> dict[str, Any]:
    """Clicks through every page, round after round.

    Args:
        settings: where the cache is, in which the library is kept.
        documents: how many articles the library has.
        say: told what takes time.
        rounds: how often.

    Returns:
        For each page the number of clicks, their median and their 95th percentile, in milliseconds.
    """
    folder = settings.cache / "eval" / f"bench-pages-{documents}"
    folder.mkdir(parents=True, exist_ok=True)
    say(f"a library of {documents:,} documents")
    large_library(folder / "library", documents)
    found: dict[str, list[float]] = {}
    with _served(folder / "library") as address, _tab() as tab:
        tab.goto(address)
        tab.get_by_role("heading", level=1).wait_for()
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for name, ms in _round(tab, Clicks(tab), number):
                found.setdefault(name, []).append(ms)
    rows = [{"page": name, "clicks": len(times), **_spread(times)} for name, times in found.items()]
    return {"bench": "pages", "documents": documents, "rows": rows, "machine": machine()}


def _round(tab: Page, clicks: Clicks, number: int) -> Iterator[tuple[str, float]]:
    for name, tour in (
        ("Library", _library),
        ("Search", _search),
        ("Timeline", _timeline),
        ("Check", _check),
        ("Evaluation", _evaluation),
        ("Ask", _ask),
    ):
        yield name, clicks.click(tab.get_by_role("link", name=name, exact=True))
        for ms in tour(tab, clicks, _WORDS[number % len(_WORDS)]):
            yield name, ms


def _library(tab: Page, clicks: Clicks, _: str) -> Iterator[float]:
    for column in ("Title", "Publisher"):
        yield clicks.click(tab.get_by_role("button", name=column, exact=True))
    yield clicks.click(tab.get_by_role("button", name="Next page"))
    yield clicks.enter(tab.get_by_role("textbox", name="Find"), "the")
    yield clicks.click(tab.locator("button.link").first)
    yield clicks.click(tab.get_by_role("button", name="Library", exact=True))


def _search(tab: Page, clicks: Clicks, words: str) -> Iterator[float]:
    yield clicks.enter(tab.get_by_role("textbox", name="Words"), words)
    yield clicks.click(
        tab.get_by_role("radio", name="Newest").or_(tab.get_by_text("Newest", exact=True)).first
    )
    yield clicks.click(tab.get_by_role("button", name="Next page"))
    yield clicks.click(tab.get_by_role("button", name="Publishers"))
    yield clicks.click(tab.get_by_test_id("stPopoverBody").get_by_role("button").first)
    tab.keyboard.press("Escape")
    yield clicks.click(tab.locator("button.title").first)
    tab.keyboard.press("Escape")


def _timeline(tab: Page, clicks: Clicks, words: str) -> Iterator[float]:
    yield clicks.enter(tab.get_by_role("textbox", name="Subject"), words)
    yield clicks.click(tab.get_by_role("button", name="Next page"))
    yield clicks.click(tab.get_by_text("Who wrote when"))
    yield clicks.click(tab.get_by_text("What happened"))
    yield clicks.click(tab.locator("button.title").first)
    tab.keyboard.press("Escape")
    yield clicks.enter(tab.get_by_role("textbox", name="Subject"), "")


def _check(tab: Page, clicks: Clicks, words: str) -> Iterator[float]:
    tab.get_by_role("textbox", name="Statement or paragraph").fill(
        f"The {words} in Gwadar was on 4 May 2015."
    )
    yield clicks.click(tab.get_by_role("button", name="Check", exact=True))
    yield clicks.click(tab.get_by_role("button", name="Copy"))
    tab.keyboard.press("Escape")


def _evaluation(tab: Page, clicks: Clicks, words: str) -> Iterator[float]:
    yield clicks.click(tab.get_by_role("button", name="Next page"))
    yield clicks.click(tab.get_by_text("Question 25?"))


def _ask(tab: Page, clicks: Clicks, words: str) -> Iterator[float]:
    yield clicks.click(tab.get_by_role("button", name="Filters"))
    tab.keyboard.press("Escape")


def _spread(times: list[float]) -> dict[str, float]:
    p50, p95 = np.percentile(times, (50, 95))
    return {"p50_ms": float(p50), "p95_ms": float(p95)}


@contextmanager
def _served(library: Path) -> Iterator[str]:
    """The app's server over a library, in a folder that holds some results of evaluations."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as home:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        _write_runs(Path(home) / "runs")
        shutil.copytree(_ROOT / ".streamlit", Path(home) / ".streamlit")
        command = [sys.executable, "-m", "streamlit", "run", str(_ROOT / "app.py")]
        server = subprocess.Popen(
            [*command, "--server.headless", "true", "--server.port", str(port)],
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "DATELINE_LIBRARY": str(library), **_NO_MODEL},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{address}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise DatelineError("The app did not start; see what `streamlit run app.py` says.")


def _write_runs(folder: Path) -> None:
    folder.mkdir()
    rows = [
        {"id": f"{n}", "question": f"Question {n}?", "answers": ["A"], "problems": ["Wrong."]}
        for n in range(200)
    ]
    for day in (1, 2, 3):
        result = {
            "set": "made up",
            "n": len(rows),
            "metrics": {"accuracy": 0.5 + day / 10},
            "rows": rows,
            "environment": {"finished": f"2026-01-0{day}T10:00:00+00:00"},
        }
        (folder / f"{day}.json").write_text(json.dumps(result), encoding="utf-8")


@contextmanager
def _tab() -> Iterator[Page]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise DatelineError("This needs Playwright; install it with: pip install -e '.[dev]'") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        except Error as error:
            raise DatelineError(f"This needs Chromium at {_CHROMIUM}: apt install chromium") from error
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tab.set_default_timeout(60_000)
        yield tab
        browser.close()
