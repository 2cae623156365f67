"""Whether two texts tell the same story in the same words.

Read-outs of two meetings may share nearly all words and no fact, so words alone don't decide. The texts are
aligned: if the same sentence has another number or name, they are two stories. Boilerplate and cuts are long
parts that only one text has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from qa.text.english import CARDINALS, MONTHS, MONTHS_IN_SHORT, ORDINALS, WEEKDAYS

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\d+(?:[.,]\d+)*|[^\W_]+(?:-[^\W_]+)*")
_BEGINS = re.compile(r"[.!?:\n“\"‘][\s“\"‘]*$")
_MAX_TOKENS = 1_500  # Alignment is quadratic, and the first pages are enough.
_MIN_COVERED = 0.6
_MIN_RUN = 4  # Fewer equal words in a row occur by chance.
_MAX_REPLACED = 12  # A longer replacement is other text, not another fact.
_ALIKE = 0.75  # for two spellings of a name
_ROUND_NUMBERS = "dozen hundred thousand million billion trillion half"
_NUMBER_WORDS = CARDINALS.keys() | ORDINALS.keys() | set(_ROUND_NUMBERS.split())
_WEEKDAYS = frozenset((*WEEKDAYS, "yesterday", "today", "tomorrow"))
_MONTHS = frozenset(MONTHS + MONTHS_IN_SHORT)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter text the longer one has (0..1), and on which facts they differ."""

    covered: float
    conflicts: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether one is a version of the other."""
        return self.covered >= _MIN_COVERED and not self.conflicts


def compare_texts(one: str, other: str) -> Likeness:
    """Aligns two texts and compares what differs."""
    a, b = _tokens(one), _tokens(other)
    matcher = SequenceMatcher(
        None, [word.casefold() for word in a], [word.casefold() for word in b], autojunk=False
    )
    covered = sum(size for _, _, size in matcher.get_matching_blocks() if size >= _MIN_RUN)
    conflicts = [
        f"{' '.join(a[i:j])} / {' '.join(b[k:m])}"
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag == "replace" and max(j - i, m - k) <= _MAX_REPLACED and _differ(a[i:j], b[k:m])
    ]
    return Likeness(covered / max(1, min(len(a), len(b))), tuple(conflicts))


def _tokens(text: str) -> list[str]:
    """A text's words; a word that has a capital only at a sentence's head is in lower case."""
    found = list(islice(_TOKEN.finditer(text), _MAX_TOKENS))
    begins = [
        match.start() == 0 or bool(_BEGINS.search(text, max(0, match.start() - 3), match.start()))
        for match in found
    ]
    names = {match.group() for match, first in zip(found, begins, strict=True) if not first}
    return [
        match.group().lower() if first and match.group() not in names else match.group()
        for match, first in zip(found, begins, strict=True)
    ]


def _differ(one: list[str], other: list[str]) -> bool:
    """Whether both sequences of words have facts, and different ones."""
    numbers = _numbers(one), _numbers(other)
    if numbers[0] - numbers[1] and numbers[1] - numbers[0]:
        return True
    names = _names(one), _names(other)
    mine = [name for name in names[0] if not _found(name, names[1], other)]
    theirs = [name for name in names[1] if not _found(name, names[0], one)]
    return bool(mine and theirs)


def _numbers(tokens: list[str]) -> set[str]:
    """The numbers and months among some words; "1,000" is "1000"."""
    folded = (token.casefold() for token in tokens)
    return {
        token.replace(",", "")
        for token in folded
        if token[:1].isdigit() or token in _NUMBER_WORDS or token in _MONTHS
    }


def _names(tokens: list[str]) -> list[str]:
    return [
        token.casefold()
        for token in tokens
        if token[:1].isupper() and len(token) > 1 and token.casefold() not in _NUMBER_WORDS | _MONTHS
    ]


def _found(name: str, names: list[str], tokens: list[str]) -> bool:
    """Whether the other text has this name, in some spelling, or its initials."""
    if name in (token.casefold() for token in tokens) or "".join(each[0] for each in names) == name:
        return True
    return any(
        name[0] == each[0] and SequenceMatcher(None, name, each).ratio() >= _ALIKE for each in names
    ) or (name in _WEEKDAYS and not _WEEKDAYS & set(names) and bool(_numbers(tokens)))
