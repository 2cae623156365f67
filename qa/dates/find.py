"""The days that a text speaks of, with their offsets, resolved against its publication date.

    find_days("held on Sunday; the third was on 21 July 2022", date(2024, 1, 21))

gives two `Day`s. Everything is inclusive spans of days: "September 2022" is thirty of them, and so
the tests that grounding needs are containment: see `same_day` and `entailed`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from qa.core.errors import DatelineError
from qa.core.types import Day
from qa.dates import intervals
from qa.dates.date_parts import DateMention
from qa.dates.intervals import Interval
from qa.dates.mentions import scan
from qa.dates.relative_dates import to_come
from qa.text.terms import plain_digits

# A date without a year is at most so many days ahead; else it is the last one past. An article of January
# that says "February 8" may announce that day without a "will".
_AHEAD_DAYS = 92
# "Early Sunday" is Sunday; "early last week" may be any day of that week.
_SHORTEST_PARTED_DAYS = 7


class NumericOrder(NamedTuple):
    """How 03/04/2024 is to be read, and whether that was inferred rather than certain."""

    month_first: bool
    inferred: bool


class _Expression(NamedTuple):
    start: int
    end: int
    span: Interval
    ends: tuple[Interval, ...]


def find_days(text: str, anchor: dt.date | None, language: str | None = None) -> tuple[Day, ...]:
    """Every expression of a day, month, year or other span in a text, in order, none overlapping.

    Args:
        text: any text; offsets are into it, and `text[day.start : day.end] == day.text`.
        anchor: the publication date, against which "on Sunday" or "July 21" are resolved; None
            leaves those out.
        language: an ISO 639-1 code, with a region if known ("en-US"); it decides 03/04/2024
            where no other date of the text does.
    """
    order = numeric_order(text, language)
    return tuple(
        Day(text[found.start : found.end], found.start, found.end, *found.span)
        for found in _expressions(text, anchor, order.month_first)
    )


_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/])")


def numeric_order(text: str, language: str | None = None) -> NumericOrder:
    """Which part of 03/04/2024 is the month, by the text's other dates, else by its language.

    A part above 12 can only be the day. `inferred` is true where the text has an ambiguous date: a date read
    from it is then inferred.
    """
    day_first = month_first = 0
    ambiguous = False
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        ambiguous |= first <= 12 and second <= 12 and first != second
    if day_first or month_first:
        return NumericOrder(month_first > day_first, ambiguous)
    return NumericOrder((language or "").lower().replace("_", "-") in ("en-us", "en-ph"), ambiguous)


def parse_day(text: str, today: dt.date) -> Day:
    """The day or span that a reader typed: "2024-01-21", "January 2024", "last month".

    Raises:
        DatelineError: the text is no such expression, or more than one.
    """
    typed = text.strip()
    for lead in ("", "in "):  # A month alone counts after "in".
        days = find_days(lead + typed, today)
        if len(days) == 1 and days[0].start <= len(lead) and days[0].end == len(lead) + len(typed):
            return replace(days[0], text=typed, start=0, end=len(typed))
    raise DatelineError(
        f"{text!r} is no date that Dateline understands; write it like 2024-01-21, "
        "'21 January 2024', 'January 2024', '2024' or 'last month'."
    )


def same_day(claimed: Day, evidence: Day) -> bool:
    """Whether a day that the evidence names entails the day that a claim names.

    The evidence must be at least as exact: "21 July 2022" entails "July 2022", never the other way. A claim
    without a year ("July 21") fits any year. A span is entailed by a span with the same two ends; either end
    alone is entailed by the span too: "from 2002 to 2004" entails "2002".
    """
    if wanted := ends(claimed):
        halves = [replace(claimed, text="", date=end.date, until=end.until) for end in wanted]
        return len(wanted) == len(ends(evidence)) and all(same_day(each, evidence) for each in halves)
    spans = (Interval(evidence.date, evidence.until), *ends(evidence))
    return any(_wanted(claimed, span).holds(span) for span in spans)


def ends(day: Day) -> tuple[Interval, ...]:
    """The two ends of a span that is written with both: "from May 2002 to 2004"; else nothing."""
    for found in _expressions(day.text, day.date, month_first=False):
        return found.ends
    return ()


def _wanted(claimed: Day, evidence: Interval) -> Interval:
    """The claim's span, in the year of the evidence where the claim names none."""
    mentions = tuple(scan(claimed.text, None))
    if len(mentions) != 1 or mentions[0].year is not None or mentions[0].span is not None:
        return Interval(claimed.date, claimed.until)
    try:
        return mentions[0].in_year(evidence.date.year)
    except ValueError:
        return Interval(claimed.date, claimed.until)


# From mentions to spans of days.

_RANGE = re.compile(r"\s*(?:--?|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bup to\b)\s*(?:the\s+)?", re.I)
_RANGE_AND = re.compile(r",?\s+and\s+(?:the\s+)?", re.I)
_LIST = re.compile(r"\s*(?:,\s*)?(?:\band\b|\bor\b|,|&|/)\s*(?:on\s+|in\s+|the\s+)*", re.I)
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?(?:years\s+)?$", re.I)


