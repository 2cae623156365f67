"""The interval that a question asks about: "in January 2024", "since March", "latest".

A wrong interval is worse than none, so a time that is part of a name or of a description ("Vision 2025", "the
2008 crisis", "the man who ruled from 1950 to 1960") gives none. `Timeframe.on` says how an interval is used;
`admits` and `overlap` apply it to passages.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import replace

from qa.core.types import Day, Timeframe
from qa.dates.find import ends, find_days
from qa.dates.intervals import Interval
from qa.text.english import patterns

# An article published this many days after an interval may still report on it.
_REPORTED_WITHIN_DAYS = 7


def find_timeframe(question: str, today: dt.date) -> Timeframe | None:
    """The interval of a question; None if it asks about no particular time.

    Args:
        question: as the reader asked it, standing alone.
        today: the day that "last month" is counted from.
    """
    latest = _latest(question)
    days = [day for day in find_days(question, today) if _is_time(question, day)]
    if len(days) > 1:
        days = [day for day in days if _DESCRIBES.search(question[: day.start]) is None]
    first, *others = [_bounded(question, day, today, latest is not None) for day in days] or [None]
    if first is not None and not others:
        return first
    if first is not None and all(_compares(each) for each in (first, *others)):
        several = tuple(filter(None, others))
        return replace(first, text="; ".join(each.text for each in (first, *several)), others=several)
    return Timeframe(latest[0], latest=True) if latest else None


def _compares(timeframe: Timeframe | None) -> bool:
    """Whether an interval may be one of several: it has both ends and excludes nothing."""
    return (
        timeframe is not None
        and timeframe.on == "mentioned"
        and None not in (timeframe.since, timeframe.until)
    )


def admits(timeframe: Timeframe, published: dt.date | None, days: Iterable[Day]) -> bool:
    """Whether a passage may be returned, by its article's date and the days that it mentions.

    Only "published" intervals exclude passages. One with both ends ("last month") also admits passages of
    later articles that mention its days; an open one ("since March", "as of June") uses the publication date
    only.
    """
    if timeframe.on == "mentioned" or (timeframe.since is None and timeframe.until is None):
        return True
    asked = _whole(timeframe)
    if published is None or published < asked.date:
        return False
    if published <= asked.until:
        return True
    return timeframe.since is not None and any(_common(asked, day) for day in days)


def within(timeframe: Timeframe, published: dt.date | None, days: Iterable[Day]) -> bool:
    """Whether a passage is from the interval: published in it, or naming one of its days."""
    asked = _whole(timeframe)
    return (published is not None and asked.date <= published <= asked.until) or any(
        _common(asked, day) for day in days
    )


def overlap(timeframe: Timeframe, published: dt.date | None, days: Iterable[Day]) -> float:
    """How well a passage fits an interval, 0 to 1, whatever `on` says.

    Args:
        timeframe: the question's; without an interval ("latest") everything scores 0.
        published: the article's publication date.
        days: the days that the passage itself mentions.
    """
    mentioned = tuple(days)
    return max(_overlap(each, published, mentioned) for each in (timeframe, *timeframe.others))


def _overlap(timeframe: Timeframe, published: dt.date | None, days: Iterable[Day]) -> float:
    if timeframe.since is None and timeframe.until is None:
        return 0.0
    asked = _whole(timeframe)
    mentioned = max((_fit(asked, Interval(day.date, day.until)) for day in days), default=0.0)
    return max(mentioned, _reported(asked, published))


def _whole(timeframe: Timeframe) -> Interval:
    return Interval(timeframe.since or dt.date.min, timeframe.until or dt.date.max)


def _common(asked: Interval, day: Day | Interval) -> int:
    """How many days both have."""
    return max(0, (min(asked.until, day.until) - max(asked.date, day.date)).days + 1)


def _fit(asked: Interval, day: Interval) -> float:
    """How well a mentioned span fits: half the score for overlap, half for beginning together.

    Who held an office "from 1990 to 1993" is told where something begins in 1990. A span that contains the
    interval but is far longer says little: "the 1990s" for "in May 1992".
    """
    inside = _common(asked, day) / min(asked.days, day.days)
    if asked.date == dt.date.min or asked.until == dt.date.max:
        return inside
    diluted = inside * min(1.0, 30 * asked.days / day.days)
    return (diluted + _nearness(asked, day)) / 2


def _nearness(asked: Interval, day: Interval) -> float:
    """1 if both begin together, less with each day between.

    It falls to a third within half the interval's length, between a week and 200 days.
    """
    apart = abs((asked.date - day.date).days)
    return math.exp(-apart / min(max(asked.days / 2, 7), 200))


def _reported(asked: Interval, published: dt.date | None) -> float:
    if published is None:
        return 0.0
    if asked.date <= published <= asked.until:
        return 1.0
    return 0.4 if 0 < (published - asked.until).days <= _REPORTED_WITHIN_DAYS else 0.0


# How a question is read.

_WORDS = patterns(__name__)
_LATEST = re.compile(rf"\b(?:{_WORDS['latest']})\b", re.I)

# In a longer question such words may describe what it asks about: "which company, recently accused of ...".
_PLAIN_WORDS = 25
_SUBORDINATE = re.compile(r"\w\W+(?:who|that|which|whose)\b[^,]*$|,\s*$", re.I)


def _latest(question: str) -> re.Match[str] | None:
    """The words that ask for the newest, if the question itself asks so."""
    found = _LATEST.search(question)
    if found is None or len(question.split()) > _PLAIN_WORDS:
        return None
    named = found.start() > 0 and found[0][0].isupper()
    return None if named or _SUBORDINATE.search(question[: found.start()]) else found


# The words right before a time, by how they bound the interval.
_LEAD = re.compile(
    r"(?:^|(?<=[\s,(]))(?:"
    r"(?P<as_of>as (?:of|at))|"
    r"(?P<since>(?:ever )?since|starting(?: in| from)?)|"
    r"(?P<after>after|following)|"
    r"(?P<before>before|prior to)|"
    r"(?P<until>until|till|up to)|"
    r"(?P<by>by)|"
    r"(?P<start>from)|"
    rf"(?P<within>{_WORDS['within']})"
    rf")\s+(?:the\s+)?(?:{_WORDS['parts']}\s+(?:(?:of|from|between)\s+(?:the\s+)?)?)?$",
    re.I,
)
_OWN_LEAD = re.compile(r"from|between", re.I)
_ONWARD = re.compile(r"\s+(?:onwards?|forward|on)\b", re.I)
_RELATIVE = re.compile(rf"\b(?:{_WORDS['relative']})\b|^\w+day$", re.I)
_OWNED = re.compile(r"(?:\b(?:the|an?|this|that|its|his|her|their|our)|['’]s?)\s+$", re.I)
_NAMED = re.compile(r"\b[A-Z]\w*\s+$")
_NOUN = re.compile(r"[\s-]+[a-z]", re.I)
_OF_SOMETHING = re.compile(r"\s+of\b|['’]s\s+[A-Z]", re.I)
_DESCRIBES = re.compile(
    rf"\b(?:(?:{_WORDS['described']}|(?-i:[A-Z][a-z]+))\s+(?:who|that|which|whom)|{_WORDS['describing']})\b[^,?\d]*$",
    re.I,
)
_KNOWN = re.compile(r"\b(?:known|know|believed|understood)\b[^,]*$", re.I)
# "What has happened since" asks for what was published since; "what happened after" for any later report.
PERFECT = re.compile(r"\b(?:has|have|['’]ve)\b", re.I)
_HAPPENING = re.compile(rf"\b(?:{_WORDS['happening']})\b", re.I)


def _is_time(question: str, day: Day) -> bool:
    """Whether an expression says when something was, and is not part of a name or of a noun phrase."""
    before, after = question[: day.start], question[day.end :]
    if _RELATIVE.search(day.text):
        if day.text.lower() in ("today", "tonight") and not _HAPPENING.search(question):
            return False
        return _OF_SOMETHING.match(after) is None
    if _LEAD.search(before) or _OWN_LEAD.match(day.text) or not before.strip() or before.rstrip()[-1] in ",(":
        return not (day.text.isdigit() and _OWNED.search(before) and _NOUN.match(after))
    if day.text.isdigit():
        return _NAMED.search(before) is None and not after.strip(" ?.!")
    return True


def _bounded(question: str, day: Day, today: dt.date, latest: bool) -> Timeframe | None:
    """The interval of one expression with the words before it."""
    before, after = question[: day.start], question[day.end :]
    found = _LEAD.search(before)
    lead = found.lastgroup if found and not ends(day) else None
    text = (found[0] if found and found["within"] not in ("and", "to") else "") + day.text
    if lead == "as_of" or (lead in ("within", "by") and _KNOWN.search(before) and day.until <= today):
        return Timeframe(text, until=day.until, latest=latest, on="published")
    if lead == "by" and day.until > today:
        return None
    if lead == "start" and not _ONWARD.match(after):
        return None
    plain = len(question.split()) <= _PLAIN_WORDS
    relative = plain and _RELATIVE.search(day.text) is not None and day.date <= today
    if lead in ("since", "after", "start"):
        since = day.until + dt.timedelta(days=1) if lead == "after" else day.date
        told_since = relative or PERFECT.search(question) is not None
        return Timeframe(text, since=since, latest=latest, on="published" if told_since else "mentioned")
    if lead in ("before", "until", "by"):
        until = day.date - dt.timedelta(days=1) if lead == "before" else day.until
        return Timeframe(text, until=until, latest=latest)
    return Timeframe(text, day.date, day.until, latest, "published" if relative else "mentioned")
