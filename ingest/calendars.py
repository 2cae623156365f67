"""Rewrites dates of other calendars and in other numerals as Gregorian dates in plain digits.

gregorian("令和六年一月二十一日")  # 2024-01-21
gregorian("9 رجب 1445 هـ")  # 2024-01-21
gregorian("21 มกราคม 2567")  # 21 มกราคม 2024
"""

from __future__ import annotations

import re
import unicodedata

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
_NUMERALS = {"零": 0, "元": 1} | {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")}
_NUMBER = f"[\\d十{''.join(_NUMERALS)}]"
_CHINESE = re.compile(
    rf"({'|'.join(_ERAS)})?\s?({_NUMBER}{{1,4}})年\s?({_NUMBER}{{1,3}})月\s?({_NUMBER}{{1,3}})日"
)
# As Gregorian years these would be too old for a publication, and the Thai years too far ahead.
_YEAR = r"(?<!\d)1[34]\d\d(?!\d)"
_MOON_OR_SUN = re.compile(
    rf"(?P<day>\d{{1,2}})\s(?P<name>[^\W\d_]+(?:\s[^\W\d_]+)?)،?\s(?P<year>{_YEAR})(?:\s?(?:هـ|ه\b|ق\b|ش\b))?"
    rf"|(?P<year_first>{_YEAR})(?P<rest>[/.-]\d{{1,2}}[/.-]\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<day_first>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year_last>{_YEAR})(?:\s?هـ)?"
)
_THAI_YEAR = re.compile(r"(?:พ\.ศ\.\s?)?(?<!\d)(2[4-6]\d\d)(?!\d)")
_THAI_LEAD = re.compile(r"วัน[\u0e00-\u0e7f]*\s+(?=\d)")  # "Sunday the", "the day".
_THAI_AHEAD = 543
_PERSIAN = frozenset({"fa", "prs"})


def gregorian(text: str, language: str | None = None) -> str:
    """The text with such dates rewritten; other text is unchanged.

    Args:
        text: a date, or a short line with one.
        language: its language, to tell Persian years from Arabic ones if no month is named.
    """
    text = text if text.isascii() else "".join(map(_digit, text))
    if "年" in text:
        return _CHINESE.sub(_from_chinese, text)
    if re.search(_YEAR, text):
        return _MOON_OR_SUN.sub(lambda found: _from_hijri(found, language), text)
    if language == "th" or any("\u0e00" <= char <= "\u0e7f" for char in text):
        return _THAI_YEAR.sub(lambda found: str(int(found[1]) - _THAI_AHEAD), _THAI_LEAD.sub("", text))
    return text


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _from_chinese(found: re.Match[str]) -> str:
    year, month, day = (_number(found[at]) for at in (2, 3, 4))
    return f"{year + _ERAS.get(found[1], 0):04}-{month:02}-{day:02}"


def _number(written: str) -> int:
    """A number in digits, in numerals place by place (二〇二四), or with tens (二十一)."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.partition("十")
    if ten:
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int("".join(str(_NUMERALS.get(numeral, numeral)) for numeral in written))


def _from_hijri(found: re.Match[str], language: str | None) -> str:
    """The Gregorian form of a day in the Islamic or the Iranian calendar."""
    from dateparser.calendars.hijri import HijriCalendar
    from dateparser.calendars.jalali import JalaliCalendar

    if found["name"]:
        written = f"{found['day']} {found['name']} {found['year']}"
    elif found["rest"]:
        written = found["year_first"] + found["rest"]
    else:
        written = f"{found['year_last']}/{found['month']}/{found['day_first']}"
    calendars = [HijriCalendar, JalaliCalendar]
    for calendar in reversed(calendars) if language in _PERSIAN else calendars:
        read = calendar(written).get_date()
        if read is not None and {"year", "month", "day"} <= set(read.parts):
            return f"{read.date_obj:%Y-%m-%d}"
    return found[0]