def _expressions(text: str, anchor: dt.date | None, month_first: bool) -> list[_Expression]:
    text = plain_digits(text)
    mentions = _completed(text, list(scan(text, anchor, month_first=month_first)))
    found: list[_Expression] = []
    dated: DateMention | None = None
    for mention in mentions:
        if mention.year is not None:
            dated = mention
        elif dated is not None and _told_after(dated, mention, text, anchor):
            mention = replace(mention, year=dated.year)
        expression = _resolved(mention, text, anchor)
        if expression is None:
            continue
        span = _joined(found[-1], expression, text) if found else None
        if span is None:
            found.append(expression)
        else:
            found[-1] = span
    return found


def _completed(text: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Gives a mention the year or month that it shares with a neighbour in a list or span."""
    done = _worded_years(text, mentions)
    for left in range(len(done) - 2, -1, -1):
        a, b = done[left], done[left + 1]
        if (
            a.year is None
            and a.span is None
            and b.year is not None
            and b.month is not None
            and _linked(text, a, b)
        ):
            done[left] = replace(a, year=_year_before(a, b), firm=True)
    for right, (a, b) in enumerate(pairwise(tuple(done)), 1):
        if _linked(text, a, b):
            if b.year is None and b.span is None and a.year is not None and a.month is not None:
                done[right] = replace(b, year=a.year, firm=True)
            elif not b.firm:
                done[right] = replace(done[right], firm=a.firm)
            if not a.firm and b.firm:
                done[right - 1] = replace(done[right - 1], firm=True)
    return done


def _worded_years(text: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Joins "June" to the "this year" or "last year" that follows it."""
    done: list[DateMention] = []
    for mention in mentions:
        year = _this_year(text, mention)
        if year and done and _awaits_year(done[-1], text[done[-1].end : mention.start]):
            done[-1] = replace(done[-1], end=mention.end, year=year, firm=True)
        else:
            done.append(mention)
    return done


def _this_year(text: str, mention: DateMention) -> int | None:
    worded = re.fullmatch(r"(?:this|last|next)\s+year", text[mention.start : mention.end], re.I)
    return mention.span.date.year if worded and mention.span else None


def _awaits_year(mention: DateMention, gap: str) -> bool:
    wanting = mention.month is not None and mention.year is None
    return wanting and re.fullmatch(r"\s+(?:of\s+)?", gap) is not None


_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_TOLD_WITHIN_CHARS = 80
_PARAGRAPH_CHARS = 2_000


def _told_after(dated: DateMention, mention: DateMention, text: str, anchor: dt.date | None) -> bool:
    """Whether a month without a year is of the year that the text named before.

    "Announced on 29 July 2013 that he would go in August" does; later in a dated article "in January"
    is nearer to the article's own date. Without such a date the paragraph's last year has to do.
    """
    if mention.span is not None or mention.month is None:
        return False
    gap = text[dated.end : min(mention.start, dated.end + _PARAGRAPH_CHARS)]
    if anchor is None:
        return len(gap) < _PARAGRAPH_CHARS and "\n\n" not in gap
    near = len(gap) <= _TOLD_WITHIN_CHARS and _SENTENCE_END.search(gap) is None
    return near and mention.month >= (dated.month or 1)


def _linked(text: str, a: DateMention, b: DateMention) -> bool:
    gap = text[a.end : b.start]
    return len(gap) < 16 and bool(_RANGE.fullmatch(gap) or _LIST.fullmatch(gap))


def _year_before(a: DateMention, b: DateMention) -> int | None:
    """The year of the first of two: "December 30 to January 2, 2022" crosses New Year."""
    assert b.year is not None
    crosses = a.month is not None and b.month is not None and a.month > b.month
    return b.year - 1 if crosses else b.year


def _resolved(mention: DateMention, text: str, anchor: dt.date | None) -> _Expression | None:
    try:
        span = mention.span or _span(mention, text, anchor)
    except ValueError:
        return None
    if span is None or not mention.firm:
        return None
    if mention.part and span.days > _SHORTEST_PARTED_DAYS:
        span = intervals.part(span, mention.part)
    ends: tuple[Interval, ...] = ()
    if mention.last is not None:
        ends = (intervals.day(span.date), intervals.day(span.until))
    return _Expression(mention.start, mention.end, span, ends)


def _span(mention: DateMention, text: str, anchor: dt.date | None) -> Interval | None:
    if mention.year is not None:
        return mention.in_year(mention.year)
    if anchor is None:
        return None
    near = [mention.in_year(year) for year in (anchor.year - 1, anchor.year, anchor.year + 1)]
    ahead = [span for span in near if span.until >= anchor]
    past = [span for span in near if span.date <= anchor]
    if to_come(text, mention.start, mention.end):
        return ahead[0]
    soon = (ahead[0].date - anchor).days <= _AHEAD_DAYS < (anchor - past[-1].until).days
    return ahead[0] if soon and not _PAST.search(text, max(0, mention.start - 8), mention.start) else past[-1]


_PAST = re.compile(r"\b(?:since|after)\s+$", re.I)


def _joined(a: _Expression, b: _Expression, text: str) -> _Expression | None:
    """The span from one expression to the next: "from ... to", "between ... and", a dash."""
    gap = text[a.end : b.start]
    if len(gap) > 12 or a.ends:
        return None
    lead = _FROM.search(text[max(0, a.start - 20) : a.start])
    between = lead is not None and lead[0].lower().startswith("between")
    if not (_RANGE.fullmatch(gap) or (between and _RANGE_AND.fullmatch(gap))):
        return None
    if a.span.date > b.span.date:
        return None
    start = a.start - len(lead[0]) if lead else a.start
    return _Expression(start, b.end, Interval(a.span.date, b.span.until), (a.span, b.span))
