"""A follow-up is rewritten only when it leans on the conversation, and never with invented names."""

from __future__ import annotations

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from qa.answer.conversation import standalone
from qa.core.types import Turn

HISTORY = (
    Turn("user", "Who co-chaired the fourth meeting of the working group?"),
    Turn("assistant", "Syrus Qazi and Sun Weidong co-chaired the fourth meeting. [1]"),
)


def rewritten(question: str, reply: str) -> str:
    return standalone(question, HISTORY, FakeListChatModel(responses=[reply]))


def test_the_first_question_stands_as_it_is() -> None:
    model = FakeListChatModel(responses=["never asked"])
    assert standalone("And the third?", (), model) == "And the third?"


def test_a_question_that_stands_alone_is_left_alone() -> None:
    question = "How long is the motorway from Multan to Sukkur that China built?"
    question = question.replace("that ", "")
    assert rewritten(question, "something else") == question


def test_a_follow_up_takes_its_subject_from_the_conversation() -> None:
    reply = "When was the third meeting of the working group held?"
    assert rewritten("And when was the third held?", reply) == reply


def test_a_rewriting_with_a_name_that_nobody_said_is_not_used() -> None:
    question = "When was it held?"
    result = rewritten(question, "When was the Beijing summit with Xi Jinping held?")
    assert "Xi Jinping" not in result
    assert result.endswith(question)


@pytest.mark.parametrize(
    ("follow_up", "understood"),
    [("And the third?", "third"), ("And the one before?", "third"), ("What about the next one?", "fifth")],
)
def test_the_same_of_another_needs_no_model(follow_up: str, understood: str) -> None:
    expected = HISTORY[0].content.replace("fourth", understood)
    assert rewritten(follow_up, "never asked") == expected


def test_an_empty_reply_still_searches_with_the_subject() -> None:
    assert rewritten("And why there?", "") == f"{HISTORY[0].content} And why there?"
