"""Which documents of a library have a question's words, whether they were read for its answer or not."""

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
"""So many documents are counted; a subject with more has no gaps worth telling."""

_PASSAGES = 5 * MANY


@dataclass(frozen=True, slots=True)
class Subject:
    """The documents that have a question's words: how many, when they are from, and whose they are.

    Of `MANY` or more, `documents` is `MANY` and nothing else is told.
    """

    documents: int
    days: tuple[dt.date, ...] = ()
    publishers: tuple[str, ...] = ()


def subject(question: str, library: Library, lexical: Lexical, filters: Filters = Filters()) -> Subject:
    """The documents in which most of a question's words stand close together.

    That is: in a passage with its neighbours, or in the headline. The words are counted without the
    small ones and without those of time, and weighed by their rarity (inverse document frequency); "most"
    is more than half of the weight.
    """
    words, k = without_time(question), _PASSAGES
    while True:
        passages = lexical.with_most(words, k, filters)
        ids = {id_.rpartition("-")[0] for id_ in passages}
        if len(ids) >= MANY:
            return Subject(MANY)
        if len(passages) < k:
            break
        k *= 4
    rows = rows_of(library, sorted(ids)).values()
    return Subject(
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
