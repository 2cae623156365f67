"""English word lists: those that several rooms need, from `english.toml`, and each room's own.

A room's own lists stand in an `english.toml` in its folder, one table for each module: see `patterns`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _file(package: str) -> dict[str, Any]:
    return tomllib.loads(files(package).joinpath("english.toml").read_text(encoding="utf-8"))


def patterns(module: str) -> dict[str, str]:
    """A module's own word lists: its table in its room's `english.toml`, each list as a part of a pattern.

    Args:
        module: its `__name__`.
    """
    package, _, name = module.rpartition(".")
    return {key: one_line(text) for key, text in _file(package)[name].items()}


def one_line(text: str) -> str:
    """A part of a pattern that a data file breaks over lines, with what indents them."""
    return "".join(map(str.strip, text.splitlines()))


_FILE = _file("qa.text")


def _list(name: str) -> tuple[str, ...]:
    return tuple(_FILE[name].split())


MONTHS = _list("months")
MONTHS_IN_SHORT = _list("months_in_short")
WEEKDAYS = _list("weekdays")
WEEKDAYS_IN_SHORT = _list("weekdays_in_short")

CARDINALS = {word: value for value, word in enumerate(_list("cardinals"))} | {
    word: value for value, word in enumerate(_list("tens"), start=2) for value in (value * 10,)
}
"""Number words to their values: zero to nineteen, and the tens up to ninety."""

ORDINALS = {word: value for value, word in enumerate(_list("ordinals"), start=1)}
"""First to twentieth, to their values."""

ORDINAL_WORDS = {value: word for word, value in ORDINALS.items()}
SCALES: dict[str, float] = _FILE["scales"]
MONEY: dict[str, str] = _FILE["money"]
MEASURES: dict[str, str] = _FILE["measures"]

AUXILIARIES = "|".join(_list("auxiliaries"))
"""The verbs that a question for yes or no begins with, as a part of a pattern."""

SAYING = _list("saying")
"""Verbs that only say that somebody says something."""

ABBREVIATIONS = frozenset(_list("abbreviations") + MONTHS_IN_SHORT + WEEKDAYS_IN_SHORT)
"""Written with a full stop, and never at a sentence's end."""

ABBREVIATIONS_AT_ENDS = frozenset(_list("abbreviations_at_ends"))
"""Written with a full stop, and often at a sentence's end."""


def small(*kinds: str) -> frozenset[str]:
    """The small words of some kinds, as `english.toml` names them: "articles", "be" ..."""
    return frozenset(word for kind in kinds for word in _FILE["small"][kind].split())


_NUMBERS = {word for word, value in CARDINALS.items() if 1 <= value <= 10}
_NUMBERS |= {word for word, value in ORDINALS.items() if value <= 5}
COMMON = _NUMBERS.union(
    MONTHS,
    WEEKDAYS,
    small("articles", "persons", "speakers", "possessives", "pointing", "be", "have", "do", "modals"),
    small("linking", "relative", "common"),
)
"""Words that stand capitalised at a sentence's head or in titles without naming anything."""
