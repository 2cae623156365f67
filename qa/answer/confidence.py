"""How probable it is that an answer is right: a logistic regression over what is known of it.

A refusal is this decision, not the model's mood: an answer is given when its confidence reaches
DATELINE_CAUTION. The weights come from `python -m eval calibrate confidence`, fitted to the built-in
model's answers to cpec (dev half, 73 of 97 questions) and SQuAD 2.0 (335 of 405, half of them without an
answer), each set weighing the same. Fitted to the one alone, the area under the ROC curve over the other is
0.80 and 0.91.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from types import MappingProxyType

BIAS = -2.61
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "missing": -0.82,
        "closeness": 1.28,
        "answerable": 2.85,
        "matching": 2.25,
        "stated": 2.26,
        "quoted": -0.5,  # Not fitted yet: a sentence near the question may answer one like it.
    }
)
COMPUTED = 0.8
"""The confidence of values that code compared."""
_SURE = 0.85
_FAIRLY_SURE = 0.65


def estimate(signals: Mapping[str, float]) -> float:
    """The probability, 0..1, that an answer with these `qa.answer.signals` is right; 0 without any."""
    if not signals:
        return 0.0
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[name] * value for name, value in signals.items())))


def in_words(confidence: float) -> str:
    """A confidence as readers see it."""
    if confidence >= _SURE:
        return "Sure"
    return "Fairly sure" if confidence >= _FAIRLY_SURE else "Uncertain"
