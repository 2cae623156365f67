from __future__ import annotations

import datetime as dt

import pytest

from qa.answer.advice import advice
from qa.core.settings import Settings
from qa.core.types import Filters, Retrieval, Timeframe
from tests.qa.briefs import HITS


def told(
    filters: Filters = Filters(),
    timeframe: Timeframe | None = None,
    question: str = "Who opened the port of Gwadar?",
    **settings: str,
) -> str:
    found = Retrieval("", (), timeframe, filters, None, 0)
    return " ".join(advice(question, found, Settings(**settings)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(publishers=("Dawn",)), "ask again without filters"),
        (Filters(until=dt.date(2017, 6, 30)), "published by 30 June 2017 was searched; ask of a later day"),
        (Filters(since=dt.date(2017, 6, 1), until=dt.date(2017, 6, 30)), "ask again without filters"),
    ],
)
def test_a_refusal_says_what_kept_documents_out(filters: Filters, expected: str) -> None:
    assert expected in told(filters)


def test_a_refusal_says_that_it_was_asked_of_a_time_and_what_to_add() -> None:
    march = Timeframe("in March 2021", dt.date(2021, 3, 1), dt.date(2021, 3, 31))
    assert "ask again without it" in told(timeframe=march)
    assert "Add documents that speak of Gwadar" in told()


def test_a_refusal_in_another_language_says_that_nothing_is_proved_in_it() -> None:
    question = "谁主持了第四次会议？"
    assert "told in Chinese is found, not proved" in told(question=question)
    assert "Chinese" not in told(question=question, verifier="cross-encoder/some-multilingual")
    assert "not proved" not in told()
    assert "Check the spelling" not in told(question=question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How long is the Sahiwal station's wall?", "No length found for Sahiwal."),
        ("How many chimneys does Sahiwal have?", "No number of chimneys found for Sahiwal."),
        ("What does a tour of Sahiwal cost?", "No cost found for Sahiwal."),
    ],
)
def test_a_refusal_says_what_is_missing_of_what_the_documents_do_mention(
    question: str, expected: str
) -> None:
    said = advice(question, Retrieval(question, HITS), Settings())
    assert said == (expected, "Ask about what the closest documents do say, or add others.")
