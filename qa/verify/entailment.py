"""The interface of verifiers: pairs of a text and a statement, and their judgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, under its publisher, day and headline, and a statement to compare with it."""

    text: str
    statement: str


@dataclass(frozen=True, slots=True)
class Entailment:
    """How probable it is, 0..1, that a text entails a statement, and that it contradicts it.

    The rest to 1 is the probability that it says neither.
    """

    entails: float
    contradicts: float


class Verifier(Protocol):
    """Judges pairs. Safe to share between threads."""

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        ...
