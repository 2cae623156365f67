"""The suite as a team's installation would run it: over a Chroma server, over model servers.

`pytest --chroma-server` starts a Chroma server on loopback, in which each test's library has collections of its own.
`pytest --remote-models` starts a stand-in for an OpenAI-compatible server (see `tests/model_server.py`).
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.chroma_server import chroma_server
from tests.model_server import MODEL, model_server

MODES = {"chroma": "--chroma-server", "models": "--remote-models"}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("dateline")
    group.addoption(MODES["chroma"], action="store_true", help="keep the vectors in a Chroma server")
    group.addoption(MODES["models"], action="store_true", help="ask model servers for vectors and words")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # xdist's workers have what this process set.
        return
    servers = ExitStack()
    config.add_cleanup(servers.close)
    if config.getoption(MODES["chroma"]):
        folder = Path(servers.enter_context(TemporaryDirectory()))
        os.environ["DATELINE_CHROMA_URL"] = servers.enter_context(chroma_server(folder))[0]
    if config.getoption(MODES["models"]):
        url = servers.enter_context(model_server())
        os.environ |= {
            "DATELINE_EMBEDDINGS_URL": url,
            "DATELINE_LLM": f"openai:{MODEL}",
            "DATELINE_LLM_URL": url,
        }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for marker in item.iter_markers("here"):
            mode, reason = marker.args
            if config.getoption(MODES[mode]):
                item.add_marker(pytest.mark.skip(reason=f"{MODES[mode]}: {reason}"))
