"""A stand-in for OpenAI-compatible model servers, on loopback.

Its vectors are real: those of the embedding model that is named. Its words are always the same.
"""

from __future__ import annotations

import base64
import functools
import http.server
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qa.core.settings import Settings
from qa.models.chosen import load_embedder
from qa.models.embedder import Embedder
from tests.serving import serving

MODEL = "stand-in"
MODELS = (MODEL, "another")
WORDS = ("The", " library", " does", " not", " say", ".")


@functools.cache
def embedder(name: str) -> Embedder:
    """The model of a name, in this process."""
    return load_embedder(Settings(embeddings=name, embeddings_url=None))


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers GET /v1/models, POST /v1/embeddings and /v1/chat/completions."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None: ...

    def do_GET(self) -> None:
        listed = {"object": "list", "data": [{"id": each, "object": "model"} for each in MODELS]}
        self.answer("application/json", json.dumps(listed))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/embeddings"):
            self.answer("application/json", json.dumps(embedded(asked)))
        elif asked.get("stream"):
            self.answer("text/event-stream", "".join(f"data: {each}\n\n" for each in streamed()))
        else:
            self.answer("application/json", json.dumps(completed()))

    def answer(self, type_: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def embedded(asked: dict[str, Any]) -> dict[str, Any]:
    """The vectors of some texts, as they were asked for: as numbers, or packed."""
    vectors = embedder(asked["model"]).embed(asked["input"])
    packed = asked.get("encoding_format") == "base64"
    data = [
        {
            "object": "embedding",
            "index": at,
            "embedding": base64.b64encode(each.tobytes()).decode() if packed else each.tolist(),
        }
        for at, each in enumerate(vectors)
    ]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "model": asked["model"], "data": data, "usage": usage}


def completed() -> dict[str, Any]:
    """A whole answer."""
    message = {"role": "assistant", "content": "".join(WORDS)}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": len(WORDS), "total_tokens": 1 + len(WORDS)}
    return {"id": "1", "object": "chat.completion", "model": MODEL, "choices": [choice], "usage": usage}


def streamed() -> Iterator[str]:
    """The same, word by word."""
    for word in (*WORDS, None):
        delta = {"content": word} if word else {}
        choice = {"index": 0, "delta": delta, "finish_reason": None if word else "stop"}
        chunk = {"id": "1", "object": "chat.completion.chunk", "model": MODEL, "choices": [choice]}
        yield json.dumps(chunk)
    yield "[DONE]"


@contextmanager
def model_server() -> Iterator[str]:
    """Runs the server and gives its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with serving(server) as address:
        yield f"{address}/v1"
