"""Date lines of other calendars and in other numerals."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.calendars import gregorian
from ingest.plain import date_in_line
from ingest.published import parse_date

DAY = date(2024, 1, 21)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("21 มกราคม 2567", "th"),
        ("๒๑ มกราคม ๒๕๖๗", "th"),
        ("21 ม.ค. 2567", "th"),
        ("วันอาทิตย์ที่ 21 มกราคม พ.ศ. 2567", "th"),
        ("21/1/2567", "th"),
        ("9 رجب 1445 هـ", "ar"),
        ("٩ رجب ١٤٤٥هـ", "ar"),
        ("الأحد 9 رجب 1445", "ar"),
        ("1445/7/9", "ar"),
        ("9-7-1445", "ar"),
        ("۱ بهمن ۱۴۰۲", "fa"),
        ("۱۴۰۲/۱۱/۰۱", "fa"),
        ("1 Bahman 1402", None),
        ("令和6年1月21日", "ja"),
        ("令和六年一月二十一日", "ja"),
        ("二〇二四年一月二十一日", "zh"),
        ("二零二四年一月二十一日", "zh"),
        ("民國113年1月21日", "zh"),
        ("2024年1月21日", "ja"),
        ("২১ জানুয়ারি ২০২৪", "bn"),
    ],
)
def test_a_date_line_of_any_calendar_is_read(written, language):
    published = parse_date(written, "text", language=language)
    assert published is not None
    assert (published.day, published.precision) == (DAY, "day")


@pytest.mark.parametrize(
    "line", ["バンコク | 令和六年一月二十一日", "21 มกราคม 2567", "9 رجب 1445 هـ", "۱ بهمن ۱۴۰۲"]
)
def test_a_copied_text_may_have_such_a_date_line(line):
    assert date_in_line(line) in line


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("平成元年5月1日", "1989-05-01"),
        ("昭和六十四年一月七日", "1989-01-07"),
        ("二〇二三年十月十日", "2023-10-10"),
        ("29 กุมภาพันธ์ 2567", "29 กุมภาพันธ์ 2024"),
        ("1 محرم 1446", "2024-07-07"),
    ],
)
def test_an_era_a_ten_and_a_leap_day_are_counted_right(written, iso):
    assert gregorian(written) == iso


@pytest.mark.parametrize(
    "written",
    ["21 January 2024", "The 1450 men of 1402 Brigade", "第二年", "1402 Main Street", "2567 tonnes"],
)
def test_what_is_no_such_date_stays_as_it_is(written):
    assert gregorian(written) == written


def test_a_page_shows_the_day_of_its_own_calendar(take):
    body = "".join(f"<p>{'港では三隻の船が同時に停泊できると発表された。' * 6}</p>" for _ in range(3))
    head = "<h1>港の岸壁が再建</h1><p>令和6年1月21日</p>"
    article = take(
        "page.html", f"<html lang='ja'><body><article>{head}{body}</article></body></html>"
    ).article
    assert (article.published, article.published_from) == (DAY, "page")
