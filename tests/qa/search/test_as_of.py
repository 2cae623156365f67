"""A question put to the past: which words do so, and what is asked then."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cli.flags import scope_of
from qa.core.errors import DatelineError
from qa.core.types import Filters, Turn
from qa.search.as_of import find_as_of, understood, without

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "day", "asked"),
    [
        (
            "What was known on 30 June 2017 about the cost of ML-1?",
            "2017-06-30",
            "What is said about the cost of ML-1?",
        ),
        (
            "As of March 2021, how many projects were finished last year?",
            "2021-03-31",
            "How many projects were finished last year?",
        ),
        (
            "By the end of 2018, what was known of the airport?",
            "2018-12-31",
            "What is said of the airport?",
        ),
        ("What was understood about ML-1 (as of May 2020)?", "2020-05-31", "What is said about ML-1?"),
        ("What did we know in 2018 about Gwadar?", "2018-12-31", "What is said about Gwadar?"),
        ("What did Dawn say as of last month?", "2026-10-31", "What did Dawn say?"),
    ],
)
def test_a_question_is_put_back_and_asked_without_the_words(question: str, day: str, asked: str) -> None:
    found = find_as_of(question, TODAY)
    assert found is not None
    assert found.day == dt.date.fromisoformat(day)
    assert without(question, found) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Who is the prime minister as of now?",
        "What is the M-5, known as the motorway in 2019?",
        "What was the minister known for in 2017?",
        "Who was known to have attended in 2017?",
        "What do we know about what happened in 2017?",
        "What was known of the fire in 2017?",
        "Who chaired the meeting in 2019?",
        "By 2030, what will be built?",
    ],
)
def test_a_question_of_any_other_time_is_left_alone(question: str) -> None:
    assert find_as_of(question, TODAY) is None


@given(st.text())
def test_any_text_can_be_asked(question: str) -> None:
    found = understood(question, (), Filters(), TODAY)
    assert found.as_of is not None or found.question == question


def test_the_past_is_a_filter_and_relative_days_count_from_it() -> None:
    found = understood("As of March 2021, what came last year?", (), Filters(), TODAY)
    assert (found.filters.until, found.today) == (dt.date(2021, 3, 31), dt.date(2021, 3, 31))
    narrower = Filters(until=dt.date(2019, 1, 1))
    assert understood("What was it as of March 2021?", (), narrower, TODAY).filters == narrower
    assert found.in_full("What came last year?") == "What came last year (as of 31 March 2021)?"


def test_an_as_of_alone_asks_the_last_question_again() -> None:
    history = (
        Turn("user", "As of 2019, who chairs the group?"),
        Turn("assistant", "The library does not say."),
    )
    found = understood("And as of June 2017?", history, Filters(), TODAY)
    assert found.question == "Who chairs the group?"
    assert found.today == dt.date(2017, 6, 30)


def test_the_flag_bounds_what_is_searched() -> None:
    scope = scope_of(None, None, ("Dawn",), "June 2017")
    assert scope.filters == Filters(until=dt.date(2017, 6, 30), publishers=("Dawn",))
    assert scope.today == dt.date(2017, 6, 30)
    assert scope_of(None, "2016", (), "June 2017").filters.until == dt.date(2016, 12, 31)
    assert scope_of(None, None, (), "2090").today == dt.date.today()


@pytest.mark.parametrize(("until", "as_of", "flag"), [(None, "2017", "--as-of"), ("2017", None, "--until")])
def test_dates_that_leave_no_day_are_one_sentence(until: str | None, as_of: str | None, flag: str) -> None:
    with pytest.raises(
        DatelineError, match=f"since 1 March 2018 and by 31 December 2017: .* not after {flag}"
    ):
        scope_of("March 2018", until, (), as_of)
