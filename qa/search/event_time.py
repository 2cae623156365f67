"""Intervals that depend on an event: "since the third meeting", "before Xi's visit".

The library tells when the event was: a sentence in its best passages that names the event and a day. If they
name different days, or none, there is no interval; no interval is better than a wrong one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from qa.core.types import Day, Hit, Timeframe
from qa.dates.find import find_days
from qa.dates.intervals import Interval
from qa.dates.words import ORDINAL_NAMES
from qa.search import timeframe
from qa.text.english import patterns
from qa.text.sentences import spans

Search = Callable[[str], Sequence[Hit]]

# The share of the passages' weight that a day must have to count.
_AGREED = 0.7
_READ_HITS = 8
# An event lasts a month at most; "2022" or "the summer" is not its date.
_EVENT_DAYS = 31

_NOUNS = "|".join(files("qa.search").joinpath("event_nouns.txt").read_text(encoding="utf-8").split())
_EVENT = re.compile(
    r"\b(?P<lead>since|after|following|before|prior to|until|ahead of|during)\s+"
    rf"(?P<core>(?!an?\s)(?:[\w'’.-]+\s+){{1,6}}?(?:{_NOUNS})\b)"
    r"(?:\s+(?:of|in|on|to|with|between|at)\s+(?P<of>(?:the\s+)?(?-i:[A-Z][\w'’.-]*\s*)+))?",
    re.I,
)
_EMPTY = frozenset(patterns(__name__)["small"].split("|"))
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Event:
    """An event, as stems: a sentence must have `core` together, its article must have `of`."""

    core: frozenset[str]
    of: frozenset[str]


def resolve(question: str, today: dt.date, search: Search) -> Timeframe | None:
    """The interval of a question, by its words or by the event that it names.

    Args:
        question: as the reader asked it, standing alone.
        today: the day that "last month" is counted from.
        search: finds passages by words, the best first; asked only when an event is named.
    """
    read = timeframe.find_timeframe(question, today)
    found = _EVENT.search(question)
    if found is None or (read is not None and (read.since or read.until)):
        return read
    event = _Event(_names(found["core"]), _names(found["of"] or ""))
    if len(event.core) < 2:  # "The meeting" may be any meeting.
        return read
    when = _when(event, search(f"{found['core']} {found['of'] or ''} {question}"))
    return _bounded(found, when, read is not None) if when else read


def _bounded(found: re.Match[str], when: Interval, latest: bool) -> Timeframe:
    lead, text = found["lead"].lower(), found[0].strip()
    if lead in ("since", "after", "following"):
        told_since = lead == "since" or timeframe.PERFECT.search(found.string) is not None
        return Timeframe(text, since=when.date, latest=latest, on="published" if told_since else "mentioned")
    if lead == "during":
        return Timeframe(text, when.date, when.until, latest)
    return Timeframe(text, until=when.date - dt.timedelta(days=1), latest=latest)


def _stems(text: str) -> list[str]:
    """The words' first letters, ordinals as figures, small words as "": "visit" matches "visited"."""
    words = (word.lower() for word in _WORD.findall(re.sub(r"['’]s\b", "", text)))
    return ["" if word in _EMPTY else ORDINAL_NAMES.get(word, word[:5]) for word in words]


def _names(text: str) -> frozenset[str]:
    return frozenset(_stems(text)) - {""}


def _when(event: _Event, hits: Sequence[Hit]) -> Interval | None:
    """The day that the passages agree on."""
    weights: dict[Interval, float] = defaultdict(float)
    for hit in hits[:_READ_HITS]:
        if event.of <= _names(f"{hit.article.title} {hit.article.body}"):
            for when in _days(event.core, hit):
                weights[when] += hit.score
    if not weights:
        return None
    best = max(weights, key=lambda when: (weights[when], -when.days))
    agreed = sum(weight for when, weight in weights.items() if best.holds(when) or when.holds(best))
    return best if agreed >= _AGREED * sum(weights.values()) else None


def _days(core: frozenset[str], hit: Hit) -> Iterator[Interval]:
    """When the event was, by each sentence of a passage that names it."""
    for start, end in spans(hit.passage.text):
        sentence = hit.passage.text[start:end]
        days = [day for day in find_days(sentence, hit.article.published) if _short(day)]
        if days and _named(core, _stems(sentence)):
            nearest = min(days, key=lambda day: _distance(core, sentence, day))
            yield Interval(nearest.date, nearest.until)


def _named(core: frozenset[str], stems: Sequence[str]) -> bool:
    """Whether the event's words stand together; an ordinal must belong to one of the others.

    "Exports rose by a third in July, he said after a meeting" does not name the third meeting.
    """
    if not core <= set(stems):
        return False
    reach = 2 * len(core) + 6
    if not any(core <= set(stems[at : at + reach]) for at in range(len(stems))):
        return False
    return all(_counts(ordinal, core, stems) for ordinal in core if ordinal.isdigit())


def _counts(ordinal: str, core: frozenset[str], stems: Sequence[str]) -> bool:
    for at, stem in enumerate(stems):
        if stem == ordinal:
            after = next((next_ for next_ in stems[at + 1 :] if next_ in core or not next_), "")
            if after:
                return True
    return False


def _short(day: Day) -> bool:
    return (day.until - day.date).days < _EVENT_DAYS


def _distance(core: frozenset[str], sentence: str, day: Day) -> int:
    """How many characters are between a day and the nearest word of the event."""
    ends = [word.end() for word in _WORD.finditer(sentence) if _names(word[0]) & core]
    return min(abs(day.start - end) for end in ends)
