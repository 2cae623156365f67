"""What the app's server tells browsers they may do with the pages, and that the pages live with it."""

from __future__ import annotations

import http.server
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect
from test_browser import ASKED, ask

from tests.serving import serving

Served = Callable[..., str]
_NOTE_VIOLATIONS = """
addEventListener("securitypolicyviolation", event =>
    console.warn("violation: " + event.effectiveDirective + " " + event.blockedURI + " " + event.sample));
"""


def test_every_answer_of_the_server_has_the_policies(served: Served, folder: Path) -> None:
    address = served(folder)
    for path in ("/", "/search", "/_stcore/health", "/nowhere"):
        headers = httpx.get(f"{address}{path}").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.browser
def test_the_pages_break_none_of_them(chromium: Any, served: Served, folder: Path) -> None:
    address = served(folder)
    tab = chromium.new_page()
    tab.set_default_timeout(60_000)
    tab.add_init_script(_NOTE_VIOLATIONS)
    violations: list[str] = []
    tab.on("console", lambda told: violations.append(told.text) if "violation: " in told.text else None)
    tab.goto(address)
    ask(tab, ASKED)
    expect(tab.locator("button.cite").first).to_be_visible(timeout=120_000)
    for page in ("search", "timeline", "check", "library", "evaluation", "watched"):
        tab.goto(f"{address}/{page}")
        expect(tab.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=120_000
        )
        tab.wait_for_load_state("networkidle")
    tab.close()
    # Of a script in the page itself, Streamlit has one, which only speaks to crawlers.
    assert {each for each in violations if "script-src-elem inline" not in each} == set()


@pytest.fixture
def stranger() -> Iterator[Callable[[str], str]]:
    """Serves a page of somebody else's that frames an address. Returns its own address."""

    class Page(http.server.BaseHTTPRequestHandler):
        framed = ""

        def log_message(self, *args: object) -> None: ...

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<iframe src='{self.framed}'></iframe>".encode())

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    with serving(server) as own:

        def framing(address: str) -> str:
            Page.framed = address
            return f"{own}/"

        yield framing


@pytest.mark.browser
def test_another_site_can_not_frame_the_chat(
    page: Any, served: Served, folder: Path, stranger: Callable[[str], str]
) -> None:
    page.goto(stranger(served(folder) + "/?q=Who+met"))
    page.wait_for_load_state("networkidle")
    (frame,) = page.frames[1:]
    assert frame.url.startswith("chrome-error:")
