"""What grammar says against a proof: the deed is only planned or conditional, or its sides are exchanged.

It speaks of English, and only where the text has the statement's own verb. In another language's Latin
letters the parser finds neither modal verbs nor "to" and "if", and so nothing that is not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from qa.verify.entailment import Entailment, Pair, Verifier
from qa.verify.parser import Parser
from qa.verify.semantic_roles import Predicate

Contrary = Literal["not done", "exchanged"]
_LIGHT = {"do", "have", "say"}  # They take their meaning from another word.


class GrammarChecked:
    """A verifier that lets no text prove what its grammar is contrary to."""

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
    """How a text is contrary to a statement; None where it isn't, or isn't in ASCII letters.

    "not done": what the statement has as done, the text has only under a modal verb, a condition or an
    infinitive. "exchanged": who does it in the statement has it done to them in the text, and the reverse.
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
    """Whether all that is done between the claim's sides has its agent as patient and the reverse."""
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
