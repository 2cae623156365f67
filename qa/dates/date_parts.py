"""Parts that the rules for dates share: their result (`DateMention`) and the pieces of their patterns.

A rule is a pattern and a function. Where the pattern matches, the function gives the mention, or None if the
match is no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.dates import intervals
from qa.dates.intervals import Interval
from qa.dates.words import ENGLISH_MONTHS, NUMBERS, SEASONS
from qa.text.english import MONTHS, MONTHS_IN_SHORT, WEEKDAYS, WEEKDAYS_IN_SHORT


@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression at `text[start:end]`.

    `span` is set when its days are known already; otherwise `year`, `month`, `day` and `last` (the
    last day of a run within one month) hold what is written. `part` is "early", "mid" or "late".
    A mention that is not `firm` (a bare "May", a bare "1812") counts only beside another mention that
    completes it.
    """

    start: int
    end: int
    span: Interval | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    part: str | None = None
    firm: bool = True

    def in_year(self, year: int) -> Interval:
        """Its days in a given year. Raises ValueError where the calendar has no such day."""
        if self.month is None:
            return intervals.years(year)
        if self.day is None:
            return intervals.month(year, self.month)
        return Interval(dt.date(year, self.month, self.day), dt.date(year, self.month, self.last or self.day))


@dataclass(frozen=True, slots=True)
class Scan:
    """What a rule reads: the text, the text in lower case, and the day it was written."""

    text: str
    low: str
    anchor: dt.date | None
    month_first: bool


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Scan], DateMention | None]]


def rules(*pairs: tuple[str, Callable[[re.Match[str], Scan], DateMention | None]]) -> list[Rule]:
    """Rules from patterns (of lower-case text) and functions, the most specific first."""
    return [(re.compile(pattern), rule) for pattern, rule in pairs]


# White space inside a date, which may hold a line's end but no paragraph's. It is bounded, so that no text
# makes matching slow.
SPACE = r"(?:[^\S\n]{1,8}\n?[^\S\n]{0,8}|\n[^\S\n]{0,8})"
MONTH = rf"(?:{'|'.join(MONTHS + MONTHS_IN_SHORT)})\b"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS + WEEKDAYS_IN_SHORT)})\b"
SEASON = "(?:" + "|".join(SEASONS) + r")\b"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(1\d{3}|20\d\d|2100)(?![\da-z%])(?![.,]\d)"
YEAR_OR_SHORT = r"((?:1\d{3}|20\d\d|2100)(?![\d%])(?![.,]\d)|['’]\d\d(?!\d))"
STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


def checked(mention: DateMention) -> DateMention | None:
    """The mention, if the calendar has such a day (29 February does without a year)."""
    mention.in_year(mention.year or 2024)
    if mention.last is not None and mention.day is not None and mention.last < mention.day:
        return None
    return mention


def is_written(start: int, month: str, context: Scan) -> bool:
    """Whether a word is a month: "may" and "march" in lower case are verbs, other months are not."""
    return context.text[start].isupper() or month not in ("may", "march", "mar", "dec", "jan")


def days_of(first: str, run: str | None) -> tuple[int, int | None]:
    """The first and the last day of a run: "3rd" and "5", or "21" alone."""
    return _digits(first), _digits(run) if run else None


def _digits(ordinal: str) -> int:
    return int(ordinal.rstrip("stndrh"))


def number_of(word: str) -> int:
    """A count in figures or words."""
    return int(word) if word.isdigit() else NUMBERS[word]


def month_of(name: str) -> int:
    """The number of an English month, by its first letters."""
    return ENGLISH_MONTHS.index(name[:3]) + 1


def year_of(written: str) -> int:
    """Four digits, or two: '22 is 2022, '85 is 1985."""
    year = int(written.lstrip("'’"))
    return year if year > 99 else year + (2000 if year < 70 else 1900)
