"""Intervals that hang on an event, over passages as a search would give them."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.core.types import Article, Hit, Passage
from qa.search.event_time import resolve

TODAY = dt.date(2026, 11, 23)


def hit(text: str, published: dt.date | None = dt.date(2024, 1, 21), score: float = 0.8) -> Hit:
    article = Article(id=text[:8], title="", body=text, source=text, published=published)
    return Hit(Passage(text[:8], article.id, 0, 0, 0, len(text), text), article, score, 1)


SEED = (
    hit(
        "The two sides reviewed the progress made since the 3rd meeting of the group held virtually on "
        "21 July 2022. Recalling the 2nd and the 3rd Think Tanks Forum in September 2022 and July 2023."
    ),
    hit("The fourth meeting of the CPEC Joint Working Group was held on Sunday in Islamabad."),
    hit("Exports rose by a third in July 2023, the ministry said after a meeting."),
)
VISIT = (
    hit("President Xi Jinping visited Islamabad on 20 April 2015.", dt.date(2015, 4, 21)),
    hit("Xi's visit in April 2015 brought agreements worth billions.", dt.date(2020, 1, 1)),
)


@pytest.mark.parametrize(
    ("question", "hits", "since", "until"),
    [
        ("What has changed since the third meeting?", SEED, "2022-07-21", None),
        ("What was said after the 4th meeting?", SEED, "2024-01-21", None),
        ("What was planned before Xi's visit?", VISIT, None, "2015-04-19"),
        ("What was signed during Xi Jinping's visit?", VISIT, "2015-04-20", "2015-04-20"),
        ("What has happened since March 2020?", SEED, "2020-03-01", None),
    ],
)
def test_the_library_dates_the_event(
    question: str, hits: tuple[Hit, ...], since: str | None, until: str | None
) -> None:
    found = resolve(question, TODAY, lambda query: hits)
    assert found is not None
    assert found.since == (dt.date.fromisoformat(since) if since else None)
    assert found.until == (dt.date.fromisoformat(until) if until else None)


@pytest.mark.parametrize(
    "question",
    [
        "What has happened since the meeting?",
        "What was agreed after the seventh meeting?",
        "Who spoke before the minister?",
        "Who co-chaired the fourth meeting?",
        "How long after a fourth meeting is a read-out due?",
    ],
)
def test_an_event_that_the_library_does_not_date_gives_no_interval(question: str) -> None:
    assert resolve(question, TODAY, lambda query: SEED) is None


def test_passages_that_disagree_give_no_interval() -> None:
    visits = (*VISIT[:1], hit("Xi Jinping visited Islamabad on 3 May 2019.", dt.date(2019, 5, 4)))
    assert resolve("What changed after Xi's visit?", TODAY, lambda query: visits) is None
