"""Which of a set's questions are for what: their hash decides, so that every run draws the same."""

from __future__ import annotations

import hashlib


def drawn(id_: str, one_in: int) -> bool:
    """Whether an id is one of the about one in so many that are drawn."""
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % one_in == 0


def calibrates(id_: str) -> bool:
    """Whether a question is of the half that weights are fitted to; the other half is reported."""
    return drawn(id_, 2)
