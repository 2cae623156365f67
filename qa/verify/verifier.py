"""Opens the verifier, which says whether a text entails a statement, contradicts it, or neither.

The interface is in `qa.verify.entailment`. The language model that writes the answers is the default
judge, by its states where it is built in (`qa.verify.state_verifier`), else by its replies
(`qa.verify.chat_verifier`); DATELINE_VERIFIER names another: a cross-encoder for natural language
inference (`qa.verify.nli`), or a chat model of its own.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qa.core.settings import Settings
from qa.verify.entailment import Entailment, Pair, Verifier

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.verify.parser import Parser

_REMEMBERED = 4_096  # pairs; a watched question asks about the same ones again


class Remembered:
    """A verifier that remembers the last few thousand pairs."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self._known: OrderedDict[Pair, Entailment] = OrderedDict()
        self._lock = threading.Lock()

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        with self._lock:
            known = {pair: self._known[pair] for pair in pairs if pair in self._known}
        new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        judged = dict(zip(new, self._verifier.judge(new), strict=True)) if new else {}
        with self._lock:
            self._known.update(judged)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return [(known | judged)[pair] for pair in pairs]


def open_verifier(settings: Settings, model: Callable[[], BaseChatModel], parser: Parser) -> Verifier:
    """The verifier that the settings name, with a check of English grammar; `model` writes the answers.

    Raises:
        DatelineError: the named model can't be had.
    """
    from qa.verify.grammar import GrammarChecked

    return Remembered(GrammarChecked(_named(settings, model), parser))


def _named(settings: Settings, model: Callable[[], BaseChatModel]) -> Verifier:
    name = settings.verifier
    if name is None:
        return _own(settings, model)
    if ":" not in name:
        from qa.verify.nli import CrossEncoderVerifier

        return CrossEncoderVerifier(name)
    from qa.models.llm import chat_model
    from qa.verify.chat_verifier import ChatVerifier, DocumentClaimVerifier

    other = chat_model(settings.model_copy(update={"llm": name}), max_tokens=4)
    if "minicheck" in name:
        return DocumentClaimVerifier(other)
    return ChatVerifier(other, probabilities=False)


def _own(settings: Settings, model: Callable[[], BaseChatModel]) -> Verifier:
    """The language model as verifier: by its states if it is the built-in one, else by its replies."""
    from qa.models.llm import tells_probabilities
    from qa.verify.english import EnglishOnly, english_only

    if english_only(settings):
        from qa.models.states import States
        from qa.verify.state_verifier import StateVerifier

        return EnglishOnly(StateVerifier(States(settings)))
    from qa.verify.chat_verifier import ChatVerifier

    return ChatVerifier(model(), probabilities=tells_probabilities(settings))
