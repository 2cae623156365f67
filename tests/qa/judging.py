"""A verifier whose judgements are given, for tests without a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.core.settings import Settings
from qa.text.stems import coverage
from qa.verify.entailment import Entailment, Pair
from qa.verify.parser import Parser

YES, NO, OPEN = Entailment(0.95, 0.01), Entailment(0.01, 0.95), Entailment(0.05, 0.05)

PARSER = Parser(Settings())

_MOST = 0.75


class Judging:
    """Judges as a function of text and statement says, and keeps what it was asked."""

    def __init__(self, judgement: Callable[[str, str], Entailment] = lambda text, statement: YES) -> None:
        self._judgement = judgement
        self.asked: list[Pair] = []

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        self.asked += pairs
        return [self._judgement(pair.text, pair.statement) for pair in pairs]


def by_words(text: str, statement: str) -> Entailment:
    """Entailed where the text has most of the statement's words: enough for a reader that is no part of a test."""
    return YES if coverage(statement, text) >= _MOST else OPEN


def nearness(query: str, sentences: Sequence[str]) -> list[float]:
    """A scorer in the place of late interaction: the share of the query's words that a sentence has."""
    return [coverage(query, sentence) for sentence in sentences]
