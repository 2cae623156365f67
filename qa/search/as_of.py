"""Questions as of an earlier day: "what was known on 30 June 2017", "as of March 2021".

Such words do not say what is asked, but as of when. The question is searched for without them, among what was
published by that day, and "last year" counts from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.core.types import Day, Filters, Timeframe, Turn
from qa.dates.find import find_days
from qa.text.stems import content

_LEAD = re.compile(
    r"(?:^|(?<=[\s,(]))(?:(?P<as_of>as (?:of|at))|(?P<in>in)|on|by|until|up to)\s+(?:the\s+)?"
    r"(?:(?:end|start|beginning|middle|month)\s+of\s+(?:the\s+)?)?$",
    re.I,
)
# "Known as the M-5 in 2019" and "known for his speech in 2019" say something else.
_WAS_KNOWN = re.compile(
    r"\b(?:what|how|which|who|anything|much|little)\b[^?]*?\b(?:was|were|had|did)\b[^?]*?"
    r"\b(?:know|known|believed?|understood)\b(?!\s+(?:as|for|to)\b)",
    re.I,
)
# No document has the word "known"; without the day, the question is what is said.
_OF_WHAT = re.compile(
    r"^what (?:(?:was|were|had been) (?:publicly |already )?(?:known|believed|understood)"
    r"|did (?:we|one|they|people) (?:know|believe|understand)) (about|of)\b",
    re.I,
)
_BRACKETS = re.compile(r"\(\s*\)")
_NOTHING_LEFT = frozenset(content("what was known, believed and understood then"))


@dataclass(frozen=True, slots=True)
class AsOf:
    """The words that name the day, and that day: the last on which a document may be published."""

    text: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Understood:
    """A question without the words that name the day, the filters, and the day that it is asked on."""

    question: str
    filters: Filters
    today: dt.date
    as_of: AsOf | None = None

    @property
    def timeframe(self) -> Timeframe | None:
        """The time that the words name."""
        return Timeframe(self.as_of.text, until=self.as_of.day, on="published") if self.as_of else None

    def in_full(self, standalone: str) -> str:
        """A question as it was understood, with its day."""
        if self.as_of is None:
            return standalone
        return f"{standalone.rstrip(' ?.!')} (as of {self.as_of.day:%-d %B %Y})?"


def understood(question: str, history: Sequence[Turn], filters: Filters, today: dt.date) -> Understood:
    """The question to ask. "And as of June 2017?" asks the reader's last question again.

    Args:
        question: as the reader asked it.
        history: the turns before it.
        filters: what may be searched.
        today: the day on which it is asked.
    """
    as_of = find_as_of(question, today)
    if as_of is None:
        return Understood(question, filters, today)
    asked = without(question, as_of)
    before = [turn.content for turn in history if turn.role == "user"]
    if not content(asked) - _NOTHING_LEFT and before:
        asked = before[-1]
        earlier = find_as_of(asked, today)
        asked = without(asked, earlier) if earlier else asked
    until = min(filter(None, (filters.until, as_of.day)))
    return Understood(asked, replace(filters, until=until), as_of.day, as_of)


def find_as_of(question: str, today: dt.date) -> AsOf | None:
    """The day as of which a question is asked; None if it names none."""
    for day in find_days(question, today):
        lead = _LEAD.search(question[: day.start])
        if lead is None or day.until >= today:
            continue
        if lead["as_of"] or _asks_what_was_known(question, lead, day):
            return AsOf(question[lead.start() : day.end], day.until)
    return None


def without(question: str, as_of: AsOf) -> str:
    """The question without the words that name the day, in the present tense."""
    before, _, after = question.partition(as_of.text)
    rest = _BRACKETS.sub("", f"{before.rstrip(' ,')} {after.lstrip(' ,')}")
    rest = _OF_WHAT.sub(r"What is said \1", re.sub(r"\s+(?=[?.!,])", "", rest).strip())
    return rest[:1].upper() + rest[1:]


def _asks_what_was_known(question: str, lead: re.Match[str], day: Day) -> bool:
    """Whether a question asks what was known on a day: "on 30 June 2017, what was known"."""
    before = question[: lead.start()]
    if not before.strip():
        return _WAS_KNOWN.search(question[day.end :]) is not None
    known = _WAS_KNOWN.search(before)
    # "What was known of the fire in 2017" may tell when the fire was.
    return known is not None and (not lead["in"] or not before[known.end() :].strip())
