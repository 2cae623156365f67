"""Arithmetic on spans of days."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from qa.dates import intervals
from qa.dates.intervals import Interval

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2100, 12, 31))
UNITS = st.sampled_from(["day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade"])


@given(DAYS, UNITS, st.integers(-50, 50))
def test_units_follow_one_another_without_a_gap(date: dt.date, name: str, offset: int) -> None:
    """The unit after ends later, and (but for weekends) begins where the one before ends."""
    here, after = intervals.unit(date, name, offset), intervals.unit(date, name, offset + 1)
    gap = (after.date - here.until).days
    assert gap == (6 if name == "weekend" else 1)


@given(DAYS, st.integers(8, 400), st.sampled_from(["early", "mid", "late"]))
def test_a_part_lies_in_its_whole(date: dt.date, days: int, which: str) -> None:
    whole = Interval(date, date + dt.timedelta(days=days - 1))
    assert whole.holds(intervals.part(whole, which))


def test_months_run_over_the_year() -> None:
    assert intervals.month(2023, 14) == Interval(dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert intervals.moved(dt.date(2024, 3, 31), "month", -1) == dt.date(2024, 2, 29)
    assert intervals.moved(dt.date(2024, 2, 29), "year", -1) == dt.date(2023, 2, 28)
