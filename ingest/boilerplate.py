"""Boilerplate: lines around an article on its page that are copied or printed with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_PROSE_CHARS = 110  # A line of this length is prose,
_SENTENCE_CHARS = 60  # and so is one of this length that ends like a sentence.
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', "。", "۔", "؟")
_MIN_PROSE_LINES = 2
_ICON = re.compile(r"(?:icon|fa|fab|social|share)-[a-z-]+", re.IGNORECASE)
_MIN_MENU_WORDS = 3
_MENU_GAP = re.compile(r"[\s|,·•/>»]+")
_PATH_GAP = re.compile(r"[>»/|]")


def is_boilerplate(line: str) -> bool:
    """Whether a line is a button, a menu, a notice or icons."""
    if len(line) >= 120:
        return _is_icons(line)
    return _is_icons(line) or _is_menu(line) or bool(_lines("lines").match(line))


def is_prose(line: str) -> bool:
    """Whether a line is part of an article's text, rather than boilerplate."""
    long = len(line) > _PROSE_CHARS or (len(line) > _SENTENCE_CHARS and line.endswith(_SENTENCE_ENDS))
    return long and not is_boilerplate(line)


def without_icons(text: str) -> str:
    """The text without lines that only name icons."""
    if "-" not in text:
        return text
    kept = (line for line in text.split("\n") if not _is_icons(line))
    return "\n".join(kept)


def lines_of_article(lines: Sequence[str]) -> int:
    """How many lines belong to an article, before comments or other articles."""
    comments = _first(lines, _lines("comments"), lambda at: True)
    own = lines[:comments]
    return _first(own, _lines("more"), lambda at: not any(map(is_prose, own[at:])))


def _first(lines: Sequence[str], heading: re.Pattern[str], fits: Callable[[int], bool]) -> int:
    """The number of the first such heading below some prose that fits; else the number of lines."""
    prose = 0
    for at, line in enumerate(lines):
        if prose >= _MIN_PROSE_LINES and heading.match(line) and fits(at):
            return at
        prose += is_prose(line)
    return len(lines)


def _is_icons(line: str) -> bool:
    words = line.split()
    return bool(words) and all(_ICON.fullmatch(word) for word in words)


def _is_menu(line: str) -> bool:
    """Whether a line has only a site's sections, places to share, or a path through the site."""
    words = [word for word in _MENU_GAP.split(line.strip("# \t").casefold()) if word]
    if len(words) >= _MIN_MENU_WORDS and _menu().issuperset(words):
        return True
    steps = [step.strip().casefold() for step in _PATH_GAP.split(line)]
    return len(steps) > 1 and steps[0] == "home" and all(steps)


@cache
def _lines(name: str) -> re.Pattern[str]:
    """The pattern of the lines of this name, after any punctuation."""
    return re.compile(rf"^\W*(?:{'|'.join(_known()[name])})\s*$", re.IGNORECASE)


@cache
def _menu() -> frozenset[str]:
    return frozenset(_known()["menu"].split())


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("boilerplate.toml").read_text(encoding="utf-8"))
