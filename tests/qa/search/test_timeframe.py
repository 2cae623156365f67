"""Which interval a question asks about, and how articles and passages fit it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.core.types import Timeframe
from qa.dates.find import find_days
from qa.search.timeframe import admits, find_timeframe, overlap

TODAY = dt.date(2026, 11, 23)


def understood(question: str) -> str | None:
    timeframe = find_timeframe(question, TODAY)
    if timeframe is None:
        return None
    span = f"{timeframe.since or ''}..{timeframe.until or ''}"
    return " ".join(filter(None, (span, timeframe.on, "latest" if timeframe.latest else "")))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened in January 2024?", "2024-01-01..2024-01-31 mentioned"),
        ("What happened on 21 January 2024?", "2024-01-21..2024-01-21 mentioned"),
        ("What was agreed last summer?", "2026-06-01..2026-08-31 published"),
        ("What has changed since March?", "2026-03-01.. published latest"),
        ("Who is the prime minister as of March?", "..2026-03-31 published"),
        ("What was known on 30 June 2017?", "..2017-06-30 published"),
        ("Which meetings took place before 2020?", "..2019-12-31 mentioned"),
        ("How many were finished between 2015 and 2018?", "2015-01-01..2018-12-31 mentioned"),
        ("Which party did he belong to after 1998?", "1999-01-01.. mentioned"),
        ("Who was president from 2010 onwards?", "2010-01-01.. mentioned"),
        ("What is the latest on the airport?", ".. mentioned latest"),
        ("How has Pakistan's position changed?", ".. mentioned latest"),
        ("What did Wang Yi say on Sunday?", "2026-11-22..2026-11-22 published"),
        ("What did Dawn report on October 7, 2023?", "2023-10-07..2023-10-07 mentioned"),
        (
            "In 1993, the person who was the leader until April 10, 2006 was in what party?",
            "1993-01-01..1993-12-31 mentioned",
        ),
        (
            "The person who was Minister President from 2002 to 2013 was in which party from 1989 to 1990?",
            "1989-01-01..1990-12-31 mentioned",
        ),
    ],
)
def test_a_questions_time_is_understood(question: str, expected: str) -> None:
    assert understood(question) == expected


def test_a_question_that_compares_times_has_several() -> None:
    found = find_timeframe(
        "What changed between the report of 6 October 2023 and that of 7 November 2023?", TODAY
    )
    assert found is not None
    assert found.text == "of 6 October 2023; of 7 November 2023"
    (other,) = found.others
    november = find_days("on 7 November 2023", None)
    assert overlap(found, None, november) == overlap(other, None, november) == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "Who co-chaired the fourth meeting?",
        "Who won the 2016 election?",
        "What happened to exports during the 2008 crisis?",
        "What does Vision 2025 say?",
        "What will be built by 2030?",
        "When did Euro 2020 start?",
        "Who is the president today?",
        "What do they have to submit at the latest?",
        "How many of the 1950 delegates agreed?",
    ],
)
def test_a_name_or_a_fact_is_no_time(question: str) -> None:
    assert understood(question) is None


@given(st.text())
def test_any_text_can_be_asked(question: str) -> None:
    find_timeframe(question, TODAY)


def test_only_intervals_of_publication_leave_articles_out() -> None:
    soft = Timeframe("in July 2022", dt.date(2022, 7, 1), dt.date(2022, 7, 31))
    assert admits(soft, dt.date(1999, 1, 1), ())
    hard = Timeframe("last July", dt.date(2022, 7, 1), dt.date(2022, 7, 31), on="published")
    assert admits(hard, dt.date(2022, 7, 21), ())
    assert not admits(hard, dt.date(2024, 1, 21), ())
    assert admits(hard, dt.date(2024, 1, 21), find_days("the 3rd meeting on 21 July 2022", None))
    assert not admits(hard, None, ())
    known = Timeframe("as of June", until=dt.date(2022, 6, 30), on="published")
    assert not admits(known, dt.date(2024, 1, 21), find_days("on 3 May 2022", None))


def test_the_nearer_the_days_the_higher_the_score() -> None:
    asked = Timeframe("in 1992", dt.date(1992, 1, 1), dt.date(1992, 12, 31))

    def score(text: str) -> float:
        return overlap(asked, None, find_days(text, None))

    assert score("from 1992 to 1995") > score("on 3 May 1992") > score("from 1970 to 1999") > score("in 1994")
    assert score("on 3 January 1992") > 0.9
    assert score("in the 19th century") < 0.1
    assert overlap(asked, dt.date(1992, 5, 1), ()) > overlap(asked, dt.date(1993, 1, 5), ()) > 0
