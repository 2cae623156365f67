"""The built-in model as the judge of answers: a probe of what it makes of a text, a question and an answer.

The weights lie in `answer_weights.npz`, fitted by `python -m eval calibrate answers` to answers that others
gave, right and wrong (see `eval.calibrate.answers`).
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


class StateJudge:
    """Judges replies by the states of the built-in model; each takes a second or two."""

    def __init__(self, states: ReadsStates) -> None:
        self._states = states
        self._probe = Probe(WEIGHTS)

    def probability(self, reply: Reply) -> float:
        """How probable it is, 0..1, that the text has this answer to just this question."""
        (right,) = self._probe.probabilities(self._states.of(prompt(reply)))
        return right


def prompt(reply: Reply) -> str:
    """What the model reads of a reply."""
    text, question = inert(reply.text, _TEXT), inert(reply.question, _QUESTION)
    return _PROMPT.format(text=text, question=question, answer=inert(reply.answer, _ANSWER))
