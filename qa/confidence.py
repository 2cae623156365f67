"""How probable it is that an answer is right: a logistic regression over what is known of it.

A refusal is this decision, not the model's mood: an answer is given when its confidence reaches
DATELINE_CAUTION.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -2.0,
        "coverage": 1.5,
        "context_coverage": 1.5,
        "missing": -2.0,
        "closeness": 1.0,
        "refusal": -1.5,
        "certainty": 1.0,
        "extracted": -0.5,
        "partial": -0.5,
    }
)
_SURE = 0.85
_FAIRLY_SURE = 0.65


def estimate(signals: Mapping[str, float]) -> float:
    """The probability, 0..1, that an answer with these signals is right; 0 where there is no answer."""
    if not signals:
        return 0.0
    logit = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in signals.items())
    return 1 / (1 + exp(-logit))


def in_words(confidence: float) -> str:
    """A confidence as readers see it."""
    if confidence >= _SURE:
        return "Sure"
    return "Fairly sure" if confidence >= _FAIRLY_SURE else "Not quite sure"
