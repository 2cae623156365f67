"""The watched page, drawn in this process: kept, asked again, seen, opened in the chat, removed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import scripted
from streamlit.testing.v1 import AppTest

from qa.store.library import Library
from qa.watch.store import WatchedQuestions
from qa.web import watching
from qa.web.conversations import Conversations

Start = Callable[[], AppTest]
ASKED = "How many passengers does the ferry named Zephyrine carry between Karachi and Gwadar?"
FERRY = """---
title: Ferry to Gwadar begins in spring
publisher: Port Watch
published: 2024-01-21
---
The ferry named Zephyrine will carry 312 passengers between Karachi and Gwadar from 4 March 2024.
"""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SETTLED_S", 0.0)


def opened(app: Start) -> AppTest:
    at = app()
    at.switch_page("watched.py").run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    return "\n".join(
        str(e.value) for kind in ("title", "markdown", "caption", "warning") for e in at.get(kind)
    )


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def watch(at: AppTest, question: str = ASKED) -> AppTest:
    next(field for field in at.text_input if field.label == "Question to watch").set_value(question)
    return settled(press(at, "Watch"))


def settled(at: AppTest) -> AppTest:
    """The page once no round is going on."""
    until = time.monotonic() + 30
    while watching.rounds().running is not None:
        assert time.monotonic() < until
        time.sleep(0.02)
    at.run()
    assert not at.exception
    return at


def add_ferry(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "ferry.md"
    path.write_text(FERRY, encoding="utf-8")
    scripted.put(Library(folder), path)


def asked_again(at: AppTest) -> AppTest:
    """Two looks, the second at a library that has stood still, and a round."""
    at.run()
    at.run()
    return settled(at)


def test_where_nothing_is_watched_it_says_what_watching_is_for(app: Start, folder: Path) -> None:
    at = opened(app)
    assert "asked again whenever documents are added" in texts(at)
    assert "Watch under an answer" in texts(at)


def test_an_empty_library_says_what_to_do(app: Start) -> None:
    assert "add documents" in opened(app).info[0].value


def test_a_question_is_asked_when_it_is_kept_and_again_when_documents_come_in(
    app: Start, folder: Path, tmp_path: Path
) -> None:
    at = watch(opened(app))
    assert "The library does not say" in texts(at)
    assert WatchedQuestions(folder).unseen() == 0
    add_ferry(folder, tmp_path)
    at = asked_again(at)
    assert "The library now answers this" in texts(at)
    assert "312 passengers" in texts(at)
    assert "Before (today" in texts(at)
    assert "Now (today" in texts(at)
    assert watching.rounds().kept.unseen() == 1
    press(at, "Mark as seen")
    assert "Before (" not in texts(at)
    assert WatchedQuestions(folder).unseen() == 0
    assert [expander.label for expander in at.expander] == ["Earlier answers"]


def test_the_navigation_says_how_many_changed(app: Start, folder: Path, tmp_path: Path) -> None:
    at = watch(opened(app))
    assert title(at) == "Watched"
    add_ferry(folder, tmp_path)
    at = asked_again(at)
    assert title(at) == "Watched (1)"


def title(at: AppTest) -> str:
    shown = at.session_state["watched-shown"]
    return f"Watched ({shown})" if shown else "Watched"


def test_an_unchanged_library_is_left_alone(
    app: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = scripted.Scripted.stream
    monkeypatch.setattr(
        scripted.Scripted, "stream", lambda self, q, *a, **k: (asked.append(q), real(self, q, *a, **k))[1]
    )
    at = watch(opened(app))
    for _ in range(3):
        at = asked_again(at)
    assert asked == [ASKED]


def test_a_reader_asks_at_once_and_removes(app: Start, folder: Path) -> None:
    at = watch(opened(app))
    before = WatchedQuestions(folder).all()[0].looked_at
    at = settled(press(at, "Ask now"))
    after = WatchedQuestions(folder).all()[0].looked_at
    assert before is not None
    assert after is not None
    assert after > before
    press(at, "Remove")
    assert WatchedQuestions(folder).all() == ()
    assert "Watch under an answer" in texts(at)


def test_a_failure_is_a_sentence_on_its_question(app: Start, folder: Path) -> None:
    at = watch(opened(app), "Is this broken?")
    assert [w.value for w in at.warning] == [
        r"Not asked again\: The language model does not answer\; start it and ask again\."
    ]


def test_an_answer_in_the_chat_is_watched_without_asking_again(
    app: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = app()
    question = "Who co-chaired the fourth meeting of the Joint Working Group on cooperation in Islamabad?"
    at.chat_input[0].set_value(question).run()
    monkeypatch.setattr(scripted.Scripted, "stream", None)  # The model is not asked again.
    press(at, "Watch")
    (watched,) = WatchedQuestions(folder).all()
    assert watched.question == question
    assert watched.last is not None
    assert watched.last.answer.status == "answered"
    button = next(button for button in at.button if button.label == "Watched")
    assert button.disabled


def test_a_watched_answer_is_opened_in_the_chat_with_its_sources(app: Start, folder: Path) -> None:
    at = watch(opened(app), "Who co-chaired the fourth meeting of the Joint Working Group on cooperation?")
    press(at, "Open in chat")
    kept = Conversations(folder)
    (exchange,) = kept.exchanges(kept.find()[0].id)
    assert exchange.outcome == "answered"
    assert exchange.claims
    assert {cited.article_id for claim in exchange.claims for cited in claim.citations} <= {
        source.article_id for source in exchange.sources
    }


def test_markup_in_a_question_is_shown_not_read(app: Start, folder: Path) -> None:
    from qa.web.wording import plain

    at = watch(opened(app), "**Who** $x$ :red[met]?")
    assert f"## {plain('**Who** $x$ :red[met]?')}" in [markdown.value for markdown in at.markdown]


def test_a_question_in_the_chat_goes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    from qa.core.settings import Settings
    from qa.web import engine as web_engine

    st.cache_resource.clear()
    monkeypatch.setattr(web_engine, "open_assistant", lambda settings: scripted.Scripted(settings, 0.01))
    shared = web_engine.Engine(Settings(library=folder))
    kept = WatchedQuestions(folder)
    kept.keep(ASKED)
    with shared.queue.ticket():
        round_ = watching.Round(shared, kept)
        time.sleep(0.3)
        assert kept.all()[0].last is None  # It waits while a reader does.
    for _ in round_.follow():
        pass
    assert kept.all()[0].last is not None
