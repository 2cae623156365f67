"""How probable it is that an answer is right: that its text answers just the question that was asked.

A length is no answer where a voltage was asked for, however true. A refusal is this decision, not the model's
mood: an answer is given when its confidence reaches DATELINE_CAUTION.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

COMPUTED = 0.8
"""The confidence of values that code compared."""
SURE = 0.85
FAIRLY_SURE = 0.65


@dataclass(frozen=True, slots=True)
class Reply:
    """A text, a question that stands alone, and an answer to it in its fewest words."""

    text: str
    question: str
    answer: str


class Judge(Protocol):
    """Judges replies. Safe to share between threads."""

    def probability(self, reply: Reply) -> float:
        """How probable it is, 0..1, that the text has this answer to just this question."""
        ...


def in_words(confidence: float) -> str:
    """A confidence as readers see it."""
    if confidence >= SURE:
        return "Sure"
    return "Fairly sure" if confidence >= FAIRLY_SURE else "Uncertain"
