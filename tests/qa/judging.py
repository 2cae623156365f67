"""A verifier whose judgements are given, for tests without a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.verify.verifier import Entailment, Pair

YES, NO, OPEN = Entailment(0.95, 0.01), Entailment(0.01, 0.95), Entailment(0.05, 0.05)


class Judging:
    """Judges as a function of text and statement says, and keeps what it was asked."""

    def __init__(self, judgement: Callable[[str, str], Entailment] = lambda text, statement: YES) -> None:
        self._judgement = judgement
        self.asked: list[Pair] = []

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        self.asked += pairs
        return [self._judgement(pair.text, pair.statement) for pair in pairs]
