"""The app in this process (AppTest), and the app as a reader meets it (a server and Chromium)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).parent))

import scripted

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts back the main module, which AppTest replaces: a process that is spawned later would run the page."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library folder with the sample's briefs, without indexes."""
    scripted.fill(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], AppTest]]:
    """Starts the app over `tmp_path / "library"` with the scripted assistant."""
    from qa.web import engine

    st.get_option("runner.magicEnabled")  # reads the settings, before a test changes its folder
    st.cache_resource.clear()
    st.cache_data.clear()
    monkeypatch.setenv("DATELINE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setattr(engine, "open_assistant", scripted.Scripted)
    yield lambda: AppTest.from_file(ROOT / "qa" / "web" / "pages.py", default_timeout=30).run()
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Headless Chromium, Debian's own."""
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("there is no Chromium at /usr/bin/chromium; install it with: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts the app's server over a library and returns its address."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(
        folder: Path,
        script: Path = Path(__file__).parent / "scripted_app.py",
        port: int | None = None,
        options: tuple[str, ...] = (),
        **env: str,
    ) -> str:
        port = port or free_port()
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.headless",
            "true",
            *options,
        ]
        log_path = tmp_path / f"server-{port}.log"
        with log_path.open("ab") as log:
            servers.append(
                subprocess.Popen(
                    [*command, "--server.port", str(port)],
                    cwd=ROOT,
                    env={**os.environ, "DATELINE_LIBRARY": str(folder), **env},
                    stdout=log,
                    stderr=log,
                )
            )
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, servers[-1], log_path)
        return address

    yield start
    for server in servers:
        server.terminate()
        server.wait(20)
    for log in tmp_path.glob("server*.log"):  # pytest shows it beside a failure
        print(log.read_text(encoding="utf-8", errors="replace"))


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            if httpx.get(f"{address}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"the app did not start: {log.read_text()}")


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page that fails the test when it asks anything of another machine."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    strangers: list[str] = []
    tab.on("request", lambda request: strangers.append(request.url) if _outside(request.url) else None)
    tab.set_default_timeout(60_000)
    yield tab
    tab.close()
    assert strangers == []


def _outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
