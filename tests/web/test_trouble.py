"""What goes wrong is a sentence and a way on, never a traceback."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import free_port
from streamlit.testing.v1 import AppTest
from test_chat import ASKED, ask, texts

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.core.types import Filters
from qa.web import engine as engines
from qa.web.conversations import Conversations
from qa.web.engine import Engine, engine
from qa.web.writing import Writing

Start = Callable[[], AppTest]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATELINE_K", "many"), ("DATELINE_LLM_SLOTS", "0"), ("DATELINE_MODELS_FROM", "the moon")],
)
def test_a_setting_that_is_wrong_is_named(
    app: Start, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    at = app()
    assert not at.exception
    assert len(at.warning) == 1
    assert name in at.warning[0].value.replace("\\", "")
    assert value in at.warning[0].value
    monkeypatch.delenv(name)
    next(each for each in at.button if each.label == "Try again").click().run()
    assert at.title[0].value == "What do you want to know?"


def test_a_model_that_cannot_be_opened_is_said_when_a_question_is_put(
    app: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(settings: object) -> object:
        raise UnavailableError("The Chroma server does not answer; see that it runs, then ask again.")

    monkeypatch.setattr(engines, "open_assistant", gone)
    at = ask(app(), ASKED)
    assert [each.value.replace("\\", "") for each in at.warning] == [
        "The Chroma server does not answer; see that it runs, then ask again."
    ]
    assert [each for each in at.button if each.label == "Ask again"]


@pytest.mark.parametrize("server", ["chroma_url", "embeddings_url"])
def test_a_server_that_is_gone_is_named(folder: Path, server: str) -> None:
    gone = {server: f"http://127.0.0.1:{free_port()}"}
    shared = Engine(Settings(library=folder, llm="openai:none", llm_url="http://127.0.0.1:9/v1", **gone))
    kept = Conversations(folder)
    writing = Writing(shared, kept, kept.start(ASKED), 0, ASKED, (), Filters())
    for _ in writing.follow():
        pass
    assert writing.state.exchange.outcome == "failed"
    assert f"DATELINE_{server.upper()}" in writing.state.exchange.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(app: Start, folder: Path) -> None:
    at = app()
    folder.chmod(0o555)
    at.chat_input[0].set_value(ASKED).run()
    folder.chmod(0o755)
    assert not at.exception
    assert "can't be written" in texts(at)


def full(*_: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def test_a_full_disk_is_said_before_a_question_is_put(
    app: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = app()
    monkeypatch.setattr(Conversations, "save", full)
    at.chat_input[0].set_value(ASKED).run()
    assert not at.exception
    assert "The disk is full" in texts(at)


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(
    app: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, times = Conversations.save, iter(range(9))

    def fills_up(*given: object) -> None:
        if next(times):
            full()
        save(*given)  # type: ignore[arg-type]

    at = app()
    monkeypatch.setattr(Conversations, "save", fills_up)
    at.chat_input[0].set_value(ASKED).run()
    assert not at.exception
    assert "From 1 document" in texts(at) or "From 2 documents" in texts(at)
    assert "This could not be kept" in texts(at)
    assert engine().writings == {}


def test_a_locked_store_is_waited_for(app: Start, folder: Path) -> None:
    at = app()
    Conversations(folder).start("Earlier?")
    connection = sqlite3.connect(
        folder / "conversations.sqlite3", isolation_level=None, check_same_thread=False
    )
    connection.execute("BEGIN IMMEDIATE")
    release = threading.Timer(2, connection.rollback)
    release.start()
    ask(at, ASKED)
    assert "From 1 document" in texts(at) or "From 2 documents" in texts(at)
    connection.close()
