"""The chat page, drawn in this process over a real library with a scripted assistant."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.core.types import Provenance
from qa.web.conversations import Conversations, Exchange
from qa.web.engine import engine

ROOT = Path(__file__).parents[2]
ASKED = "Who co-chaired the fourth meeting of the Joint Working Group on cooperation in Islamabad?"
Start = Callable[[], AppTest]


def texts(at: AppTest) -> str:
    """All that is written on the page in elements that hold text."""
    return "\n".join(
        element.value for kind in ("title", "markdown", "caption", "warning") for element in at.get(kind)
    )


def ask(at: AppTest, question: str) -> AppTest:
    at.chat_input[0].set_value(question).run()
    assert not at.exception
    return at


def test_an_empty_library_says_how_to_add_documents(app: Start) -> None:
    at = app()
    assert not at.exception
    assert at.title[0].value == "Begin with documents"
    assert at.chat_input[0].disabled
    assert len(at.get("file_uploader")) == 1


def test_an_empty_chat_offers_questions_about_what_is_there(app: Start, folder: Path) -> None:
    at = app()
    assert not at.exception
    until = time.monotonic() + 60
    while engine().openers is None and time.monotonic() < until:
        time.sleep(0.05)
    at.run()
    examples = next(pills for pills in at.pills if pills.label == "For example")
    assert len(examples.options) >= 2
    assert all(option.endswith("?") or option.endswith(r"\?") for option in examples.options)
    examples.set_value(engine().openers[1][0]).run()
    assert not at.exception
    assert len(at.chat_message) == 2


def test_an_answer_is_kept_and_drawn_with_what_it_stands_on(app: Start, folder: Path) -> None:
    at = ask(app(), ASKED)
    assert [message.name for message in at.chat_message] == ["user", "assistant"]
    assert "From 1 document" in texts(at) or "From 2 documents" in texts(at)
    kept = Conversations(folder).find("co-chaired")
    assert len(kept) == 1
    exchange = Conversations(folder).exchanges(kept[0].id)[0]
    assert exchange.outcome == "answered"
    assert exchange.claims[0].citations[0].quote in exchange.text


def test_a_refusal_shows_the_nearest_documents_and_what_to_do(app: Start, folder: Path) -> None:
    at = ask(app(), "What does phase zwei cost?")
    assert "The library does not say." in texts(at)
    assert "without answering it" in texts(at)
    assert any("Add documents" in link.proto.label for link in at.get("page_link"))


def test_a_failure_is_one_calm_sentence_and_can_be_asked_again(app: Start, folder: Path) -> None:
    at = ask(app(), "Is this broken?")
    assert [warning.value for warning in at.warning] == [
        r"The language model does not answer\; start it and ask again\."
    ]
    assert [button.label for button in at.button if button.label == "Ask again"]


def test_a_question_can_be_asked_again_in_its_place(app: Start, folder: Path) -> None:
    at = ask(app(), ASKED)
    next(button for button in at.button if button.label == "Ask again").click().run()
    assert not at.exception
    assert len(at.chat_message) == 2


def test_an_edited_question_takes_the_place_of_the_old_one(app: Start, folder: Path) -> None:
    at = ask(app(), ASKED)
    next(button for button in at.button if button.label == "Edit").click().run()
    ask(at, "What does phase zwei cost?")
    assert len(at.chat_message) == 2
    assert "phase zwei" in at.chat_message[0].markdown[0].value


def test_a_new_question_begins_a_conversation_and_the_old_one_is_found_again(
    app: Start, folder: Path
) -> None:
    at = ask(app(), ASKED)
    next(button for button in at.button if button.label == "New question").click().run()
    assert len(at.chat_message) == 0
    at.text_input[0].set_value("co-chaired").run()
    next(button for button in at.button if (button.key or "").startswith("open-")).click().run()
    assert len(at.chat_message) == 2
    at.text_input[0].set_value("nowhere").run()
    assert "No conversation contains these words." in texts(at)


def test_a_deleted_conversation_is_gone(app: Start, folder: Path) -> None:
    at = ask(app(), ASKED)
    next(button for button in at.button if button.label == "Delete").click().run()
    assert not at.exception
    assert Conversations(folder).find() == ()
    assert len(at.chat_message) == 0


@pytest.mark.parametrize("markup", ["**bold** $x^2$ :red[x] <b>y</b>", "a [link](http://x) `code`"])
def test_what_a_reader_types_is_shown_as_typed(app: Start, folder: Path, markup: str) -> None:
    from qa.web.wording import plain

    at = ask(app(), markup)
    assert at.chat_message[0].markdown[0].value == plain(markup)


def test_a_late_click_opens_no_quote_beside_another_conversation(app: Start, folder: Path) -> None:
    from qa.web.state import Opened

    at = ask(app(), ASKED)
    kept = Conversations(folder)
    citation = kept.exchanges(kept.find()[0].id)[0].claims[0].citations[0]
    at.session_state["opened"] = Opened("another", 0, citation)
    at.run()
    assert not [button for button in at.button if button.label == "Close"]
    at.session_state["opened"] = Opened(kept.find()[0].id, 0, citation)
    at.run()
    assert [button for button in at.button if button.label == "Close"]


def test_an_answer_from_the_past_says_from_when(app: Start, folder: Path) -> None:
    kept = Conversations(folder)
    id_ = kept.start("What was known?")
    basis = Provenance(1, 2, 1, as_of=date(2017, 6, 30))
    kept.save(id_, 0, Exchange("What was known?", datetime.now(UTC), "not_in_library", basis=basis))
    at = app()
    next(button for button in at.button if button.key == f"open-{id_}").click().run()
    assert not at.exception
    assert "As of 30 June 2017" in texts(at)
    assert "Only what was published by 30 June 2017 was read" in texts(at)
    assert "2 related documents" in texts(at)


def test_an_address_that_names_no_conversation_says_so_until_something_is_asked(
    app: Start, folder: Path
) -> None:
    at = app()
    assert not at.info
    at = AppTest.from_file(ROOT / "qa" / "web" / "pages.py", default_timeout=30)
    at.query_params["c"] = "nothing"
    at.run()
    assert "There is no conversation" in at.info[0].value
    assert not ask(at, ASKED).info
