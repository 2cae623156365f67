"""A question's time in a whole search: the real embedder, Chroma and Tantivy over dated reports."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.core.settings import Settings
from qa.dates.find import find_days
from qa.search.retriever import HybridRetriever, open_retriever
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.vectors import Vectors
from tests.qa.conftest import Store

TODAY = dt.date(2024, 3, 1)
REPORTS = {
    "first": ("The first meeting of the working group was held in Beijing.", dt.date(2019, 4, 9)),
    "second": ("The second meeting of the working group was held in Urumqi.", dt.date(2020, 12, 28)),
    "third": ("The third meeting of the working group was held by video on Thursday.", dt.date(2022, 7, 22)),
    "fourth": (
        "The fourth meeting of the working group was held in Islamabad on Sunday.",
        dt.date(2024, 1, 21),
    ),
    "later": ("Officials said the working group had met in Quetta in May 2021 as well.", dt.date(2024, 2, 2)),
}


@pytest.fixture
def retriever(
    settings: Settings, library: Library, vectors: Vectors, lexical: Lexical, store: Store
) -> HybridRetriever:
    for name, (text, published) in REPORTS.items():
        store(name, text, published=published, days=find_days(text, published))
    vectors.sync()
    lexical.sync()
    return open_retriever(settings, library)


def found(retriever: HybridRetriever, question: str) -> list[str]:
    return [hit.article.source for hit in retriever.search(question, today=TODAY).hits]


def test_a_time_that_was_asked_about_comes_first(retriever: HybridRetriever) -> None:
    assert found(retriever, "Where did the working group meet in December 2020?")[0] == "second"
    assert found(retriever, "Where did the working group meet in May 2021?")[0] == "later"


def test_since_and_as_of_leave_the_rest_out(retriever: HybridRetriever) -> None:
    assert set(found(retriever, "Where has the working group met since 2022?")) == {
        "third",
        "fourth",
        "later",
    }
    assert set(found(retriever, "Where had the working group met as of June 2021?")) == {"first", "second"}


def test_an_event_is_dated_by_the_library(retriever: HybridRetriever) -> None:
    searched = retriever.search("What has the working group done since the third meeting?", today=TODAY)
    assert searched.timeframe is not None
    assert searched.timeframe.since == dt.date(2022, 7, 21)
    assert {hit.article.source for hit in searched.hits} == {"third", "fourth", "later"}


def test_latest_goes_by_date(retriever: HybridRetriever) -> None:
    held = [
        name
        for name in found(retriever, "What was the latest meeting of the working group?")
        if name != "later"
    ]
    assert held[0] == "fourth"


def test_an_empty_interval_falls_back_and_says_so(retriever: HybridRetriever) -> None:
    searched = retriever.search("Where has the working group met since February 20, 2024?", today=TODAY)
    assert searched.hits
    assert searched.note is not None
    assert "since February 20, 2024" in searched.note


def test_times_are_those_of_a_passage(retriever: HybridRetriever, library: Library) -> None:
    (passage,) = library.passages_of(retriever.search("Quetta").hits[0].article.id)
    published, days = library.times([passage.id, "gone"])[passage.id]
    assert published == dt.date(2024, 2, 2)
    assert [day.text for day in days] == ["May 2021"]


def test_switched_off_it_finds_without_a_timeframe(retriever: HybridRetriever) -> None:
    off = retriever.model_copy(update={"timed": False})
    searched = off.search("Where has the working group met since 2022?", today=TODAY)
    assert searched.timeframe is None
    assert len(searched.hits) == len(REPORTS)
