"""The model asked again, of the quotes alone: do they answer this question, and do they state this answer?

A model that reads a few sentences and says yes or no judges better than the same model while it writes:
over the answers to cpec (dev, 63) and SQuAD (22) two of the replies tell right from wrong with an area
under the ROC curve of 0.93 and 0.66, 0.85 and 0.84; the probability of a refusal as first words has 0.51
and 0.38. The third, whether question and quotes are about the same thing, is the best on SQuAD (0.91 over
104 answers, where the first has 0.87): most of its questions without an answer change a detail. All prompts
begin alike, so only the first is read from its start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from qa import prompts
from qa.proof import Run

_LIKELIEST = 10  # tokens whose log-probabilities are asked for
_LARGEST = 4.0  # Log-odds beyond these are as good as certain.
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the model takes the quotes to hold an answer to the question, to be about just what the
    question is about, and to state the answer given.

    Each -1 (surely not) to 1 (surely): log-odds of yes against no, 0 where it said neither.
    """

    answerable: float
    matching: float
    stated: float
    prompts: tuple[str, ...]


def verify(
    question: str, answer: str, runs: Sequence[Run], model: BaseChatModel, *, probabilities: bool
) -> Verification:
    """What the model makes of an answer, given its quotes.

    Args:
        question: standing alone.
        answer: in its fewest words.
        runs: what is cited, with the sentences before it.
        model: asked three times, for a word each time.
        probabilities: whether its server gives log-probabilities; else only the word counts.
    """
    quotes = list(map(as_read, runs))
    asked = (
        prompts.answerable(question, quotes),
        prompts.matching(question, quotes),
        prompts.stated(question, answer, quotes),
    )
    answerable, matching, stated = (odds(prompt, model, probabilities=probabilities) for prompt in asked)
    return Verification(answerable, matching, stated, tuple(prompt.name for prompt in asked))


def as_read(run: Run) -> str:
    """A quote as the model reads it: under its publisher, day and headline."""
    text = run.article.body[run.start : run.end]
    return f"{prompts.header(run.article)}\n{' '.join(text.split())}"


def odds(prompt: prompts.Prompt, model: BaseChatModel, *, probabilities: bool) -> float:
    """How far a model says yes to a prompt, not no: -1 (surely no) to 1; 0 where it says neither."""
    if not probabilities:
        return _of_word(model.invoke(list(prompt.messages)))
    asking = model.bind(logprobs=True, top_logprobs=_LIKELIEST, max_tokens=2)
    reply = asking.invoke(list(prompt.messages))
    given: Mapping[str, Any] = reply.response_metadata.get("logprobs") or {}
    if not given.get("content"):
        return _of_word(reply)
    yes = no = _TINY
    for each in given["content"][0]["top_logprobs"]:
        word = each["token"].strip().lower()
        yes += exp(each["logprob"]) * (word == "yes")
        no += exp(each["logprob"]) * (word == "no")
    return max(-_LARGEST, min(_LARGEST, log(yes / no))) / _LARGEST


def _of_word(reply: BaseMessage) -> float:
    word = str(reply.text).strip().lower()
    return float(word.startswith("yes")) - float(word.startswith("no"))
