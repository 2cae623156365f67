"""Arithmetic on spans of days, both ends inclusive."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple


class Interval(NamedTuple):
    """A span of days; `date == until` for a single day."""

    date: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        """Its length in days, at least 1."""
        return (self.until - self.date).days + 1

    def holds(self, other: Interval) -> bool:
        """Whether the other lies wholly within this one."""
        return self.date <= other.date and other.until <= self.until


def day(date: dt.date) -> Interval:
    """A single day."""
    return Interval(date, date)


def month(year: int, number: int) -> Interval:
    """A month; `number` may run past 12 or below 1, into the years beside."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Interval(dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> Interval:
    """Months in a row: a quarter, a half, a season, a fiscal year."""
    return Interval(month(year, first).date, month(year, first + count - 1).until)


def years(first: int, count: int = 1) -> Interval:
    """Calendar years in a row."""
    return Interval(dt.date(first, 1, 1), dt.date(first + count - 1, 12, 31))


def week(date: dt.date) -> Interval:
    """The week, Monday to Sunday, that a day lies in."""
    monday = date - dt.timedelta(days=date.weekday())
    return Interval(monday, monday + dt.timedelta(days=6))


def unit(date: dt.date, name: str, offset: int = 0) -> Interval:
    """The day, week, month, quarter, year or decade of a day, `offset` units later."""
    if name == "fortnight":
        start = week(date).date + dt.timedelta(weeks=2 * offset)
        return Interval(start, start + dt.timedelta(days=13))
    if name == "weekend":
        saturday = week(date).date + dt.timedelta(days=5, weeks=offset)
        return Interval(saturday, saturday + dt.timedelta(days=1))
    if name == "day":
        return day(date + dt.timedelta(days=offset))
    if name == "week":
        return week(date + dt.timedelta(weeks=offset))
    if name == "month":
        return month(date.year, date.month + offset)
    if name == "quarter":
        return months(date.year, (date.month - 1) // 3 * 3 + 1 + 3 * offset, 3)
    if name == "decade":
        return years(date.year // 10 * 10 + 10 * offset, 10)
    return years(date.year + offset)


def moved(date: dt.date, name: str, count: int) -> dt.date:
    """A day `count` units later, or earlier if negative; at the month's end if the month is too short."""
    if name in ("day", "week", "fortnight"):
        return date + dt.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[name])
    target = month(date.year, date.month + count * {"month": 1, "quarter": 3, "decade": 120}.get(name, 12))
    return min(target.until, target.date + dt.timedelta(days=date.day - 1))


def part(whole: Interval, which: str) -> Interval:
    """The early, middle or late third of a span."""
    third = whole.days / 3
    number = {"early": 0, "mid": 1, "late": 2}[which]
    start = whole.date + dt.timedelta(days=round(third * number))
    return Interval(start, whole.date + dt.timedelta(days=round(third * (number + 1)) - 1))
