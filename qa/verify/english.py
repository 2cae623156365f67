"""A verifier for English only: it judges no pair in another language.

The verifier over the language model's states was fitted to English texts and statements. How good it is in
other languages is unknown, so nothing in them is called proved.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.core.settings import Settings
from qa.models.llm import BUILTIN
from qa.text.language import called, foreign
from qa.verify.entailment import Entailment, Pair, Verifier

_NEITHER = Entailment(0.0, 0.0)


class EnglishOnly:
    """Judges the English pairs; for the others it says neither yes nor no."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        known = [pair for pair in pairs if not (foreign(pair.text) or foreign(pair.statement))]
        judged = dict(zip(known, self._verifier.judge(known), strict=True)) if known else {}
        return [judged.get(pair, _NEITHER) for pair in pairs]


def english_only(settings: Settings) -> bool:
    """Whether the settings choose the built-in verifier, which knows only English."""
    return settings.verifier is None and settings.llm == BUILTIN


def unproved(question: str, texts: Sequence[str]) -> str | None:
    """A note for a reader whose question, or all that was found for it, is not in English.

    Args:
        question: as it was understood.
        texts: what was found.

    Returns:
        A sentence; None if the question and what was found are in English.
    """
    found = [foreign(text) for text in texts]
    code = foreign(question) or (found[0] if found and all(found) else None)
    if code is None:
        return None
    return (
        f"Answers are proved in English only; what is asked or told in {called(code)} is found, not proved."
    )
