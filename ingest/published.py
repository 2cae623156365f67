"""When a document was published, how precisely, and where that was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from ingest.calendars import gregorian
from qa.core.types import Precision, PublishedFrom

_ISO = re.compile(r"^\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?=$|[T\s])(T?\s*\d{1,2}:\d{2})?")
_COMPACT = re.compile(r"^\d{8}$|^\d{14}$")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")
_YEAR_FIRST = re.compile(r"^\s*(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\s*[ap]\.?m\.?\b", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
# The "3" of "/2023/10/3-questions" is not a day.
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?:[/-]([12]\d|3[01]|0[1-9]|[1-9](?=[/?#]|$)))?(?=[/?#-]|$)"
)
_EARLIEST = date(1600, 1, 1)
_MONTH_FIRST = frozenset({"en-us", "us"})


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date; `inferred` if its numbers can be read in two ways."""

    day: date
    precision: Precision
    found: PublishedFrom
    inferred: bool = False


def parse_date(
    value: str, found: PublishedFrom, *, language: str | None = None, month_first: bool | None = None
) -> Published | None:
    """The date in a value of metadata or a date line; None if it is none.

    Args:
        value: the date as written.
        found: where the value was found.
        language: the document's language, for the names of months and the order of numbers.
        month_first: whether the document's other dates have the month first; None if they don't tell.
    """
    value = gregorian(value.strip(), language)
    for reader in (_iso, _epoch, _rfc):
        read = reader(value)
        if read is not None:
            return _plausible(Published(read[0], read[1], found))
    numeric = _NUMERIC.search(value)
    if numeric:
        return _from_numbers(numeric, value, found, language, month_first)
    return _by_words(value, found, language)


def in_name(name: str) -> Published | None:
    """The date in a file's name: "2024-01-21-meeting.txt", "20240121.pdf"."""
    return _from_groups(_IN_NAME.search(name), "file name")


def in_address(url: str) -> Published | None:
    """The date in an address: ".../2024/01/21/meeting"."""
    return _from_groups(_IN_ADDRESS.search(url), "page")


def _iso(value: str) -> tuple[date, Precision] | None:
    found = _ISO.match(value) or _YEAR_FIRST.match(value)
    if not found:
        return _iso(f"{value[:4]}-{value[4:6]}-{value[6:8]}") if _COMPACT.match(value) else None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
    if not found[3]:
        return day, "month"
    return day, "moment" if _CLOCK.search(value[found.end(3) :]) else "day"


def _epoch(value: str) -> tuple[date, Precision] | None:
    if not _EPOCH.match(value):
        return None
    seconds = float(value[:10])
    return datetime.fromtimestamp(seconds, UTC).date(), "moment"


def _rfc(value: str) -> tuple[date, Precision] | None:
    if ":" not in value:
        return None
    try:
        return parsedate_to_datetime(value).date(), "moment"
    except (ValueError, TypeError, IndexError):
        return None


def _from_numbers(
    numeric: re.Match[str], value: str, found: PublishedFrom, language: str | None, first: bool | None
) -> Published | None:
    one, two, year = int(numeric[1]), int(numeric[2]), int(numeric[3])
    year += 2000 if year < 100 else 0
    inferred = one <= 12 and two <= 12 and one != two
    if inferred:
        swap = first if first is not None else (language or "").lower() in _MONTH_FIRST
    else:
        swap = two > 12
    month, day = (one, two) if swap else (two, one)
    precision: Precision = "moment" if _CLOCK.search(value[numeric.end() :]) else "day"
    try:
        return _plausible(Published(date(year, month, day), precision, found, inferred))
    except ValueError:
        return None


def _by_words(value: str, found: PublishedFrom, language: str | None) -> Published | None:
    if len(value) > 60 or not any(char.isdigit() for char in value):
        return None
    from qa.dates.find import find_days

    # Our own rules read many languages at once; dateparser tries two hundred, which takes seconds.
    for day in find_days(value, None, language):
        length = (day.until - day.date).days + 1
        if any(char.isalpha() for char in _CLOCK.sub("", value.replace(day.text, "", 1))):
            break  # The value has more than a date.
        if length == 1:
            return _plausible(Published(day.date, "moment" if _CLOCK.search(value) else "day", found))
        if 28 <= length <= 31 and day.date.day == 1:
            return _plausible(Published(day.date, "month", found))
    return _by_dateparser(value, found, language)


def _by_dateparser(value: str, found: PublishedFrom, language: str | None) -> Published | None:
    import dateparser
    from dateparser.data.languages_info import language_order

    settings = {
        "REQUIRE_PARTS": ["month", "year"],
        "PREFER_DAY_OF_MONTH": "first",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    for known in ([language], None) if language in language_order else (None,):
        try:
            read = dateparser.parse(value, languages=known, settings=settings)
        except (ValueError, OverflowError, RecursionError):
            return None
        if read is not None:
            break
    else:
        return None
    bare = _CLOCK.sub("", value).replace(str(read.year), "", 1)
    if _CLOCK.search(value):
        return _plausible(Published(read.date(), "moment", found))
    return _plausible(Published(read.date(), "day" if _DAY_NUMBER.search(bare) else "month", found))


def _from_groups(match: re.Match[str] | None, found: PublishedFrom) -> Published | None:
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None
    return _plausible(Published(day, "day" if match[3] else "month", found))


def _plausible(published: Published) -> Published | None:
    """The date, unless it is in the future: then it is a deadline or a mistake."""
    tomorrow = date.fromordinal(datetime.now(UTC).date().toordinal() + 1)
    return published if _EARLIEST <= published.day <= tomorrow else None
