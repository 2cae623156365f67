"""The reason for a verdict, in a sentence for the reader and in the statement's own words."""

from __future__ import annotations

from collections.abc import Sequence

from qa.core.types import Verdict
from qa.verify.findings import Finding
from qa.verify.hard_facts import Facts, Mismatch, facts_of, quotations

_COUNTED = {
    "supported": "supported",
    "contradicted": "contradicted",
    "disputed": "disputed",
    "not_in_library": "not in the library",
}


def explain(statement: str, found: Sequence[Finding]) -> str:
    """The reason for a statement's verdict.

    Args:
        statement: what was checked.
        found: the findings on it, the nearest first.
    """
    supporting = any(each.stance == "for" for each in found)
    opposing = next((each for each in found if each.stance == "against"), None)
    if opposing:
        against = _against(statement, opposing)
        return f"One document says so. {against}" if supporting else against
    if supporting:
        return "A document says so."
    return _silent(statement, found)


def explain_parts(judged: Sequence[Verdict]) -> str:
    """How many statements of a text have each verdict."""
    counts = [
        f"{sum(1 for each in judged if each.verdict == ruling)} {words}"
        for ruling, words in _COUNTED.items()
        if any(each.verdict == ruling for each in judged)
    ]
    return f"Of {len(judged)} statements: {', '.join(counts)}."


def _against(statement: str, opposing: Finding) -> str:
    for mismatch in opposing.missing:
        instead = _instead(
            mismatch, facts_of(statement), facts_of(opposing.window.text, opposing.window.article.published)
        )
        if instead:
            return f"A document says {instead}, not {mismatch.text}."
    return "A document says otherwise."


def _instead(mismatch: Mismatch, claim: Facts, evidence: Facts) -> str:
    """The figure or day that a document has instead of the statement's, if it has only one."""
    if mismatch.kind == "number":
        units = {each.unit for each in claim.numbers if each.text == mismatch.text}
        others = [each.text for each in evidence.numbers if each.unit in units and not each.ordinal]
    else:
        others = [each.text for each in evidence.days] if mismatch.kind == "day" else []
    return others[0] if len(set(others)) == 1 else ""


def _silent(statement: str, found: Sequence[Finding]) -> str:
    made_up = [each for each in quotations(statement) if all(_lacks(each, finding) for finding in found)]
    if made_up:
        return f"No document found has the words “{made_up[0].strip()}”."
    names = [each.text for each in found[0].missing if each.kind == "name"] if found else []
    if names:
        return f"The nearest passage does not name {names[0]}."
    return "No document found says this or the contrary."


def _lacks(quotation: str, finding: Finding) -> bool:
    return any(each.kind == "quotation" and each.text == quotation for each in finding.missing)
