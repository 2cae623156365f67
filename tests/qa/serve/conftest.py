"""The API over a small real library, on loopback; the model's words are given."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

uvicorn = pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

from qa.answer.assistant import Assistant  # noqa: E402
from qa.core.settings import Settings  # noqa: E402
from qa.search.retriever import HybridRetriever  # noqa: E402
from tests.qa.agreeing import Agreeing  # noqa: E402
from tests.qa.judging import Judging, by_words  # noqa: E402

FACT = "The fourth meeting was co-chaired by Syrus Qazi and Sun Weidong [1]."


class Given(Assistant):
    """An assistant whose model says what the test gives it."""

    def _model(self) -> Agreeing:
        return Agreeing(responses=[FACT])


def given(retriever: HybridRetriever, **settings: Any) -> Given:
    """Such an assistant, with settings of its own."""
    folder = retriever.library.folder
    assistant = Given(
        Settings(library=folder, **{"serve_rate": "100000/minute"} | settings), retriever.library, retriever
    )
    assistant._verifier = Judging(by_words)
    return assistant


@pytest.fixture(scope="module")
def assistant(retriever: HybridRetriever) -> Given:
    return given(retriever)


def running(app: Any) -> Iterator[str]:
    """Serves an app on loopback and gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
