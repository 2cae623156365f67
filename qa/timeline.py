"""What happened when: the days that texts speak of, in order, each told once a story.

An event is a day, or a span up to a month, with all documents of one story that speak of it. The
events of a whole library are counted once and read a page at a time; those of a subject, which
lie in the passages that have its words, are held.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from qa.credits import in_credit
from qa.library import Library
from qa.listing import reading
from qa.proof import cite
from qa.sentences import spans
from qa.types import Article, Citation

_COLUMNS = "days.date, days.until, days.article_id, articles.story, articles.publisher, min(days.start)"
# A longer span (a year, a decade) says too little of when something happened.
_SHORT = "julianday(days.until) - julianday(days.date) <= 31"
_ONCE = "GROUP BY days.date, days.until, days.article_id ORDER BY 1, 2, articles.published NULLS LAST, 3"


@dataclass(frozen=True, slots=True)
class Mention:
    """A day, or a span up to a month, that an article speaks of, at an offset in its body."""

    date: dt.date
    until: dt.date
    article_id: str
    story: str
    publisher: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Event:
    """A day with those who speak of it, all telling the same story, the first to do so first."""

    date: dt.date
    until: dt.date
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The days, in order, and how many events begin on each; `held` are a subject's events."""

    days: tuple[dt.date, ...]
    counts: tuple[int, ...]
    held: tuple[Event, ...] | None = None

    def count(self, since: dt.date = dt.date.min, until: dt.date = dt.date.max) -> int:
        """How many events begin from one day to another."""
        return sum(self.counts[bisect_left(self.days, since) : bisect_right(self.days, until)])

    def months(self) -> dict[str, int]:
        """Events by month (2024-01), in order."""
        found: Counter[str] = Counter()
        for day, n in zip(self.days, self.counts, strict=True):
            found[f"{day:%Y-%m}"] += n
        return dict(found)


def course(library: Library, passages: Collection[str] | None = None) -> Course:
    """The course of events in a library, or of those that some passages (by id) speak of."""
    if passages is not None:
        held = tuple(_events(_spoken_of(library, passages)))
        counted = Counter(event.date for event in held)
        return Course(tuple(counted), tuple(counted.values()), held)
    sql = (
        "SELECT date, count(*) FROM (SELECT DISTINCT days.date, days.until, articles.story "
        f"FROM days JOIN articles ON articles.id = days.article_id WHERE {_SHORT}) GROUP BY 1 ORDER BY 1"
    )
    with reading(library) as connection:
        rows = connection.execute(sql).fetchall()
    return Course(tuple(dt.date.fromisoformat(day) for day, _ in rows), tuple(n for _, n in rows))


def events(
    library: Library,
    course: Course,
    since: dt.date = dt.date.min,
    until: dt.date = dt.date.max,
    *,
    limit: int,
    offset: int = 0,
) -> tuple[Event, ...]:
    """Some of the events that begin from one day to another, in their order."""
    first, last = bisect_left(course.days, since), bisect_right(course.days, until)
    if course.held is not None:
        before = sum(course.counts[:first])
        end = sum(course.counts[:last])
        return course.held[before + offset : min(end, before + offset + limit)]
    upto = list(accumulate(course.counts[first:last]))
    if offset >= (upto[-1] if upto else 0):
        return ()
    begin, stop = bisect_right(upto, offset), bisect_left(upto, min(offset + limit, upto[-1]))
    skipped = offset - (upto[begin - 1] if begin else 0)
    found = _events(_between(library, course.days[first + begin], course.days[first + stop]))
    return tuple(found)[skipped : skipped + limit]


def sentence(article: Article, mention: Mention) -> Citation | None:
    """The sentence of a mention, as a quote; None of a day that only a credit names."""
    if in_credit(article.body, mention.start):
        return None
    start, end = next(
        (each for each in spans(article.body) if each[0] <= mention.start < each[1]),
        (mention.start, mention.start + 1),
    )
    return cite(article, start, end, number=1)


def _between(library: Library, since: dt.date, until: dt.date) -> list[Mention]:
    sql = (
        f"SELECT {_COLUMNS} FROM days JOIN articles ON articles.id = days.article_id "
        f"WHERE {_SHORT} AND days.date BETWEEN ? AND ? {_ONCE}"
    )
    with reading(library) as connection:
        return [_mention(row) for row in connection.execute(sql, (since.isoformat(), until.isoformat()))]


def _spoken_of(library: Library, passages: Collection[str]) -> list[Mention]:
    sql = (
        f"SELECT {_COLUMNS} FROM json_each(?) CROSS JOIN passages ON passages.id = json_each.value "
        "CROSS JOIN days ON days.article_id = passages.article_id "
        'AND days.start >= passages.start AND days.start < passages."end" '
        f"CROSS JOIN articles ON articles.id = passages.article_id WHERE {_SHORT} {_ONCE}"
    )
    with reading(library) as connection:
        return [_mention(row) for row in connection.execute(sql, (json.dumps(list(passages)),))]


def _events(mentions: Sequence[Mention]) -> Iterator[Event]:
    """Mentions in order as events: those of one story and day together, where the first stands."""
    told: dict[tuple[dt.date, dt.date, str], list[Mention]] = {}
    for mention in mentions:
        told.setdefault((mention.date, mention.until, mention.story), []).append(mention)
    for (date, until, _), each in told.items():
        yield Event(date, until, tuple(each))


def _mention(row: tuple[str, str, str, str, str | None, int]) -> Mention:
    date, until, article, story, publisher, start = row
    return Mention(
        dt.date.fromisoformat(date), dt.date.fromisoformat(until), article, story, publisher, start
    )
