"""Rules for days that count from the day of writing: "on Sunday", "last July", "two weeks ago"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from qa.dates import intervals
from qa.dates.date_parts import (
    MONTH,
    SEASON,
    SPACE,
    STEP,
    WEEKDAY,
    DateMention,
    Scan,
    is_written,
    month_of,
    number_of,
    rules,
)
from qa.dates.explicit_dates import MONTH_RULES, NUMBER_RULES
from qa.dates.intervals import Interval
from qa.dates.words import ENGLISH_MONTHS, NUMBERS, SEASONS, WEEKDAYS
from qa.text.english import SAYING, patterns

_UNIT = r"(day|week|weekend|fortnight|month|quarter|year|decade)s?\b"
_COUNT = r"(\d{1,3}|" + "|".join(NUMBERS) + ")"

# Weekdays. Before a date it belongs to the date; alone it is the last such day, or the next one.

_WORDS = patterns(__name__)
_EVENT_DAYS = re.compile(rf"\b(?:{_WORDS['named_days']}){SPACE}$")
_DATED = re.compile(rf"[.,]?{SPACE}(?:the{SPACE})?(?=\d|{MONTH})")


def _weekday_date(match: re.Match[str], context: Scan) -> DateMention | None:
    begins = _DATED.match(context.low, match.end())
    if begins is None:
        return None
    for pattern, rule in NUMBER_RULES if context.low[begins.end()].isdigit() else MONTH_RULES:
        if rest := pattern.match(context.low, begins.end()):
            try:
                mention = rule(rest, context)
            except (ValueError, OverflowError):
                continue
            if mention is not None and mention.day is not None:
                return replace(mention, start=match.start())
    return None


_NAMED_AFTER = re.compile(rf"{SPACE}(?:[A-Z][a-z]+|[A-Z]{{2,}})")
_LEADS_IN = re.compile(rf"\b(?:on|since|until|till|by|from|before|after){SPACE}$")
_PAPERS = re.compile(rf"{SPACE}(?:{_WORDS['papers']})\b")


def _weekday(match: re.Match[str], context: Scan) -> DateMention | None:
    start, end = match.start(), match.end()
    if (
        context.anchor is None
        or context.text[start].islower()
        or _EVENT_DAYS.search(context.low, max(0, start - 8), start)
    ):
        return None
    led = _LEADS_IN.search(context.low, max(0, start - 8), start)
    if not match[1].endswith("day") and (led is None or not led[0].startswith("on")):
        return None
    if re.match(rf"{SPACE}(?:morning|afternoon|evening|night)s\b", context.low[end : end + 12]):
        return None
    if _NAMED_AFTER.match(context.text, end) and (led is None or _PAPERS.match(context.low, end)):
        return None  # The Friday Times, Monday Night Football; but "on Sunday Xi said".
    ahead = to_come(context.text, start, end)
    return DateMention(start, end, intervals.day(_nearest_weekday(context.anchor, match[1], ahead)))


def _nearest_weekday(anchor: dt.date, name: str, ahead: bool) -> dt.date:
    distance = (anchor.weekday() - WEEKDAYS.index(name[:3])) % 7
    return anchor + dt.timedelta(days=-distance % 7) if ahead else anchor - dt.timedelta(days=distance)


_TO_COME = re.compile(rf"\b(?:{_WORDS['to_come']})\b|\b(?:due on|until|till|by)\s+$")
_SAYING = "|".join(SAYING)
_SAID = re.compile(rf".*(?:\b(?:{_SAYING}|reported|according)\b|[.!?;,\n])")
_WILL_AFTER = re.compile(rf",?\s+(?:(?!{_SAYING}|reported|that)\w+\s+){{1,5}}will\b")


def to_come(text: str, start: int, end: int) -> bool:
    """Whether the clause around an expression speaks of the future: "will meet on Sunday".

    Only what stands after the last verb of saying counts: in "will visit, he said on Sunday" the
    Sunday is past.
    """
    clause = text[max(0, start - 90) : start].lower().replace("\n", ". ")
    if said := _SAID.match(clause):
        clause = clause[said.end() :]
    if _TO_COME.search(clause):
        return True
    opens = clause.strip() in ("", "on")
    return opens and _WILL_AFTER.match(text[end : end + 90].lower()) is not None


# Relative expressions.

_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


_SENTENCE_START = re.compile(r"(?:^|[.!?:\"“‘'\n]\s*)$")


def _near(match: re.Match[str], context: Scan) -> DateMention | None:
    if context.anchor is None:
        return None
    start, offset = match.start(), _NEAR[match[1]]
    if context.text[start].isupper() and not _SENTENCE_START.search(context.text, max(0, start - 4), start):
        return None  # USA Today.
    before = re.search(
        rf"\bthe{SPACE}day{SPACE}(before|after){SPACE}$", context.low[max(0, start - 20) : start]
    )
    if before:
        start = max(0, start - 20) + before.start()
        offset *= 2
    return DateMention(start, match.end(), intervals.day(context.anchor + dt.timedelta(days=offset)))


_THE = re.compile(rf"\bthe{SPACE}$")


def _step_unit(match: re.Match[str], context: Scan) -> DateMention | None:
    """ "last week", "the past two years", "earlier this month"."""
    if context.anchor is None:
        return None
    step, count, unit = STEP[match[1]], match[2], match[3]
    if count is None and match[1] != "past":
        if unit == "day" or (
            match[1] in ("next", "previous")
            and _THE.search(context.low, max(0, match.start() - 5), match.start())
        ):
            return None  # "the next year" counts from the time of the story, not from the day of writing.
        span = intervals.unit(context.anchor, unit, step)
        return _earlier(DateMention(match.start(), match.end(), span), context)
    far = intervals.moved(context.anchor, unit.replace("weekend", "week"), step * number_of(count or "one"))
    return DateMention(match.start(), match.end(), Interval(*sorted((far, context.anchor))))


def _earlier(mention: DateMention, context: Scan) -> DateMention:
    """ "earlier this year" ends with the day it was written, "later this year" begins after it."""
    before = re.search(rf"\b(earlier|later){SPACE}$", context.low[max(0, mention.start - 9) : mention.start])
    if before is None or mention.span is None or context.anchor is None:
        return mention
    start = max(0, mention.start - 9) + before.start()
    since, until = mention.span
    if before[1] == "earlier":
        return DateMention(start, mention.end, Interval(since, max(since, min(until, context.anchor))))
    return DateMention(start, mention.end, Interval(min(until, max(since, context.anchor)), until))


def _step_name(match: re.Match[str], context: Scan) -> DateMention | None:
    """ "last July", "next Sunday", "this summer"."""
    step, name = STEP[match[1]], match[2]
    if context.anchor is None or not is_written(match.start(2), name, context):
        return None
    if name in SEASONS:
        span = _stepped(lambda year: intervals.months(year, SEASONS[name], 3), step, context.anchor)
    elif re.fullmatch(WEEKDAY, name):
        span = intervals.day(_step_weekday(context.anchor, name, step))
    elif name[:3] in ENGLISH_MONTHS:
        span = _stepped(lambda year: intervals.month(year, month_of(name)), step, context.anchor)
    elif (name == "night") is not (step < 0):
        return None  # Only "last night" and "this morning" say which.
    else:
        span = intervals.day(context.anchor + dt.timedelta(days=step))
    return DateMention(match.start(), match.end(), span)


def _step_weekday(anchor: dt.date, name: str, step: int) -> dt.date:
    if step < 0:
        return _nearest_weekday(anchor - dt.timedelta(days=1), name, ahead=False)
    return _nearest_weekday(anchor + dt.timedelta(days=step), name, ahead=True)


def _stepped(of_year: Callable[[int], Interval], step: int, anchor: dt.date) -> Interval:
    """The last such span that is over, this year's, or the next that has not begun."""
    if step == 0:
        return of_year(anchor.year)
    if step < 0:
        return next(
            span for year in range(anchor.year, anchor.year - 3, -1) if (span := of_year(year)).until < anchor
        )
    return next(span for year in range(anchor.year, anchor.year + 3) if (span := of_year(year)).date > anchor)


