"""Rules for what begins with a number or a month: "21 July 2022", "2022-07-21", "in 2015"."""

from __future__ import annotations

import re

from qa.dates import intervals
from qa.dates.date_parts import (
    DAY,
    MONTH,
    SPACE,
    YEAR,
    YEAR_OR_SHORT,
    DateMention,
    Scan,
    checked,
    days_of,
    is_written,
    month_of,
    rules,
    year_of,
)
from qa.dates.periods import NUMBER_RULES as PERIOD_RULES
from qa.dates.words import FOREIGN_MONTHS
from qa.text.english import patterns

_HYPHENED = re.compile(r"(?:^|[^\W\d_])(?<!\bmid)(?<!\bearly)(?<!\blate)(?<!\bpre)(?<!\bpost)-$")
_WORDS = patterns(__name__)
_YEAR_LEAD = re.compile(rf"(?:\b(?:{_WORDS['year_leads']})(?:\s+the)?(?:\s+years?)?[\s-]+|[(\[–—/;-]\s*)$")
COUNTED = re.compile(
    rf"[\s-]+(?:(?:{_WORDS['counted']})\b|kilomet|met(?:re|er)|mega|giga)|-(?!(?:1\d{{3}}|20\d\d)\b)\d{{3,}}"
)
_NUMBERED = re.compile(rf"\b(?:{_WORDS['numbering']})\.?[\s$]+$")


def _ymd(match: re.Match[str], context: Scan) -> DateMention | None:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    return checked(DateMention(match.start(), match.end(), year=year, month=month, day=day))


def _numeric(match: re.Match[str], context: Scan) -> DateMention | None:
    first, second, year = int(match[1]), int(match[3]), year_of(match[4])
    month_first = second > 12 or (context.month_first and first <= 12)
    day, month = (second, first) if month_first else (first, second)
    return checked(DateMention(match.start(), match.end(), year=year, month=month, day=day))


def _cjk(match: re.Match[str], context: Scan) -> DateMention | None:
    year, month, day = (int(part) if part else None for part in match.groups())
    return checked(DateMention(match.start(), match.end(), year=year, month=month, day=day))


def _year_month(match: re.Match[str], context: Scan) -> DateMention | None:
    """2019-20 is a span of years, 2022-07 a month."""
    year, tail = int(match[1]), int(match[2])
    if tail == (year + 1) % 100 or (tail > 12 and tail > year % 100):
        until = year - year % 100 + tail + (100 if tail < year % 100 else 0)
        return DateMention(match.start(), match.end(), intervals.years(year, until - year + 1))
    if 1 <= tail <= 12 and 1900 <= year <= 2099:
        return DateMention(match.start(), match.end(), year=year, month=tail)
    return None


def _day_month(match: re.Match[str], context: Scan) -> DateMention | None:
    days, year = days_of(match[1], match[2]), year_of(match[4]) if match[4] else None
    if year is None and not is_written(match.start(3), match[3], context):
        return None
    return checked(
        DateMention(
            match.start(), match.end(), year=year, month=month_of(match[3]), day=days[0], last=days[1]
        )
    )


def _foreign(match: re.Match[str], context: Scan) -> DateMention | None:
    month = FOREIGN_MONTHS.get(match[2]) or FOREIGN_MONTHS.get(match[2].strip(".،,"))
    if month is None:
        return None
    return checked(
        DateMention(match.start(), match.end(), year=int(match[3]), month=month, day=int(match[1]))
    )


_FOREIGN_MONTH = re.compile(r"([^\s\d.,;()]{3,12})[.,،]?\s+(?:del?\s+|ء\s*)?$")


def _year_alone(match: re.Match[str], context: Scan) -> DateMention | None:
    start, year = match.start(), int(match[1])
    if month := _FOREIGN_MONTH.search(context.low, max(0, start - 20), start):
        number = FOREIGN_MONTHS.get(month[1])
        if number is not None:
            return DateMention(month.start(1), match.end(), year=year, month=number)
    before = max(0, start - 9)
    if _HYPHENED.search(context.low, before, start) or _NUMBERED.search(context.low, before, start):
        return None  # Report R-2626, room 1984.
    if COUNTED.match(context.low, match.end()):
        return None
    led = _YEAR_LEAD.search(context.low, max(0, start - 24), start) is not None
    return DateMention(start, match.end(), year=year, firm=led or (1900 <= year <= 2099 and year != 2000))


