"""The words of a sentence that answer its question, as a model picks them."""

from __future__ import annotations

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from qa.answer.brief import brief
from qa.answer.short_answer import short_answer, within

QUESTION = "What did DECnet originally do?"
SENTENCE = "DECnet was a suite of protocols, released in 1975 in order to connect two PDP-11 computers."


def picked(reply: str, sentence: str = SENTENCE) -> str:
    return short_answer(QUESTION, [sentence], FakeListChatModel(responses=[reply])).text


@pytest.mark.parametrize("reply", ["connect two PDP-11 computers", '"Connect two PDP-11 computers."'])
def test_what_the_model_picks_is_given_as_the_sentence_has_it(reply: str) -> None:
    assert picked(reply) == "connect two PDP-11 computers"


@pytest.mark.parametrize("reply", ["", "It connected computers.", "onnect two"])
def test_only_whole_words_of_the_sentence_count(reply: str) -> None:
    assert picked(reply) == brief(QUESTION, SENTENCE)


def test_it_may_stand_in_any_sentence() -> None:
    model = FakeListChatModel(responses=["1975"])
    assert short_answer("When was it released?", ["DECnet is old.", SENTENCE], model).text == "1975"


def test_the_answer_to_two_questions_is_the_whole() -> None:
    model = FakeListChatModel(responses=["1975"])
    assert short_answer("When and why was it released?", [SENTENCE], model).text == SENTENCE.rstrip(".")


def test_a_sentence_as_short_as_an_answer_is_one() -> None:
    given = short_answer(
        "On what lake did they meet?", ["Lake George."], FakeListChatModel(responses=["Ohio"])
    )
    assert (given.text, given.prompts) == ("Lake George", ())


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("It cost $1.8 billion.", "1.8 billion", "$1.8 billion"),
        ("A share of 85% is theirs.", "85", "85%"),
        ("The runway is 12,000 feet long.", "12,000 Feet", "12,000 feet"),
        ("Dawn of a new day", "new", "new"),
        ("Renewed talks", "new", None),
        ("Talks", "?", None),
    ],
)
def test_where_words_stand(text: str, words: str, found: str | None) -> None:
    span = within(text, words)
    assert (text[slice(*span)] if span else None) == found
