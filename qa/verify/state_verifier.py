"""The built-in model as the judge of a text and a statement: probes of what it makes of both.

Two regressions read its state, one of whether the text entails the statement and one of whether it
contradicts it. Their weights lie in `state_weights.npz`, fitted by `python -m eval calibrate` to pairs that
others made (see `eval.calibrate.pairs`), as are the layers that make the state.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.models.probe import Probe, ReadsStates, inert
from qa.verify.entailment import Entailment, Pair

WEIGHTS = Path(__file__).with_name("state_weights.npz")
_TEXT, _STATEMENT = 1_200, 500  # characters that are read; windows have 600
_PROMPT = (
    "<|im_start|>system\nYou judge statements by a text.<|im_end|>\n"
    "<|im_start|>user\nText: {text}\nStatement: {statement}\n"
    "Going by the text alone, is the statement true, false, or not told?<|im_end|>\n"
    "<|im_start|>assistant\n"
)


class StateVerifier:
    """Judges pairs by the states of the built-in model, one after the other: each takes a second or two."""

    def __init__(self, states: ReadsStates) -> None:
        self._states = states
        self._probe = Probe(WEIGHTS)

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        return [self._judged(pair) for pair in pairs]

    def _judged(self, pair: Pair) -> Entailment:
        entails, contradicts = self._probe.probabilities(self._states.of(prompt(pair)))
        total = max(1.0, entails + contradicts)
        return Entailment(entails / total, contradicts / total)


def prompt(pair: Pair) -> str:
    """What the model reads of a pair."""
    return _PROMPT.format(text=inert(pair.text, _TEXT), statement=inert(pair.statement, _STATEMENT))
