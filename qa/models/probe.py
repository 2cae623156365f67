"""Probes: logistic regressions over the built-in model's state behind a text.

A small model knows more of a text than its replies tell. So it isn't asked: a regression reads the state
behind the last token of a question that is never answered (see `qa.models.states`). Such probes are described
by Alain and Bengio (2016, https://arxiv.org/abs/1610.01644). `python -m eval calibrate` fits them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

State = NDArray[np.float32]


class ReadsStates(Protocol):
    """Gives the state behind the last token of a text, such as `qa.models.states.States`."""

    def of(self, text: str) -> State: ...


class Probe:
    """Regressions, one a class, whose weights a file holds."""

    def __init__(self, path: Path) -> None:
        """Args:
        path: an npz file with `weights`, shape [classes, dimensions], and `biases`, [classes].
        """
        with np.load(path) as kept:
            self._weights, self._biases = kept["weights"], kept["biases"]

    def probabilities(self, state: State) -> list[float]:
        """How probable each class is, 0..1, each by itself."""
        logits = self._weights @ state + self._biases
        probabilities: list[float] = (1 / (1 + np.exp(-logits))).tolist()
        return probabilities


def inert(text: str, limit: int) -> str:
    """At most so many characters of a text, which hold no mark of the model's own, such as `<|im_end|>`."""
    return text[:limit].replace("<|", "< |")
