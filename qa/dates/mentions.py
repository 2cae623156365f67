"""Finds what looks like a day, a month or a year in a text, one expression at a time.

One pattern finds the places where an expression can begin (a digit, a month, a weekday, a word such as
"last"). There the rules are tried, the most specific first. A rule gives a `DateMention`: a span of days, or
year, month and day as far as they are written. `qa.dates.find` completes and joins mentions ("from April to
November 1985").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from qa.dates import explicit_dates, periods, relative_dates
from qa.dates.date_parts import MONTH, SEASON, SPACE, WEEKDAY, DateMention, Scan
from qa.text.english import patterns
from qa.text.terms import plain_digits

_RULES = {
    "number": explicit_dates.NUMBER_RULES,
    "month": explicit_dates.MONTH_RULES,
    "weekday": relative_dates.WEEKDAY_RULES,
    "season": periods.SEASON_RULES,
    "word": relative_dates.WORD_RULES + periods.WORD_RULES,
}
_GATE = re.compile(
    r"(?<![a-z0-9_$€£¥#])(?:"
    r"(?P<number>(?<!\d[.,:/])\d)|"
    rf"(?P<month>{MONTH})|"
    rf"(?P<weekday>{WEEKDAY})|"
    rf"(?P<season>{SEASON})|"
    rf"(?P<word>{patterns(__name__)['words']})"
    r")"
)
_BEFORE = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid"}
_PART = re.compile(
    rf"\b(?:(early|mid|late)(?:-|{SPACE})?(?:(?:in|part{SPACE}of){SPACE})?|(middle|beginning|start|end|close){SPACE}of{SPACE})"
    rf"(?:the{SPACE})?$"
)


def scan(text: str, anchor: dt.date | None, *, month_first: bool = False) -> Iterator[DateMention]:
    """The mentions of a text in order, never overlapping.

    Args:
        text: any text.
        anchor: the day that relative expressions are read from; without one they are left out.
        month_first: read 03/04/2024 as March 4.
    """
    text = plain_digits(text)
    low = text.lower()
    if len(low) != len(text):  # A few letters ("İ") grow in lower case and would shift the offsets.
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    context = Scan(text, low, anchor, month_first)
    taken = at = 0
    while found := _GATE.search(low, at):
        mention = _read(found, context, taken)
        if mention is None:
            at = found.end()
            continue
        yield mention
        at = taken = mention.end


def _read(found: re.Match[str], context: Scan, taken: int) -> DateMention | None:
    assert found.lastgroup is not None
    for pattern, rule in _RULES[found.lastgroup]:
        if match := pattern.match(context.low, found.start()):
            try:
                mention = rule(match, context)
            except (ValueError, OverflowError):  # No such day: 31 June, 9,000 years ago.
                continue
            if mention is not None and mention.start >= taken:
                return _parted(mention, context, taken)
    return None


def _parted(mention: DateMention, context: Scan, taken: int) -> DateMention:
    """The mention with the "early", "mid" or "late" before it."""
    before = _PART.search(context.low, max(taken, mention.start - 20), mention.start)
    if before is None or mention.day is not None:
        return mention
    which = _BEFORE.get(before[1] or before[2], "late")
    return replace(mention, start=before.start(), part=which, firm=True)
