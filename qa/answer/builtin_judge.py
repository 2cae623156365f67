"""The built-in model as the judge of answers: its state after it has read text, question and answer.

Its lower layers were taught to, on answers that others gave, right and wrong (see `qa.models.states`):
SQuAD 2.0's questions without an answer mostly have a changed name, a "not" or "last" for "first", which the
layers as they are hardly tell (Rajpurkar et al. 2018, https://arxiv.org/abs/1806.03822). The weights of the
regression over the state lie in `answer_weights.npz`; `python -m eval calibrate` fits them.
"""

from __future__ import annotations

from pathlib import Path

from qa.answer.confidence import Reply
from qa.models.probe import Probe, ReadsStates, inert

WEIGHTS = Path(__file__).with_name("answer_weights.npz")
_TEXT, _QUESTION, _ANSWER = 1_200, 400, 400  # characters that are read
_PROMPT = (
    "<|im_start|>system\nYou judge answers by a text.<|im_end|>\n"
    "<|im_start|>user\nText: {text}\nQuestion: {question}\nAnswer: {answer}\n"
    "Going by the text alone, is this the right answer to just this question?<|im_end|>\n"
    "<|im_start|>assistant\n"
)


class BuiltinJudge:
    """Judges replies; each takes about a second."""

    def __init__(self, states: ReadsStates) -> None:
        self._states = states
        self._probe = Probe(WEIGHTS)

    def probability(self, reply: Reply) -> float:
        """How probable it is, 0..1, that the text has this answer to just this question."""
        return self._probe.probabilities(self._states.of(prompt(reply)))[0]


def prompt(reply: Reply) -> str:
    """What the model reads of a reply."""
    return _PROMPT.format(
        text=inert(reply.text, _TEXT),
        question=inert(reply.question, _QUESTION),
        answer=inert(reply.answer, _ANSWER),
    )
