"""Why a statement was judged as it was, in a sentence for its reader, in the statement's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.opposition import Weighed, other_figures
from qa.quotations import quotes
from qa.support import Facts, Gap, GapKind, read
from qa.terms import fold
from qa.types import Verdict

_KINDS: dict[GapKind, str] = {
    "number": "another figure",
    "day": "another date",
    "name": "another name",
    "instance": "another one of the kind",
    "role": "somebody else",
}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_COUNTED = {
    "supported": "borne out",
    "contradicted": "contradicted",
    "disputed": "disputed",
    "not_in_library": "not in the library",
}


def explain(
    statement: str, supporting: Weighed | None, opposing: Weighed | None, *, misquoted: bool = False
) -> str:
    """Why a simple statement got its verdict."""
    if opposing:
        against = _against(statement, opposing)
        return f"One document bears it out. {against}" if supporting else against
    if supporting:
        return "A document says so."
    if misquoted:
        return "A document quotes these words differently."
    if made_up := quotes(statement):
        return f"No document found has the words “{made_up[0].strip()}”."
    return "No document found says this or the contrary."


def explain_parts(judged: Sequence[Verdict]) -> str:
    """How many statements of a text got which verdict."""
    counts = [
        f"{sum(1 for each in judged if each.verdict == ruling)} {words}"
        for ruling, words in _COUNTED.items()
        if any(each.verdict == ruling for each in judged)
    ]
    return f"Of {len(judged)} statements: {', '.join(counts)}."


def _against(statement: str, opposing: Weighed) -> str:
    gaps = opposing.bearing.missing
    if not gaps:
        return "A document says that it is something else."
    kind = gaps[0].kind
    if kind == "denial":
        return "A document says the opposite."
    lacking = as_written(statement, (gap for gap in gaps if gap.kind == kind))
    instead = _instead(kind, read(statement), opposing.run.facts)
    if instead:
        return f"A document has “{instead}” where the statement has “{lacking}”."
    return f"A document has {_KINDS.get(kind, 'something else')} where the statement has “{lacking}”."


def _instead(kind: GapKind, claim: Facts, evidence: Facts) -> str:
    """The figure or day that a document has in the place of the statement's, where it has but one."""
    if kind == "number":
        found = [number.text for number in other_figures(claim, evidence) if not number.ordinal]
    elif kind == "day":
        found = [day.text for day in evidence.days]
    else:
        found = []
    return found[0] if len(set(found)) == 1 else ""


def as_written(statement: str, gaps: Iterable[Gap]) -> str:
    """What is missing in a statement's own spelling; words that follow one another there as one phrase."""
    wanted = {fold(word) for gap in gaps for word in _WORD.findall(gap.text)}
    phrases: list[list[re.Match[str]]] = []
    for word in _WORD.finditer(statement):
        if fold(word[0]).removesuffix("'s").removesuffix("’s") not in wanted:
            continue
        if phrases and not statement[phrases[-1][-1].end() : word.start()].strip():
            phrases[-1].append(word)
        else:
            phrases.append([word])
    texts = [statement[phrase[0].start() : phrase[-1].end()] for phrase in phrases]
    return ", ".join(dict.fromkeys(texts)) or ", ".join(sorted(wanted))
