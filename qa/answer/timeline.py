"""The timeline: the days that texts mention, in order, each once for a story.

An event is a day, or a span up to a month, with all documents of one story that mention it. For a whole
library the mentions are only counted, and events are read for some days at a time. For a topic, the events of
the passages that have its words are all kept.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qa.core.types import Article, Citation
from qa.store.library import Library
from qa.store.listing import reading
from qa.text.credits import in_credit
from qa.text.sentences import spans
from qa.verify.spans import cite

_COLUMNS = "days.date, days.until, days.article_id, articles.story, articles.publisher, min(days.start)"
# A longer span (a year, a decade) does not tell when something happened.
_SHORT = "julianday(days.until) - julianday(days.date) <= 31"
_ONCE = "GROUP BY days.date, days.until, days.article_id ORDER BY 1, 2, articles.published NULLS LAST, 3"


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day, or a span up to a month, that an article mentions at an offset in its body."""

    date: dt.date
    until: dt.date
    article_id: str
    story: str
    publisher: str | None
    start: int


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A day with its mentions, all of one story, the earliest article first."""

    date: dt.date
    until: dt.date
    mentions: tuple[DayMention, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The days, in order, and how often each is mentioned; `held` are the events of a topic."""

    days: tuple[dt.date, ...]
    counts: tuple[int, ...]
    held: tuple[DatedEvent, ...] | None = None

    def count(self, since: dt.date = dt.date.min, until: dt.date = dt.date.max) -> int:
        """How many mentions the days from one to another have: at least as many as events."""
        return sum(self.counts[bisect_left(self.days, since) : bisect_right(self.days, until)])

    def months(self) -> dict[str, int]:
        """Mentions by month (2024-01), in order."""
        found: Counter[str] = Counter()
        for day, n in zip(self.days, self.counts, strict=True):
            found[f"{day:%Y-%m}"] += n
        return dict(found)

    def pages(self, since: dt.date, until: dt.date, size: int) -> list[tuple[dt.date, dt.date]]:
        """Pages of days, each with at least `size` mentions: their first and last days."""
        runs: list[tuple[dt.date, dt.date]] = []
        mentions = size
        for at in range(bisect_left(self.days, since), bisect_right(self.days, until)):
            day = self.days[at]
            runs[-1:] = [*runs[-1:], (day, day)] if mentions >= size else [(runs[-1][0], day)]
            mentions = self.counts[at] + (0 if mentions >= size else mentions)
        return runs


def course(library: Library, passages: Collection[str] | None = None) -> Course:
    """The timeline of a library, or of some passages (by id)."""
    if passages is not None:
        held = tuple(_events(_spoken_of(library, passages)))
        counted = Counter(mention.date for event in held for mention in event.mentions)
        return Course(tuple(sorted(counted)), tuple(n for _, n in sorted(counted.items())), held)
    sql = f"SELECT date, count(*) FROM days WHERE {_SHORT} GROUP BY date ORDER BY date"
    with reading(library) as connection:
        rows = connection.execute(sql).fetchall()
    return Course(tuple(dt.date.fromisoformat(day) for day, _ in rows), tuple(n for _, n in rows))


def events(library: Library, course: Course, since: dt.date, until: dt.date) -> tuple[DatedEvent, ...]:
    """The events that begin from one day to another, in their order."""
    if course.held is None:
        return tuple(_events(_between(library, since, until)))
    first = bisect_left(course.held, since, key=lambda event: event.date)
    return course.held[first : bisect_right(course.held, until, key=lambda event: event.date)]


def sentence(article: Article, mention: DayMention) -> Citation | None:
    """The sentence of a mention as a quote; None if it is a credit."""
    if in_credit(article.body, mention.start):
        return None
    start, end = next(
        (each for each in spans(article.body) if each[0] <= mention.start < each[1]),
        (mention.start, mention.start + 1),
    )
    return cite(article, start, end, number=1)


def _between(library: Library, since: dt.date, until: dt.date) -> list[DayMention]:
    sql = (
        f"SELECT {_COLUMNS} FROM days JOIN articles ON articles.id = days.article_id "
        f"WHERE {_SHORT} AND days.date BETWEEN ? AND ? {_ONCE}"
    )
    with reading(library) as connection:
        return [_mention(row) for row in connection.execute(sql, (since.isoformat(), until.isoformat()))]


def _spoken_of(library: Library, passages: Collection[str]) -> list[DayMention]:
    sql = (
        f"SELECT {_COLUMNS} FROM json_each(?) CROSS JOIN passages ON passages.id = json_each.value "
        "CROSS JOIN days ON days.article_id = passages.article_id "
        'AND days.start >= passages.start AND days.start < passages."end" '
        f"CROSS JOIN articles ON articles.id = passages.article_id WHERE {_SHORT} {_ONCE}"
    )
    with reading(library) as connection:
        return [_mention(row) for row in connection.execute(sql, (json.dumps(list(passages)),))]


def _events(mentions: Sequence[DayMention]) -> Iterator[DatedEvent]:
    """Mentions as events: those of one story and day together, in the order of their first mentions."""
    told: dict[tuple[dt.date, dt.date, str], list[DayMention]] = {}
    for mention in mentions:
        told.setdefault((mention.date, mention.until, mention.story), []).append(mention)
    for (date, until, _), each in told.items():
        yield DatedEvent(date, until, tuple(each))


def _mention(row: tuple[str, str, str, str, str | None, int]) -> DayMention:
    date, until, article, story, publisher, start = row
    return DayMention(
        dt.date.fromisoformat(date), dt.date.fromisoformat(until), article, story, publisher, start
    )
