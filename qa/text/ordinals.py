"""Ordinal references of a text: "the third meeting", "the fourth"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.text.facts import PHASE, PHASE_CHARS, numbers
from qa.text.stems import content

_AND_NEXT = re.compile(r"\s*(?:,|and|or|,\s*and)\s+(?:the\s+)?\w+")
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)
_OF = re.compile(r"\sof\b")
_KIND_CHARS = 80


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal reference: "the third meeting" is 3 and the stem of "meeting".

    `heads` are the stems that may name the kind: the last capitalised word ("the 3rd Think Tanks Forum"), or
    any of the words in lower case ("the third think-tank forum").
    """

    value: int
    heads: frozenset[str]
    text: str
    start: int
    end: int

    def same_kind(self, other: Ordinal) -> bool:
        return bool(self.heads & other.heads)


@lru_cache(maxsize=8_192)
def ordinals(text: str) -> tuple[Ordinal, ...]:
    """The ordinal references of a text: "the 2nd and the 3rd forum" gives two of one kind."""
    found: list[Ordinal] = []
    for number in reversed(numbers(text)):
        if not number.ordinal:
            continue
        phase = PHASE.search(text, max(0, number.start - PHASE_CHARS), number.start)
        if phase:
            words = text[phase.start() : number.end]
            found.append(Ordinal(int(number.value), content(phase[1]), words, phase.start(), number.end))
            continue
        run = _kind(text[number.end : number.end + _KIND_CHARS])
        # "The 2nd and the 3rd forum": the first shares the kind of the one that follows.
        shared = found[-1].heads if found and _AND_NEXT.match(text, number.end) else frozenset[str]()
        words = " ".join([number.text, *run])
        found.append(Ordinal(int(number.value), _heads(run) or shared, words, number.start, number.end))
    return tuple(ordinal for ordinal in _inherited(text, found[::-1]) if ordinal.heads)


def _inherited(text: str, found: Sequence[Ordinal]) -> Iterator[Ordinal]:
    """The references without a kind ("the third was held in Muscat"), with the kind of the one before."""
    heads = frozenset[str]()
    for ordinal in found:
        the = _THE.search(text, max(0, ordinal.start - 5), ordinal.start)
        if not ordinal.heads and the and not _OF.match(text, ordinal.end):
            ordinal = replace(ordinal, heads=heads)
        heads = ordinal.heads or heads
        yield ordinal


def _kind(following: str) -> list[str]:
    """The words that name the kind after an ordinal, up to the first that doesn't."""
    run: list[str] = []
    for match in re.finditer(r"(\s|-)?([^\W_][\w’']*)|.", following):
        word = match[2]
        if word is None or not content(word) or (run and run[0][0].isupper() and word[0].islower()):
            break
        run.append(word)
    return run


def _heads(run: Sequence[str]) -> frozenset[str]:
    if not run:
        return frozenset()
    return content(run[-1] if run[0][0].isupper() else " ".join(run[:3]))
