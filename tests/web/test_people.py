"""Where readers sign in, each has their own conversations; where they don't, nobody is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest
from test_chat import ASKED, ask, texts

from qa.watch.store import WatchedQuestions
from qa.web.conversations import Conversations

Start = Callable[[], AppTest]


def signed_in(app: Start, subject: str) -> AppTest:
    at = app()
    at.user = {"is_logged_in": True, "iss": "https://id.example", "sub": subject, "name": f"Reader {subject}"}
    at.session_state["conversation"] = None
    return at.run()


def test_nobody_is_asked_where_no_sign_in_is_set_up(app: Start, folder: Path) -> None:
    at = app()
    assert at.title[0].value == "What do you want to know?"
    assert not [each for each in at.button if each.label in ("Sign in", "Sign out")]


def test_a_stranger_sees_the_way_in_and_nothing_else(app: Start, folder: Path) -> None:
    at = app()
    at.user = {"is_logged_in": False}
    at.run()
    assert [each.value for each in at.title] == ["Sign in to ask"]
    assert [each.label for each in at.button] == ["Sign in"]
    assert not at.chat_input


def test_each_reader_finds_their_own_conversations_and_no_one_elses(app: Start, folder: Path) -> None:
    hers = ask(signed_in(app, "she"), ASKED)
    assert "Reader she" in texts(hers)
    address = hers.query_params["c"]
    address = address[0] if isinstance(address, list) else address
    his = signed_in(app, "he")
    assert "Your questions will be kept here." in texts(his)
    his.query_params["c"] = address
    del his.session_state["conversation"]
    his.run()
    assert len(his.chat_message) == 0
    again = signed_in(app, "she")
    assert [each for each in again.button if each.key == f"open-{address}"]
    assert Conversations(folder).find() == ()


def test_the_same_subject_of_another_issuer_is_another_reader(app: Start, folder: Path) -> None:
    ask(signed_in(app, "she"), ASKED)
    other = app()
    other.user = {"is_logged_in": True, "iss": "https://other.example", "sub": "she"}
    other.session_state["conversation"] = None
    assert "Your questions will be kept here." in texts(other.run())


def test_each_reader_watches_their_own_questions(app: Start, folder: Path) -> None:
    hers = signed_in(app, "she")
    hers.switch_page("watched.py").run()
    field = next(field for field in hers.text_input if field.label == "Question to watch")
    field.set_value("Who opened the port?")
    next(button for button in hers.button if button.label == "Watch").click().run()
    assert not hers.exception
    assert "Who opened the port" in texts(hers)
    his = signed_in(app, "he")
    his.switch_page("watched.py").run()
    assert "Who opened the port" not in texts(his)
    assert WatchedQuestions(folder).all() == ()
    (owner,) = WatchedQuestions(folder).owners()
    assert len(WatchedQuestions(folder, owner).all()) == 1
