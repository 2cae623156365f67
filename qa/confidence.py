"""How sure an answer is, as its reader sees it."""

from __future__ import annotations

_SURE = 0.85
_FAIRLY_SURE = 0.65


def in_words(confidence: float) -> str:
    """A confidence, the probability 0..1 that an answer is right, in words."""
    if confidence >= _SURE:
        return "Sure"
    return "Fairly sure" if confidence >= _FAIRLY_SURE else "Uncertain"
