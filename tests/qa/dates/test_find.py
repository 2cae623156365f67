"""`find_days` against expressions written for the purpose, and its properties on any text."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.core.errors import DatelineError
from qa.core.types import Day
from qa.dates.find import find_days, numeric_order, parse_day, same_day

SUNDAY = dt.date(2024, 1, 21)


def days(text: str, anchor: dt.date | None = SUNDAY) -> list[tuple[str, str, str]]:
    return [(day.text, day.date.isoformat(), day.until.isoformat()) for day in find_days(text, anchor)]


def one(text: str, anchor: dt.date | None = SUNDAY) -> Day:
    (day,) = find_days(text, anchor)
    return day


_WORDS = st.sampled_from(
    "May march 21 21st July 2022 of , - – / . from to between and last next week ago Sun Sunday 年 月 日 "
    "1990s fiscal Q3 quarter third early \n İ 21/07/2022 de julio 31 February two winter early the".split(" ")
)


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join), st.lists(_WORDS).map("".join)))
def test_any_text_gives_sorted_separate_days_at_their_offsets(text: str) -> None:
    """Nothing crashes, and every day stands where it says, in order and apart from the next."""
    found = find_days(text, SUNDAY)
    assert all(text[day.start : day.end] == day.text and day.date <= day.until for day in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    find_days(text, None)


def test_the_seed_documents_days_are_resolved() -> None:
    text = (
        "Sun Jan 21 2024\n\nISLAMABAD: The fourth meeting was held on Sunday in Islamabad, co-chaired by Sun "
        "Weidong. The 3rd meeting was held virtually on 21 July 2022. Recalling the 2nd and the 3rd Forum in "
        "September 2022 and July 2023, they may march on."
    )
    assert days(text) == [
        ("Sun Jan 21 2024", "2024-01-21", "2024-01-21"),
        ("Sunday", "2024-01-21", "2024-01-21"),
        ("21 July 2022", "2022-07-21", "2022-07-21"),
        ("September 2022", "2022-09-01", "2022-09-30"),
        ("July 2023", "2023-07-01", "2023-07-31"),
    ]


def test_ambiguous_numbers_follow_the_texts_other_dates() -> None:
    assert one("03/04/2024").date == dt.date(2024, 4, 3)
    assert [day.date.month for day in find_days("03/04/2024, 04/25/2024", None)] == [3, 4]
    assert numeric_order("03/04/2024", "en-US") == (True, True)
    assert numeric_order("25/04/2024") == (False, False)


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2024-01-21", "2024-01-21", "2024-01-21"),
        ("January 2024", "2024-01-01", "2024-01-31"),
        ("yesterday", "2024-01-20", "2024-01-20"),
        (" last month ", "2023-12-01", "2023-12-31"),
        ("july", "2023-07-01", "2023-07-31"),
        ("2015", "2015-01-01", "2015-12-31"),
    ],
)
def test_a_reader_may_type_a_date_in_words(typed: str, since: str, until: str) -> None:
    day = parse_day(typed, SUNDAY)
    assert (day.date.isoformat(), day.until.isoformat()) == (since, until)


@pytest.mark.parametrize("typed", ["", "soon", "2024-13-45", "January 2024 and May 2024", "the 2024 report"])
def test_what_is_no_date_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(DatelineError, match="no date that Dateline understands"):
        parse_day(typed, SUNDAY)


@pytest.mark.parametrize(
    ("claim", "evidence", "entailed"),
    [
        ("July 2022", "21 July 2022", True),
        ("21 July 2022", "July 2022", False),
        ("July 21", "21 July 2022", True),
        ("July 22", "21 July 2022", False),
        ("2002", "from 2002 to 2004", True),
        ("2003", "from 2002 to 2004", False),
        ("January 2002", "from 2002 to 2004", False),
        ("4 May 2021", "from 3 to 5 May 2021", False),
        ("3 May 2021", "from 3 to 5 May 2021", True),
        ("21 January 2024", "on Sunday", True),
        ("2023", "last July", True),
        ("from 2002 to 2004", "from May 2002 to 2004", True),
        ("from 2002 to 2004", "in 2003", False),
    ],
)
def test_a_claims_day_needs_evidence_as_exact(claim: str, evidence: str, entailed: bool) -> None:
    assert same_day(one(claim), one(evidence)) is entailed


@pytest.mark.parametrize(
    "written", ["۲۱ جنوری ۲۰۲۴", "२१ जनवरी २०२४", "٢١ يناير ٢٠٢٤", "２０２４年１月２１日"]
)
def test_a_day_in_any_digits_is_that_day(written: str) -> None:
    text = f"({written})"
    (day,) = find_days(text, None)
    assert day.text == written == text[day.start : day.end]
    assert same_day(one("21 January 2024"), day)
    assert same_day(day, one("21 January 2024"))
