"""Whether quotes answer the question that was asked, and not one like it.

A length is no answer where a voltage was asked for, however true. A model that reads a few sentences and says
yes or no judges better than the same model while it writes: of 80 questions of SQuAD, half of them without an
answer, its replies to the questions below tell the two apart with areas under the ROC curve of 0.88, 0.86 and
0.83. (Held up as one statement, "The answer to the question is ...", question and answer are judged no better
than by chance: 0.57.) All prompts begin alike, so only the first is read from its start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from qa.answer import prompts
from qa.models.likelihood import likelihoods
from qa.verify.grounding import Grounded
from qa.verify.hard_facts import lacking

_LARGEST = 4.0  # Log-odds beyond these are as good as certain.
_MOST_MISSING = 3

Signals = Mapping[str, float]


def signals(
    question: str,
    answer: str,
    proved: Sequence[Grounded],
    model: BaseChatModel,
    *,
    quoted: bool,
    probabilities: bool,
) -> tuple[Signals, tuple[str, ...]]:
    """The signals of a proved answer by name, each within -1..1, and the names of the prompts.

    missing     numbers, days and names of the question that no quote has, of at most three
    closeness   how near the best quoted sentence comes by late interaction
    answerable  whether the model takes the quotes to hold an answer
    matching    whether it takes them to be about just what the question is about
    stated      whether it takes them to state this one
    quoted      1 if a sentence was quoted, as nothing that the model wrote is proved

    Args:
        question: standing alone.
        answer: in its fewest words.
        proved: its sentences with the windows that prove them; at least one.
        model: asked three times, for a word each time.
        quoted: whether a sentence was quoted, as nothing that the model wrote is proved.
        probabilities: whether the model's server gives log-probabilities; else only the word counts.
    """
    windows = list(dict.fromkeys(window for each in proved for window in each.windows))
    quotes = "\n".join(window.text for window in windows)
    asked = (
        prompts.answerable(question, quotes),
        prompts.matching(question, quotes),
        prompts.stated(question, answer, quotes),
    )
    answerable, matching, stated = (_odds(prompt, model, probabilities) for prompt in asked)
    missing = min((len(_lacks(question, window.text)) for window in windows), default=0)
    found = {
        "missing": min(missing, _MOST_MISSING) / _MOST_MISSING,
        "closeness": max((window.closeness for window in windows), default=0.0),
        "answerable": answerable,
        "matching": matching,
        "stated": stated,
        "quoted": float(quoted),
    }
    return found, tuple(prompt.name for prompt in asked)


def _lacks(question: str, text: str) -> tuple[Any, ...]:
    return lacking(question, text, None)


def _odds(prompt: prompts.Prompt, model: BaseChatModel, probabilities: bool) -> float:
    """How far a model says yes to a prompt, not no: -1 (surely no) to 1; 0 where it says neither."""
    if not probabilities:
        return _of_word(model.invoke(list(prompt.messages)))
    yes, no = likelihoods(model, prompt.messages, ("yes", "no"))
    return max(-_LARGEST, min(_LARGEST, log(yes / no))) / _LARGEST


def _of_word(reply: BaseMessage) -> float:
    word = str(reply.text).strip().lower()
    return float(word.startswith("yes")) - float(word.startswith("no"))
