"""An embedding server that is down, silent, lies or breaks off ends in a sentence, in time."""

from __future__ import annotations

import gzip
import http.server
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import chosen
from qa.models.embedder import Embedder
from tests.dripping import dripping
from tests.serving import serving

VECTOR = [0.6, 0.8]


class Server(http.server.ThreadingHTTPServer):
    """An OpenAI-compatible embedding server; `gives` makes its answer from the texts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.gives: Any = lambda texts: answer([VECTOR] * len(texts))
        self.status = 200
        self.silent_s = 0.0
        self.torn = False
        self.endless: bytes | None = None
        self.pause_s = 0.0
        self.encoding = "identity"
        self.accepted: str | None = None


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: object) -> None: ...

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        time.sleep(self.server.silent_s)
        body = self.server.gives(texts)
        self.server.accepted = self.headers["Accept-Encoding"]
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", self.server.encoding)
        if self.server.endless is not None:
            self.drip(self.server.endless)
            return
        self.send_header("Content-Length", str(len(body) + (99 if self.server.torn else 0)))
        self.end_headers()
        with suppress(BrokenPipeError):  # Who asked has gone.
            self.wfile.write(body)

    def drip(self, part: bytes) -> None:
        """Sends the same bytes again and again, until who asked has gone."""
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(part)
                time.sleep(self.server.pause_s)


def answer(vectors: list[Any]) -> bytes:
    data = [{"object": "embedding", "index": at, "embedding": each} for at, each in enumerate(vectors)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return json.dumps({"object": "list", "model": "m", "data": data, "usage": usage}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(served := Server()):
        yield served


def load(url: str) -> Embedder:
    return chosen.load_embedder(Settings(embeddings="m", embeddings_url=url))


def test_a_server_that_keeps_to_its_word_gives_unit_vectors(server: Server) -> None:
    model = load(server.url)
    assert model.name == f"m at {server.url}"
    assert np.allclose(model.embed(["a", "b"]), [VECTOR, VECTOR])


@pytest.mark.parametrize(
    "gives",
    [
        lambda texts: answer([VECTOR] * (len(texts) + 1)),
        lambda texts: answer([]),
        lambda texts: answer([[0.6], [0.8, 0.1]][: len(texts)]),
        lambda texts: answer([[float("nan"), 1.0]] * len(texts)),
        lambda texts: answer([None] * len(texts)),
        lambda texts: answer([["a", "b"]] * len(texts)),
        lambda texts: b"null",
        lambda texts: b"{}",
        lambda texts: b"<html>Bad gateway</html>",
        lambda texts: b"",
    ],
)
def test_what_are_no_vectors_is_told(server: Server, gives: Any) -> None:
    model = load(server.url)
    server.gives = gives
    with pytest.raises(UnavailableError, match="embedding model m at"):
        model.embed(["a", "b"])


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_is_told(server: Server, status: int) -> None:
    server.status = status
    with pytest.raises(UnavailableError, match="DATELINE_EMBEDDINGS_URL"):
        load(server.url)


def test_an_answer_that_breaks_off_is_told(server: Server) -> None:
    model = load(server.url)
    server.torn = True
    with pytest.raises(UnavailableError, match="No vectors came"):
        model.embed(["a"])


def test_silence_and_nobody_there_end_in_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "_SERVED_SECONDS", 0.2)
    model = load(server.url)
    server.silent_s = 5
    with pytest.raises(UnavailableError, match="timed out"):
        model.embed(["a"])
    with pytest.raises(UnavailableError, match="see that its server runs"):
        load("http://127.0.0.1:9/v1")


def test_an_answer_that_drips_for_ever_ends_in_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes long before the wait for it is over; the whole has a time of its own."""
    monkeypatch.setattr(chosen, "_SERVED_SECONDS", 0.5)
    model = load(server.url)
    server.endless, server.pause_s = b" ", 0.02
    with pytest.raises(UnavailableError, match=r"model m at .* does not come to an end"):
        model.embed(["a"])


def test_a_head_that_drips_for_ever_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "_SERVED_SECONDS", 0.2)
    with dripping() as (url, left):
        with pytest.raises(UnavailableError, match="timed out"):
            load(url)
        assert left.get(timeout=30)  # The connection is cut, and the thread that read it ends.


def test_an_answer_is_not_unpacked_to_a_thousand_times_its_size(server: Server) -> None:
    """Whatever was asked for: what is sent packed is taken as it came."""
    model = load(server.url)
    server.gives = lambda texts: gzip.compress(answer([VECTOR] * len(texts)))
    server.encoding = "gzip"
    with pytest.raises(UnavailableError, match="No vectors came"):
        model.embed(["a"])
    assert server.accepted == "identity"


@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_that_floods_ends_by_its_size(
    server: Server, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(chosen, "_VECTOR_BYTES", 1_000)
    model = load(server.url)
    server.endless, server.status = b"[0.5," * 10_000, status
    with pytest.raises(UnavailableError, match=r"model m at .* does not come to an end"):
        model.embed(["a"])
