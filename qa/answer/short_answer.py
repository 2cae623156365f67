"""The short answer: the language model picks the words of an answer that its question asks for.

For 28 right answers to SQuAD 2.0, code (`qa.answer.brief`) picks words with an F1 of 0.77, the built-in model
with 0.99. The model's reply is used only if the answer has it word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel

from qa.answer import prompts
from qa.answer.answer_type import asks_twice
from qa.answer.brief import FRAGMENT_WORDS, brief
from qa.answer.draft import Draft

_WORD = re.compile(r"\w+")


def short_answer(question: str, sentences: Sequence[str], model: BaseChatModel) -> Draft:
    """The words of an answer's sentences that answer its question.

    If the model picks none, `brief` picks them from the first sentence.

    Args:
        question: standing alone, and not for yes or no.
        sentences: the answer's, without citation marks; at least one.
        model: asked once, unless the sentence is very short.
    """
    text = " ".join(sentences)
    if asks_twice(question):
        return Draft(text.rstrip(" ."))  # A short answer to one half would leave out the other.
    if len(text.split()) <= FRAGMENT_WORDS:
        return Draft(brief(question, text))
    prompt = prompts.pick(question, text)
    picked = within(text, str(model.invoke(list(prompt.messages)).text))
    return Draft(brief(question, sentences[0]) if picked is None else text[slice(*picked)], (prompt.name,))


def within(text: str, words: str) -> tuple[int, int] | None:
    """Where a text has some words in a row, in any case and punctuation; None if nowhere."""
    wanted = _WORD.findall(words)
    if not wanted:
        return None
    run = r"\W+".join(map(re.escape, wanted))
    found = re.search(rf"(?:[$€£¥]\s?)?(?<!\w){run}(?!\w)%?", text, re.IGNORECASE)
    return found.span() if found else None
