"""A chat model as the judge of a text and a statement.

The model is asked in two ways what the text says of the statement. Its log-probabilities recognise entailment
better than its words do (see `qa.verify.calibration`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from langchain_core.language_models import BaseChatModel

from qa.models.likelihood import likelihoods
from qa.text.stems import coverage
from qa.verify import prompts
from qa.verify.calibration import calibrated, features
from qa.verify.entailment import Entailment, Pair

# The probabilities for a reply if the server gives none.
_BY_LETTER = {"A": Entailment(0.9, 0.03), "B": Entailment(0.03, 0.9), "C": Entailment(0.05, 0.05)}
_BY_WORD = {"yes": Entailment(0.9, 0.0), "no": Entailment(0.05, 0.0)}
_NEITHER = Entailment(0.0, 0.0)


class ChatVerifier:
    """Judges pairs by asking a chat model; twice for each pair if its server gives log-probabilities.

    It judges one pair after the other, so the server reads what both questions share only once. (On two
    cores, two pairs at a time took 2.3 times as long each, as the server's slots evict each other's cache.)
    """

    def __init__(self, model: BaseChatModel, *, probabilities: bool) -> None:
        """Args:
        model: at temperature 0.
        probabilities: whether its server gives log-probabilities.
        """
        self._model = model
        self._probabilities = probabilities

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        return [self._judged(pair) for pair in pairs]

    def features(self, pair: Pair) -> tuple[float, ...]:
        """The features of a pair for `qa.verify.calibration`."""
        a, b, c = likelihoods(self._model, prompts.which(pair), ("a", "b", "c"))
        yes, no = likelihoods(self._model, prompts.true(pair), ("yes", "no"))
        shared = coverage(pair.statement, pair.text)
        return features(log(a / (b + c)), log(b / (a + c)), log(yes / no), shared)

    def _judged(self, pair: Pair) -> Entailment:
        if self._probabilities:
            return calibrated(self.features(pair))
        reply = str(self._model.invoke(prompts.which(pair)).text).strip()
        return _BY_LETTER.get(reply[:1].upper(), _NEITHER)


class DocumentClaimVerifier:
    """Judges pairs with a chat model made for it that replies yes or no, such as Bespoke-MiniCheck."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order; such a model does not recognise contradiction."""
        replies = (str(self._model.invoke(prompts.document_claim(pair)).text) for pair in pairs)
        return [_BY_WORD.get(reply.strip().lower().strip(".")[:3], _NEITHER) for reply in replies]
