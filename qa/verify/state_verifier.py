"""The built-in model as the judge: a regression over what it makes of a text and a statement.

A small model knows more of whether a text entails a statement than its replies tell. So it isn't asked: two
logistic regressions, one of whether the text entails the statement and one of whether it contradicts it, read
the state behind the last token of a question that is never answered (see `qa.models.states`). Such probes
are described by Alain and Bengio (2016, https://arxiv.org/abs/1610.01644).

Their weights lie in `state_weights.npz`, fitted by `python -m eval calibrate verifier` to pairs that others
made (see `eval.calibrate.pairs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.verify.entailment import Entailment, Pair

WEIGHTS = "state_weights.npz"
_TEXT, _STATEMENT = 1_200, 500  # characters that are read; windows have 600
_PROMPT = (
    "<|im_start|>system\nYou judge statements by a text.<|im_end|>\n"
    "<|im_start|>user\nText: {text}\nStatement: {statement}\n"
    "Going by the text alone, is the statement true, false, or not told?<|im_end|>\n"
    "<|im_start|>assistant\n"
)


class Reads(Protocol):
    """Gives the state behind the last token of a text, such as `qa.models.states.States`."""

    def of(self, text: str) -> NDArray[np.float32]: ...


class StateVerifier:
    """Judges pairs by the states of the built-in model, one after the other: each takes a second or two."""

    def __init__(self, states: Reads) -> None:
        self._states = states
        with (files(__package__) / WEIGHTS).open("rb") as content, np.load(content) as kept:
            self._weights, self._biases = kept["weights"], kept["biases"]

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        return [self._judged(pair) for pair in pairs]

    def _judged(self, pair: Pair) -> Entailment:
        logits = self._weights @ self._states.of(prompt(pair)) + self._biases
        entails, contradicts = (1 / (1 + np.exp(-logits))).tolist()
        total = max(1.0, entails + contradicts)
        return Entailment(entails / total, contradicts / total)


def prompt(pair: Pair) -> str:
    """What the model reads of a pair; marks of its own in either are broken."""
    text, statement = (part.replace("<|", "< |") for part in (pair.text[:_TEXT], pair.statement[:_STATEMENT]))
    return _PROMPT.format(text=text, statement=statement)
