"""A call that is cut harms no other call of the same client."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import httpx
import pytest

from qa.models.bounded import replies
from tests.dripping import dripping
from tests.serving import serving


class Server(http.server.ThreadingHTTPServer):
    """Sends "a", waits until it may go on, and sends "b"."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.may_go_on = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: object) -> None: ...

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"a")
        self.server.may_go_on.wait(60)
        self.wfile.write(b"b")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(running := Server()):
        yield running
        running.may_go_on.set()


def test_a_call_that_is_cut_leaves_the_others_alone(server: Server) -> None:
    with (
        dripping() as (slow, left),
        httpx.Client(transport=replies(httpx.Client, "endless", 60, 1_000), timeout=60) as client,
        client.stream("GET", server.url) as response,
    ):
        parts = response.iter_raw()
        assert next(parts) == b"a"
        with pytest.raises(httpx.ReadTimeout):
            client.get(slow, timeout=0.1)
        assert left.get(timeout=30)
        server.may_go_on.set()
        assert b"".join(parts) == b"b"
        assert client.get(server.url).content == b"ab"