_AGO = re.compile(
    rf"\b{_COUNT}(?:{SPACE}(?:couple{SPACE}of{SPACE})?|-)(day|week|fortnight|month|year|decade)s?{SPACE}$"
)


def _ago(match: re.Match[str], context: Scan) -> DateMention | None:
    before = _AGO.search(context.low, max(0, match.start() - 36), match.start())
    if context.anchor is None or before is None:
        return None
    count, unit = number_of(before[1]), before[2]
    if "couple" in before[0]:
        count = 2
    there = intervals.moved(context.anchor, unit, -count)
    around = "day" if unit in ("day", "fortnight") or (unit == "week" and count == 1) else unit
    return DateMention(
        before.start(), match.end(), intervals.unit(there, "day" if unit == "week" else around)
    )


WEEKDAY_RULES = rules((rf"({WEEKDAY})", _weekday_date), (rf"({WEEKDAY})", _weekday))
WORD_RULES = rules(
    (r"(yesterday|today|tonight|tomorrow)\b", _near),
    (rf"(last|past|this|current|previous|next|coming){SPACE}(?:{_COUNT}{SPACE})?{_UNIT}", _step_unit),
    (
        rf"(last|this|next|coming|previous){SPACE}({MONTH}|{WEEKDAY}|{SEASON}|night|morning|afternoon|evening)\b",
        _step_name,
    ),
    (r"ago\b", _ago),
)
