"""What a chat model's log-probabilities are worth: a multinomial logistic regression.

Fitted by `python -m eval calibrate` to the built-in model's replies about pairs of other people's making: the
calibration half of Fool Me Twice (claims with their evidence, and with other sentences of the same page,
which say neither) and SQuAD 2.0 (questions with their answers, and those without one with their plausible
answers).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from qa.verify.verifier import Entailment

FEATURES = ("says_so", "otherwise", "true")
"""Log-odds: of A (the text says so), of B (it says otherwise), of yes; against the other replies."""

WEIGHTS = {"entails": (0.5, 0.0, 0.5), "contradicts": (0.0, 0.5, -0.3)}
BIASES = {"entails": 0.0, "contradicts": 0.0}
"""Logits of each class against "neither", whose logit is 0."""


def calibrated(features: Sequence[float]) -> Entailment:
    """The probabilities that belong to features, in the order of `FEATURES`."""
    weight = {
        name: exp(BIASES[name] + sum(w * x for w, x in zip(WEIGHTS[name], features, strict=True)))
        for name in WEIGHTS
    }
    total = 1 + sum(weight.values())
    return Entailment(weight["entails"] / total, weight["contradicts"] / total)
