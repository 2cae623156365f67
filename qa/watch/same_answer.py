"""Whether two answers to a question say the same: each entails the other, whatever the wording."""

from __future__ import annotations

from qa.core.types import Answer
from qa.verify.entailment import Pair, Verifier
from qa.verify.findings import SUPPORTED
from qa.verify.hard_facts import lacking


def same(question: str, one: Answer, other: Answer, verifier: Verifier) -> bool:
    """Whether two answers say the same: with the same figures and days, and each entails the other."""
    a, b = (one.brief, other.brief) if one.brief and other.brief else (_plain(one), _plain(other))
    if a.casefold().strip(" .") == b.casefold().strip(" ."):
        return True
    if any(each.kind in ("number", "day") for each in (*lacking(a, b, None), *lacking(b, a, None))):
        return False
    first, second = f"{question} {a}", f"{question} {b}"
    judged = verifier.judge([Pair(first, second), Pair(second, first)])
    return all(each.entails >= SUPPORTED for each in judged)


def _plain(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.claims)
