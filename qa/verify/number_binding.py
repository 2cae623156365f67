"""Binds numbers to words: a text with "killed 4 and injured 23" does not say "injured 4".

In a text, a word of the statement belongs to the nearest number or day of its sentence. If none of the
statement's words belong to its own figure and some belong to another of the same kind, the figure is probably
about another thing: a reason for doubt, no proof. (This is so for 7 of 1,000 true statements of
FEVER-Symmetric, Fool Me Twice and `traps`, and for 9 of the 162 false ones of `traps`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.core.types import Day
from qa.text.facts import Number
from qa.text.sentences import spans
from qa.text.stems import content
from qa.verify.hard_facts import facts_of, same_figure

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text with its stems, and the offsets of its sentence."""

    start: int
    end: int
    stems: frozenset[str]
    sentence: tuple[int, int]


def bound_elsewhere(statement: str, text: str) -> bool:
    """Whether a text has some figure of a statement, but with other words than the statement's."""
    claimed, told = _figures(statement), _figures(text)
    if not claimed or not told:
        return False
    words = list(_words(text, told))
    stems = frozenset[str]().union(*(word.stems for word in _words(statement, claimed)))
    return any(_is_elsewhere(figure, told, words, stems) for figure in claimed)


def _is_elsewhere(
    figure: Number | Day, told: Sequence[Number | Day], words: Sequence[_Word], stems: frozenset[str]
) -> bool:
    own = [each for each in told if same_figure(figure, each)]
    others = [each for each in told if _of_kind(figure, each) and not same_figure(figure, each)]
    if not own or not others:
        return False
    by_own, by_others = set[str](), set[str]()
    for word in words:
        near = [each for each in (*own, *others) if word.sentence[0] <= each.start < word.sentence[1]]
        if near:
            nearest = min(near, key=lambda each: _distance(word, each))
            (by_own if nearest in own else by_others).update(word.stems & stems)
    return not by_own and bool(by_others)


def _figures(text: str) -> list[Number | Day]:
    facts = facts_of(text)
    return [*(number for number in facts.numbers if not number.ordinal), *facts.days]


def _words(text: str, figures: Sequence[Number | Day]) -> Iterator[_Word]:
    for sentence in spans(text):
        for word in _WORD.finditer(text, *sentence):
            if not any(each.start <= word.start() < each.end for each in figures):
                yield _Word(word.start(), word.end(), content(word[0]), sentence)


def _distance(word: _Word, figure: Number | Day) -> int:
    return figure.start - word.end if figure.start >= word.end else word.start - figure.end


def _of_kind(one: Number | Day, other: Number | Day) -> bool:
    if isinstance(one, Day) or isinstance(other, Day):
        return isinstance(one, Day) and isinstance(other, Day)
    return one.percent == other.percent and (one.unit == other.unit or not one.unit or not other.unit)
