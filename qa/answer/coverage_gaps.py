"""What the library lacks on an answer's topic, in words; only what its reader can use.

A reader who asks how things stand wants to know that nothing newer was found; one who asks when a plant
opened does not. So a gap is told only where it matters to the question.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from qa.answer.matching import MANY, MatchingDocuments
from qa.core.types import Answer, Filters, Timeframe
from qa.store import listing
from qa.store.library import Library
from qa.text.english import patterns

# Shorter silences than these are usual in the reports on a topic.
_SILENT_DAYS = 365
_HOLE_DAYS = 730
_FEWEST = 3  # From so many documents on, it is said if all are from one publisher.
_PRESENT = re.compile(rf"\b(?:{patterns(__name__)['present']})\b|['’](?:s|ve|re)\b", re.I)
_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.I)


def coverage_gaps(
    answer: Answer, matching: MatchingDocuments, library: Library, filters: Filters
) -> tuple[str, ...]:
    """What is missing, as parts of sentences: "nothing after March 2021 (the library goes to May 2025)".

    Args:
        answer: whose topic it is.
        matching: the documents that have the question's words.
        library: it may have newer documents on other topics.
        filters: those of the search.
    """
    if not 0 < matching.documents < MANY:
        return ()
    cited = [each.published for claim in answer.claims for each in claim.citations if each.published]
    days = tuple(sorted((*matching.days, *cited)))
    found = [
        *_silence(answer, days, library, filters),
        *_not_from_then(answer, days),
        *_hole(answer.timeframe, days),
    ]
    if matching.documents >= _FEWEST and len(matching.publishers) == 1 and not filters.publishers:
        found.append(f"all of them are from {matching.publishers[0]}")
    return tuple(found)


def _silence(answer: Answer, days: tuple[dt.date, ...], library: Library, filters: Filters) -> Iterator[str]:
    goes_to = _goes_to(library, filters.until)
    silent = goes_to is not None and bool(days) and (goes_to - days[-1]).days > _SILENT_DAYS
    if silent and _asks_how_things_stand(answer, filters):
        yield f"nothing after {days[-1]:%B %Y} (the library goes to {goes_to:%B %Y})"


def _asks_how_things_stand(answer: Answer, filters: Filters) -> bool:
    timeframe = answer.timeframe
    if timeframe is not None and (timeframe.latest or timeframe.until is None):
        return True
    if filters.until is not None:
        return True
    question = answer.standalone
    return timeframe is None and _PRESENT.search(question) is not None and _PAST.search(question) is None


def _not_from_then(answer: Answer, days: tuple[dt.date, ...]) -> Iterator[str]:
    """Tells that nothing was published in the time asked about; a later document may tell of it."""
    asked = answer.timeframe
    if asked is None or asked.since is None or asked.until is None or asked.others or answer.note:
        return
    if not any(asked.since <= day <= asked.until for day in days):
        yield f"nothing published {_span(asked.since, asked.until)}"


def _hole(asked: Timeframe | None, days: tuple[dt.date, ...]) -> Iterator[str]:
    """Tells the longest time without a document, for a question about a development."""
    if asked is None or not (asked.latest or asked.until is None or asked.since is None):
        return
    since, until = max(pairwise(days), key=lambda pair: pair[1] - pair[0], default=(dt.date.min, dt.date.min))
    if (until - since).days > _HOLE_DAYS:
        yield f"nothing between {since:%B %Y} and {until:%B %Y}"


def _goes_to(library: Library, until: dt.date | None) -> dt.date | None:
    """The library's newest day of publication, not after `until`."""
    with listing.reading(library) as connection:
        row = connection.execute(
            "SELECT max(published) FROM articles WHERE published <= ?", ((until or dt.date.max).isoformat(),)
        ).fetchone()
    return None if row[0] is None else dt.date.fromisoformat(row[0])


def _span(since: dt.date, until: dt.date) -> str:
    """In 2022, in July 2022, on 21 July 2022, between 1 March and ..."""
    if since == until:
        return f"on {since:%-d %B %Y}"
    after = until + dt.timedelta(days=1)
    if since.day == 1 and after.day == 1:
        if (since.month, after.month, after.year - since.year) == (1, 1, 1):
            return f"in {since:%Y}"
        if (after.year * 12 + after.month) - (since.year * 12 + since.month) == 1:
            return f"in {since:%B %Y}"
    return f"between {since:%-d %B %Y} and {until:%-d %B %Y}"
