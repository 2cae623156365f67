"""Removes what does not belong in a text: invisible characters, and orders to a language model."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from string import Template
from typing import Any

from qa.core.types import Stripped
from qa.text.english import one_line

# Zero-width and invisible characters, bidirectional controls, tag characters, variation
# selectors of the supplement. U+200C and U+200D stay: Persian, Urdu and Hindi need them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_JOINER_RUN = re.compile("[\u200c\u200d]{2,}")
_LOST_JOINER = re.compile("(?<=[ -~])[\u200c\u200d](?=[ -~])")
_HARMLESS = frozenset("\u00ad\u200e\u200f\ufeff\u061c")

_ORDERS: dict[str, Any] = tomllib.loads(files("ingest").joinpath("orders.toml").read_text(encoding="utf-8"))

_NAMES = {name: one_line(_ORDERS[name]) for name in ("model", "orders")}
_ADDRESSED = tuple(Template(one_line(each)).safe_substitute(_NAMES) for each in _ORDERS["addressed"])
_ADDRESSES_MODEL = re.compile("|".join(f"(?:{each})" for each in _ADDRESSED), re.IGNORECASE | re.MULTILINE)
# A cheap test: a text without any of these has no such orders.
_HINTS = _ORDERS["hints"].replace("\n", "").split(";")
_REPORTED = re.compile(rf"\b(?:{_ORDERS['reported']})\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘']([^“”\"]{3,300})[”\"’']")
_MAX_TEXT_CHARS = 1_000


def strip_characters(text: str) -> tuple[str, tuple[Stripped, ...]]:
    """The text without invisible characters, and notes on those that hid something."""
    if text.isascii():
        return text, ()
    found = _INVISIBLE.findall(text)
    lost = _LOST_JOINER.findall(text) + _JOINER_RUN.findall(text)
    if not found and not lost:
        return text, ()
    clean = _JOINER_RUN.sub("", _LOST_JOINER.sub("", _INVISIBLE.sub("", text)))
    notes = []
    for tags in _TAGS.findall(text):
        hidden = "".join(chr(ord(char) - 0xE0000) for char in tags)
        notes.append(Stripped(hidden[:_MAX_TEXT_CHARS], "written in invisible tag characters", "stripped"))
    telling = sorted(
        {
            char
            for char in found + [char for run in lost for char in run]
            if char not in _HARMLESS and not "\U000e0020" <= char <= "\U000e007e"
        }
    )
    if telling:
        names = ", ".join(unicodedata.name(char, f"U+{ord(char):04X}").lower() for char in telling)
        count = sum(1 for char in found if char in telling) + len(lost)
        notes.append(Stripped(names, f"{count} invisible or direction-changing characters", "stripped"))
    return clean, tuple(notes)


def addressed_to_model(body: str, sentences: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The sentences of a body that address a language model rather than a reader."""
    plain = (body if body.isascii() else unicodedata.normalize("NFKC", body)).lower()
    if not any(hint in plain for hint in _HINTS):
        return ()
    return tuple(
        span for span in sentences if _speaks_to_model(unicodedata.normalize("NFKC", body[span[0] : span[1]]))
    )


def _speaks_to_model(sentence: str) -> bool:
    found = _ADDRESSES_MODEL.search(sentence)
    if found is None:
        return False
    # A report about such orders quotes them; real orders are not quoted.
    quoted = any(
        quote.start(1) <= found.start() and found.end() <= quote.end(1)
        for quote in _QUOTED.finditer(sentence)
    )
    return not (quoted and _REPORTED.search(_QUOTED.sub("", sentence)))
