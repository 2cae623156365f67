"""A Chroma server on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx


@contextmanager
def chroma_server(folder: Path) -> Iterator[tuple[str, int]]:
    """Runs a server over a folder and gives its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run"]
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", port, "--path", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            assert server.poll() is None, "the Chroma server ended"
            with suppress(httpx.HTTPError):
                if httpx.get(f"{url}/api/v2/heartbeat").is_success:
                    break
            time.sleep(0.2)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait()
