"""Rules for periods: quarters, halves, seasons, decades, centuries, fiscal years."""

from __future__ import annotations

import datetime as dt
import re

from qa.dates import intervals
from qa.dates.date_parts import SEASON, SPACE, STEP, YEAR, DateMention, Scan, rules, year_of
from qa.dates.intervals import Interval
from qa.dates.words import ORDINALS, SEASONS

_ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})(?:{SPACE}|-)$")


def _quarter(match: re.Match[str], context: Scan) -> DateMention | None:
    before = _ORDINAL.search(context.low, max(0, match.start() - 8), match.start())
    year = year_of(match[2]) if match[2] else _stepped_year(match[3], context.anchor)
    if before is None or year is None:
        return None
    return DateMention(before.start(), match.end(), _fraction(match[1], ORDINALS[before[1]], year))


def _short_quarter(match: re.Match[str], context: Scan) -> DateMention | None:
    kind = "quarter" if match[1] == "q" else "half"
    return DateMention(match.start(), match.end(), _fraction(kind, int(match[2]), int(match[3])))


def _year_quarter(match: re.Match[str], context: Scan) -> DateMention | None:
    return DateMention(match.start(), match.end(), _fraction("quarter", int(match[2]), int(match[1])))


def _fraction(kind: str, number: int, year: int) -> Interval | None:
    length = 3 if kind == "quarter" else 6
    return intervals.months(year, (number - 1) * length + 1, length) if number * length <= 12 else None


def _stepped_year(step: str | None, anchor: dt.date | None) -> int | None:
    return None if step is None or anchor is None else anchor.year + STEP[step]


def _season(match: re.Match[str], context: Scan) -> DateMention | None:
    return DateMention(match.start(), match.end(), intervals.months(int(match[2]), SEASONS[match[1]], 3))


def _decade(match: re.Match[str], context: Scan) -> DateMention | None:
    return DateMention(match.start(), match.end(), intervals.years(int(match[1]), 10))


def _century(match: re.Match[str], context: Scan) -> DateMention | None:
    return DateMention(match.start(), match.end(), intervals.years((int(match[1]) - 1) * 100 + 1, 100))


def _fiscal(match: re.Match[str], context: Scan) -> DateMention | None:
    """A fiscal year from July to June, as in Pakistan, Bangladesh and Australia: 2020 ends in June 2020."""
    last = year_of(match[1]) + (1 if match[2] else 0)
    return DateMention(match.start(), match.end(), intervals.months(last - 1, 7, 12))


_OF_YEAR = (
    rf"(?:(?:{SPACE}of)?(?:{SPACE}the{SPACE}(?:fiscal|financial){SPACE}year)?,?{SPACE}{YEAR}|"
    rf"{SPACE}of{SPACE}(last|this|next){SPACE}year\b)"
)

NUMBER_RULES = rules(
    (r"([12]\d{3})[ -]?q([1-4])\b", _year_quarter),
    (r"([12]\d\d0)['’]?s\b", _decade),
    (rf"(1?\d|2[01])(?:st|nd|rd|th)(?:{SPACE}|-)century\b", _century),
)
SEASON_RULES = rules((rf"({SEASON})(?:{SPACE}of)?,?{SPACE}{YEAR}", _season))
WORD_RULES = rules(
    (rf"(quarter|half){_OF_YEAR}", _quarter),
    (rf"([qh])([1-4])(?:{SPACE}of)?(?:,?{SPACE}|-|/)?{YEAR}", _short_quarter),
    (
        rf"(?:fy|(?:fiscal|financial)(?:{SPACE}years?)?)(?:{SPACE}|-)?([12]\d{{3}}|\d\d)"
        r"(?:\s?[-–/]\s?(\d{4}|\d\d))?(?!\d)",
        _fiscal,
    ),
)
