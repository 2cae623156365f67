"""The hard facts of a text: its numbers with their units, its ordinals, and its names.

A proved sentence must have all of them right, so they are compared as values, not as words: "62 billion" is
"$62bn" is "62,000 million", "3rd" is "third", "JWG" is "Joint Working Group". `qa.dates.find` reads days.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from qa.text.english import CARDINALS, COMMON, MEASURES, MONEY, ORDINALS, SCALES, small
from qa.text.terms import fold, plain_digits

_CARDINALS = CARDINALS | {"dozen": 12}

_SUM = 1e6
_UNIT_OF = {word: unit for unit, words in (MONEY | MEASURES).items() for word in words.split()}
_LONG_SCALES = "|".join(word for word in SCALES if len(word) > 1)
_NUMBER = re.compile(
    r"(?P<money>(?:US|A|C|HK)?\$|€|£|¥|\b(?:Rs\.?|USD|PKR|RMB|CNY|EUR)\s?)?"
    r"(?<![\w.])(?<![A-Za-z]-)(?P<digits>\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+,\d(?!\d)|\d+(?:\.\d+)?)"
    rf"(?:(?P<ordinal>st|nd|rd|th)\b|[\s-]?(?P<scale>{_LONG_SCALES}|[kmb](?=\b))\b)?"
    r"(?P<percent>\s?(?:%|per\s?cent\b|percent\b))?",
    re.IGNORECASE,
)
_WORDS = "|".join([*_CARDINALS, *ORDINALS])
_WORD_NUMBER = re.compile(
    rf"\b(?P<words>(?:{_WORDS})(?:[\s-](?:{_WORDS}))?)\b(?:[\s-](?P<scale>{_LONG_SCALES})\b)?"
    r"(?P<percent>\s(?:per\s?cent|percent)\b)?",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(r"[\s-]?(?:US\s|square\s)?([A-Za-z]+)")
PHASE_CHARS = 8  # The longest match of PHASE, and one character before it.
PHASE = re.compile(r"\b(phase|stage|part|round)[\s-]$", re.IGNORECASE)
_ROMAN = re.compile(r"\b(?:phase|stage|part|round)[\s-](?P<roman>I{1,3}|IV|V)\b", re.IGNORECASE)
_ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}

_SMALL = small("in_names")
# A name begins with a capital: only Latin, Greek, Cyrillic, Armenian and Georgian have them.
_CAPITAL = r"(?=[\u0000-\u058f\u10a0-\u10ff\u1e00-\u1fff])[^\W\d_a-zß-ÿ]"
_NAME_WORD = rf"{_CAPITAL}(?:[\w’'.&-]*[\w’'])?"
_NAME = re.compile(
    rf"(?<![\w$€£]){_NAME_WORD}(?![$€£\w])(?:\s(?:(?:of|the|and|for|bin|al|de|e|ul)\s){{0,2}}{_NAME_WORD})*"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a value: `value` in plain units, `ordinal` for "third", `percent` for "%".

    `unit` is the currency or measure that stands with it, "" where there is none; `text` is
    how it stands at `start`.
    """

    text: str
    start: int
    end: int
    value: float
    ordinal: bool = False
    percent: bool = False
    unit: str = ""

    def agrees(self, other: Number) -> bool:
        """Whether two numbers are the same figure; "phase two" and "second phase" agree."""
        same = abs(self.value - other.value) <= 1e-9 * max(abs(self.value), abs(other.value))
        units = not self.unit or not other.unit or self.unit == other.unit
        return same and units and self.percent == other.percent and self.ordinal == other.ordinal


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words that stand together; `words` are these, folded, without "of" and "the"."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


@lru_cache(maxsize=8_192)
def numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text, in the figures of any script or in words, in order of appearance."""
    written, text = text, plain_digits(text)
    found = [_from_digits(match) for match in _NUMBER.finditer(text)]
    starts = [number.start for number in found]
    ends = [0, *(number.end for number in found)]
    for match in _WORD_NUMBER.finditer(text):
        if ends[bisect_left(starts, match.end())] <= match.start():  # It is not part of a number in figures.
            number = _from_words(match)
            if number is not None:
                found.append(number)
    for match in _ROMAN.finditer(text):
        value = _ROMANS[match["roman"].lower()]
        found.append(Number(match["roman"], match.start("roman"), match.end("roman"), value))
    found = _with_currency(sorted(found, key=lambda number: number.start))
    numbered = [replace(number, ordinal=True) if _counts(text, number) else number for number in found]
    return tuple(replace(number, text=written[number.start : number.end]) for number in numbered)


def _with_currency(found: list[Number]) -> list[Number]:
    """Gives sums the currency that an earlier sum has: "of 423 billion rupees, 300 billion remain"."""
    done: list[Number] = []
    currency = ""
    for number in found:
        scaled = number.value >= _SUM and not number.ordinal and not number.percent
        if number.unit in MONEY:
            currency = number.unit
        elif scaled and not number.unit and not number.text[-1].isdigit():
            number = replace(number, unit=currency)
        done.append(number)
    return done


def _counts(text: str, number: Number) -> bool:
    """Whether a number means an ordinal: "phase two" is the second phase."""
    return bool(PHASE.search(text, max(0, number.start - PHASE_CHARS), number.start))


def _from_digits(match: re.Match[str]) -> Number:
    digits = match["digits"]
    # "3,5" is three and a half where the comma is the decimal mark; thousands come in two or three digits.
    value = float(digits.replace(",", "." if digits[-2:-1] == "," else ""))
    if match["scale"]:
        value *= SCALES[match["scale"].lower()]
    return Number(
        match.group().strip(),
        match.start(),
        match.end(),
        value,
        bool(match["ordinal"]),
        bool(match["percent"]),
        _UNIT_OF.get((match["money"] or "").strip().lower(), "") or _unit_after(match),
    )


def _unit_after(match: re.Match[str]) -> str:
    following = _UNIT_WORD.match(match.string, match.end())
    return _UNIT_OF.get(following[1].lower(), "") if following else ""


def _from_words(match: re.Match[str]) -> Number | None:
    words = re.split(r"[\s-]", match["words"].lower())
    ordinal = words[-1] in ORDINALS
    values = [ORDINALS.get(word) or _CARDINALS.get(word, 0) for word in words]
    if len(values) == 2 and not (20 <= values[0] <= 90 and values[0] % 10 == 0 and values[1] < 10):
        return None
    # "One" is a pronoun as often as a number, "second" a verb or a unit only with more words.
    if words == ["one"] and not match["scale"] and not match["percent"]:
        return None
    value = float(sum(values)) * (SCALES[match["scale"].lower()] if match["scale"] else 1)
    return Number(
        match.group(), match.start(), match.end(), value, ordinal, bool(match["percent"]), _unit_after(match)
    )


@lru_cache(maxsize=8_192)
def names(text: str) -> tuple[Name, ...]:
    """The names in a text: capitalised words that stand together, but not a sentence's first common word."""
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        words = match.group().split()
        opening = list(takewhile(lambda word: fold(word).strip(".'") in COMMON, words))
        start += sum(len(word) + 1 for word in opening)
        parts = tuple(_name_words(words[len(opening) :]))
        if parts:
            found.append(Name(text[start:end], start, end, parts))
    return tuple(found)


def _name_words(words: list[str]) -> list[str]:
    folded = [fold(word).removesuffix("'s").strip(".'-") for word in words]
    return [word for word in folded if word and word not in COMMON]


def initials(words: list[str]) -> str:
    """The acronym of a long form's words: "joint working group" gives "jwg"."""
    return "".join(word[0] for word in words if word and word not in _SMALL)
