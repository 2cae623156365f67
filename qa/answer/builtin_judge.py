"""The built-in model as the judge of answers, by two signs of what it makes of text, question and answer.

- Its state after it has read all three (see `qa.models.probe`).
- How likely it would ask just this question about this answer, told by the question's least likely token: the
  text does not bear out a changed name, a "not" or "last" for "first". Most of SQuAD 2.0's questions without
  an answer are of this kind (Rajpurkar et al. 2018, https://arxiv.org/abs/1806.03822).

Their weights lie in `answer_weights.npz`, fitted by `python -m eval calibrate answers` to answers that others
gave, right and wrong (see `eval.calibrate.answers`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from qa.answer import prompts
from qa.answer.confidence import Reply
from qa.core.settings import Settings
from qa.models.probe import Probe, ReadsStates, inert, probable
from qa.models.surprisal import Surprisal

WEIGHTS = Path(__file__).with_name("answer_weights.npz")
_TEXT, _QUESTION, _ANSWER = 1_200, 400, 400  # characters that are read
_PROMPT = (
    "<|im_start|>system\nYou judge answers by a text.<|im_end|>\n"
    "<|im_start|>user\nText: {text}\nQuestion: {question}\nAnswer: {answer}\n"
    "Going by the text alone, is this the right answer to just this question?<|im_end|>\n"
    "<|im_start|>assistant\n"
)


class BuiltinJudge:
    """Judges replies; each takes some seconds."""

    def __init__(self, states: ReadsStates, least_likely: Callable[[Reply], float]) -> None:
        """Args:
        states: of what is read for its state.
        least_likely: see `LeastLikely`.
        """
        self._states = states
        self._least_likely = least_likely
        self._probe = Probe(WEIGHTS)
        with np.load(WEIGHTS) as kept:
            self._signs, self._bias = kept["signs"], float(kept["signs_bias"])

    def probability(self, reply: Reply) -> float:
        """How probable it is, 0..1, that the text has this answer to just this question."""
        (state,) = self._probe.logits(self._states.of(prompt(reply)))
        return probable(self._bias + float(self._signs @ (state, self._least_likely(reply))))


class LeastLikely:
    """The logarithm of the probability of a question's least likely token, where its answer is known."""

    def __init__(self, settings: Settings) -> None:
        self._surprisal = Surprisal(settings)

    def __call__(self, reply: Reply) -> float:
        return min(self._surprisal.log_probabilities(asked(reply).messages, _cut(reply).question))


def asked(reply: Reply) -> prompts.Prompt:
    """The prompt that asks for a reply's question."""
    return prompts.asked(_cut(reply).answer, _cut(reply).text)


def prompt(reply: Reply) -> str:
    """What the model reads of a reply for its state."""
    cut = _cut(reply)
    return _PROMPT.format(text=cut.text, question=cut.question, answer=cut.answer)


def _cut(reply: Reply) -> Reply:
    return Reply(inert(reply.text, _TEXT), inert(reply.question, _QUESTION), inert(reply.answer, _ANSWER))