_ANCIENT_LEAD = re.compile(r"\b(?:in|ad)\s$")


def _ancient(match: re.Match[str], context: Scan) -> DateMention | None:
    """A year of three digits needs "in" or "AD" before it and nothing that it could count after it."""
    if _ANCIENT_LEAD.search(context.low, max(0, match.start() - 4), match.start()) is None:
        return None
    return DateMention(match.start(), match.end(1), year=int(match[1]))


def _month_day(match: re.Match[str], context: Scan) -> DateMention | None:
    days, year = days_of(match[2], match[3]), year_of(match[4]) if match[4] else None
    sure = is_written(match.start(), match[1], context) and not COUNTED.match(context.low, match.end())
    if year is None and not sure:
        return None
    return checked(
        DateMention(
            match.start(), match.end(), year=year, month=month_of(match[1]), day=days[0], last=days[1]
        )
    )


def _month_year(match: re.Match[str], context: Scan) -> DateMention | None:
    if COUNTED.match(context.low, match.end()):
        return None
    return DateMention(match.start(), match.end(), year=year_of(match[2]), month=month_of(match[1]))


_MONTH_LEAD = re.compile(
    rf"\b(?:{_WORDS['month_leads']}|(?:{_WORDS['month_parts']}){SPACE}of|of{SPACE}last)"
    rf"(?:{SPACE}|-)(?:the{SPACE})?$"
)


def _month_alone(match: re.Match[str], context: Scan) -> DateMention | None:
    led = _MONTH_LEAD.search(context.low, max(0, match.start() - 16), match.start())
    possessive = context.low.startswith(("'s", "’s"), match.end()) and match[1] in ("may", "mar", "jan")
    firm = led is not None and (len(match[1]) > 3 or match[1] == "may") and not possessive
    written = is_written(match.start(), match[1], context) or (led is not None and led[0].startswith("in"))
    return DateMention(match.start(), match.end(), month=month_of(match[1]), firm=firm) if written else None


# A day is not the beginning of a number; "3, 4 and 5 May" is a run of them.
_END = r"(?!\d|[.,:]\d)"
_RUN = (
    rf"(?:{SPACE}?(?:,|-|–|—|/|&|\bto\b|\band\b|\buntil\b|\bthrough\b){SPACE}?(?:the{SPACE})?(?:and{SPACE})?"
    rf"({DAY}){_END})"
)

NUMBER_RULES = [
    *rules(
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", _ymd),
        (r"(\d{4})( - )(\d{2}) - (\d{2})(?!\d)", _ymd),
        (r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?)?", _cjk),
        (r"()(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]", _cjk),
        (r"(\d{1,2})(/)(\d{1,2})/(\d{4}|\d\d)(?![\d/])", _numeric),
        (r"(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?![\da-z-])", _numeric),
        (
            rf"({DAY}){_END}{_RUN}{{0,4}}(?:{SPACE}day)?(?:{SPACE}of)?(?:{SPACE}|-|(?<=[a-z])\.?)({MONTH})"
            rf"(?:\.?,?(?:{SPACE}of)?(?:{SPACE}|-){YEAR_OR_SHORT})?",
            _day_month,
        ),
        (
            r"(\d{1,2})(?:\.|er|º|ª|°)?(?:\s+|-)(?:de\s+|d['’])?"
            r"([^\s\d,;()]{2,12})[,،]?(?:\s+del?)?(?:\s+|-)(\d{4})(?!\d)",
            _foreign,
        ),
        (r"([12]\d{3})\s?[-–—/]\s?(\d\d)(?![\d-])", _year_month),
    ),
    *PERIOD_RULES,
    *rules(
        (YEAR, _year_alone),
        (r"([1-9]\d\d)(?=\s?(?:[,;?)]|\.?\s*$|ad\b|ce\b))", _ancient),
    ),
]

MONTH_RULES = rules(
    (
        rf"({MONTH})\.?{SPACE}?(?:the{SPACE})?({DAY}){_END}{_RUN}{{0,4}}"
        rf"(?:(?:{SPACE}?,?(?:{SPACE}of)?{SPACE}|,){YEAR_OR_SHORT})?",
        _month_day,
    ),
    (rf"({MONTH})\.?(?:,|{SPACE}of)?(?:{SPACE}|-){YEAR_OR_SHORT}", _month_year),
    (rf"({MONTH})", _month_alone),
)
