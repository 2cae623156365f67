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

# The server ends where its input does: with the process that started it, however that ends.
_CODE = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from chromadb.cli.cli import app
app()
"""


@contextmanager
def chroma_server(folder: Path) -> Iterator[tuple[str, int]]:
    """Runs a server over a folder and gives its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, "-c", _CODE, "run", "--host", "127.0.0.1", "--port", port, "--path", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
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
