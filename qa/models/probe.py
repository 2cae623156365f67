"""Probes: logistic regressions over the built-in model's state after it has read a text.

A small model's states tell more about a text than its replies. So no reply is asked for: a regression reads
the state at the last token of a question (see `qa.models.states`). Such probes are described
by Alain and Bengio (2016, https://arxiv.org/abs/1610.01644). `python -m eval calibrate` fits them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

State = NDArray[np.float32]


class ReadsStates(Protocol):
    """Gives the state at the last token of a text, as `qa.models.states.States` does."""

    def of(self, text: str) -> State: ...


class Probe:
    """One regression for each class, with weights from a file."""

    def __init__(self, path: Path) -> None:
        """Args:
        path: an npz file with `weights`, shape [classes, dimensions], and `biases`, [classes].
        """
        with np.load(path) as kept:
            self._weights, self._biases = kept["weights"], kept["biases"]

    def probabilities(self, state: State) -> list[float]:
        """How probable each class is, 0..1, independently of the others."""
        return [probable(logit) for logit in self.logits(state)]

    def logits(self, state: State) -> list[float]:
        """The log-odds of each class."""
        logits: list[float] = (self._weights @ state + self._biases).tolist()
        return logits


def probable(logit: float) -> float:
    """The probability, 0..1, of some log-odds."""
    return float(1 / (1 + np.exp(-logit)))


def inert(text: str, limit: int) -> str:
    """The first characters of a text, without the model's own marks such as `<|im_end|>`."""
    return text[:limit].replace("<|", "< |")
