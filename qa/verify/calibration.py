"""Probabilities from a chat model's log-probabilities: two logistic regressions, one for each class.

A small model is surer of a statement if the text has more of its words, even where one word makes it false
("voted to allow" over "voted to ban"). So the share of the statement's words that the text has is a feature
too, alone and multiplied with the model's replies.

Fitted to the built-in model's replies about pairs that others made: the calibration half of Fool Me Twice
(claims with their evidence, and with other sentences of the same page, which neither support nor contradict
them) and `traps`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from qa.verify.entailment import Entailment

FEATURES = ("says_so", "otherwise", "true", "shared", "shared_says_so", "shared_true")
"""Log-odds of A (the text says so), of B (it says otherwise) and of yes against the other replies; the share,
0..1, of the statement's words that the text has; the products of the share with the first and the third."""

WEIGHTS = {
    "entails": (0.32, -0.10, 1.26, -1.89, 0.62, -0.52),
    "contradicts": (0.14, 0.09, -0.22, -0.38, -0.15, -0.88),
}
BIASES = {"entails": 0.32, "contradicts": -0.86}


def features(says_so: float, otherwise: float, true: float, shared: float) -> tuple[float, ...]:
    """The regressions' input, in the order of `FEATURES`."""
    return says_so, otherwise, true, shared, shared * says_so, shared * true


def calibrated(measured: Sequence[float]) -> Entailment:
    """The probabilities for some features; their sum is 1 at most."""
    entails, contradicts = (_probability(name, measured) for name in ("entails", "contradicts"))
    total = max(1.0, entails + contradicts)
    return Entailment(entails / total, contradicts / total)


def _probability(name: str, measured: Sequence[float]) -> float:
    logit = BIASES[name] + sum(w * x for w, x in zip(WEIGHTS[name], measured, strict=True))
    return 1 / (1 + exp(-logit))
