"""Proofs that grammar forbids: the action is only planned or conditional, or its roles are exchanged.

It works for English, and only if the text has the statement's own verb. In other languages the parser finds
no modal verbs and no "to" and "if", and so nothing to forbid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from qa.verify.entailment import Entailment, Pair, Verifier
from qa.verify.parser import Parser
from qa.verify.semantic_roles import Predicate

Contrary = Literal["not done", "exchanged"]
_LIGHT = {"do", "have", "say"}  # Verbs whose meaning is in another word.


class GrammarChecked:
    """A verifier that does not let a text prove a statement that its grammar forbids."""

    def __init__(self, verifier: Verifier, parser: Parser) -> None:
        self._verifier = verifier
        self._parser = parser

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order; contradiction is left as the verifier judged it."""
        judged = zip(pairs, self._verifier.judge(pairs), strict=True)
        return [
            replace(each, entails=0.0) if contrary(pair.statement, pair.text, self._parser) else each
            for pair, each in judged
        ]


def contrary(statement: str, text: str, parser: Parser) -> Contrary | None:
    """How a text's grammar is contrary to a statement; None if it isn't, or the text is not ASCII.

    "not done": the statement says that something was done, the text has it only with a modal verb, a
    condition or an infinitive. "exchanged": agent and patient of the statement are patient and agent in the
    text.
    """
    if not _in_ascii(text):
        return None
    told = parser.predicates(text)
    for claim in parser.predicates(statement):
        same = [each for each in told if each.lemma == claim.lemma]
        if not same or not claim.main or claim.lemma in _LIGHT:
            continue
        if claim.real and not claim.negated and not any(each.real for each in same):
            return "not done"
        if _exchanged(claim, same):
            return "exchanged"
    return None


def _exchanged(claim: Predicate, same: Sequence[Predicate]) -> bool:
    """Whether every action between the claim's agent and patient has them exchanged in the text."""
    sides = claim.agents | claim.patients
    between = [each for each in same if sides & (each.agents | each.patients)]
    return bool(claim.agents and claim.patients and between) and all(
        claim.agents & each.patients and claim.patients & each.agents and not claim.agents & each.agents
        for each in between
    )


def _in_ascii(text: str) -> bool:
    # py3langid took 17 of 212 short English texts, with invented names, for other languages.
    letters = [each for each in text if each.isalpha()]
    return 2 * sum(each.isascii() for each in letters) > len(letters)
