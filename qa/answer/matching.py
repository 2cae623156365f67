"""The documents of a library that have most of a question's words, read for its answer or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from qa.core.types import Filters
from qa.dates.find import find_days
from qa.search import timeframe
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.listing import rows_of

MANY = 100
"""At most so many documents are counted: of a topic with more, no gap is worth telling."""

_PASSAGES = 5 * MANY


@dataclass(frozen=True, slots=True)
class MatchingDocuments:
    """The documents that have a question's words: how many, their days and their publishers.

    Where there are `MANY` or more, `documents` is `MANY`, and days and publishers are empty.
    """

    documents: int
    days: tuple[dt.date, ...] = ()
    publishers: tuple[str, ...] = ()


def matching_documents(
    question: str, library: Library, lexical: Lexical, filters: Filters = Filters()
) -> MatchingDocuments:
    """The documents in which most of a question's words stand close together.

    They stand in one passage with its neighbours, or in the headline. Small words and words of time do not
    count; the others are weighed by their rarity (inverse document frequency). "Most" is more than half of
    the weight.
    """
    words, k = without_time(question), _PASSAGES
    while True:
        passages = lexical.with_most(words, k, filters)
        ids = {id_.rpartition("-")[0] for id_ in passages}
        if len(ids) >= MANY:
            return MatchingDocuments(MANY)
        if len(passages) < k:
            break
        k *= 4
    rows = rows_of(library, sorted(ids)).values()
    return MatchingDocuments(
        documents=len(rows),
        days=tuple(sorted(row.published for row in rows if row.published)),
        publishers=tuple(sorted({row.publisher for row in rows if row.publisher})),
    )


def without_time(question: str) -> str:
    """A question without the words that tell when: days, and "latest"."""
    today = dt.date.today()
    for day in sorted(find_days(question, today), key=lambda each: -each.start):
        question = f"{question[: day.start]} {question[day.end :]}"
    asked = timeframe.find_timeframe(question, today)
    return question.replace(asked.text, " ") if asked is not None else question
