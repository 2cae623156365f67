"""The words that date expressions are made of: months, weekdays, seasons, numbers.

English dates are read in all their relative forms. Of the other languages only a month's name beside a day or
a year is read, so the table in `months.txt` is enough for them.
"""

from __future__ import annotations

from importlib.resources import files

from qa.text import english

ENGLISH_MONTHS = [month[:3] for month in english.MONTHS]
WEEKDAYS = [weekday[:3] for weekday in english.WEEKDAYS]

NUMBERS = {word: value for word, value in english.CARDINALS.items() if value} | {
    "a": 1,
    "an": 1,
    "hundred": 100,
}
"""Counts in words: "two weeks ago", "a month ago"."""

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
ORDINALS = {word: value for word, value in english.ORDINALS.items() if value <= 4} | {
    f"{value}{_ENDINGS.get(value, 'th')}": value for value in range(1, 5)
}
"""The quarters of a year."""

# The first month of each season in the northern hemisphere, as weather services count.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

FOREIGN_MONTHS: dict[str, int] = {
    name: number
    for line in files("qa.dates").joinpath("months.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for number, name in enumerate(line.split()[1:], start=1)
}
"""Month names of other languages, in lower case, to the month's number."""

ORDINAL_NAMES: dict[str, str] = {word: str(number) for word, number in english.ORDINALS.items()} | {
    f"{number}{suffix}": str(number) for number in range(1, 100) for suffix in ("st", "nd", "rd", "th")
}
"""Ordinals in words and figures, to the number in figures: "third" and "3rd" are "3"."""
