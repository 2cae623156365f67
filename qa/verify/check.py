"""Checks a statement against the library: supported, contradicted, disputed, or not in the library.

A compound sentence or a paragraph is judged part by part, and as a whole by this rule: contradicted if one
part is, else disputed if one is, else supported if all are, else not in the library.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.core.types import Citation, Filters, Ruling, Timings, Verdict
from qa.search.retriever import HybridRetriever
from qa.verify.entailment import Verifier
from qa.verify.explanation import explain, explain_parts
from qa.verify.findings import Finding, findings
from qa.verify.statements import statements


def check(
    statement: str,
    retriever: HybridRetriever,
    verifier: Verifier,
    filters: Filters = Filters(),
    today: dt.date | None = None,
) -> Verdict:
    """Whether the library supports a statement or a paragraph, with quotes for and against.

    `today` is the day from which "last month" counts; None is the clock's.
    """
    return together(statement, list(check_each(statement, retriever, verifier, filters, today)))


def check_each(
    text: str,
    retriever: HybridRetriever,
    verifier: Verifier,
    filters: Filters = Filters(),
    today: dt.date | None = None,
) -> Iterator[Verdict]:
    """The verdict on each statement of a text, as soon as it is known."""
    for statement in statements(text) or (text,):
        yield _simple(statement, retriever, verifier, filters, today)


def _simple(
    statement: str,
    retriever: HybridRetriever,
    verifier: Verifier,
    filters: Filters,
    today: dt.date | None,
) -> Verdict:
    began = time.perf_counter()
    found = retriever.search(statement, filters=filters, today=today)
    weighed = findings(statement, found.hits, retriever.sentence_scores, verifier)
    supporting = _cited((each for each in weighed if each.stance == "for"), 1)
    opposing = _cited((each for each in weighed if each.stance == "against"), len(supporting) + 1)
    return Verdict(
        statement=statement,
        verdict=_ruling(bool(supporting), bool(opposing)),
        supporting=supporting,
        opposing=opposing,
        explanation=explain(statement, weighed),
        timings=Timings(retrieve_ms=found.ms, total_ms=(time.perf_counter() - began) * 1_000),
    )


def _cited(weighed: Iterable[Finding], number: int) -> tuple[Citation, ...]:
    return tuple(each.cite(at) for at, each in enumerate(weighed, start=number))


def together(statement: str, judged: Sequence[Verdict]) -> Verdict:
    """The verdict on the whole from the verdicts on its parts, with all their quotes, numbered anew."""
    if len(judged) == 1:
        return replace(judged[0], statement=statement)
    supporting = _renumbered((each for part in judged for each in part.supporting), 1)
    opposing = _renumbered((each for part in judged for each in part.opposing), len(supporting) + 1)
    return Verdict(
        statement=statement,
        verdict=_of_all([part.verdict for part in judged]),
        supporting=supporting,
        opposing=opposing,
        explanation=explain_parts(judged),
        timings=Timings(
            retrieve_ms=sum(part.timings.retrieve_ms for part in judged),
            total_ms=sum(part.timings.total_ms for part in judged),
        ),
        parts=tuple(judged),
    )


def _of_all(rulings: Sequence[Ruling]) -> Ruling:
    if "contradicted" in rulings:
        return "contradicted"
    if "disputed" in rulings:
        return "disputed"
    return "supported" if all(ruling == "supported" for ruling in rulings) else "not_in_library"


def _renumbered(cited: Iterable[Citation], first: int) -> tuple[Citation, ...]:
    distinct = dict.fromkeys(replace(each, number=0) for each in cited)
    return tuple(replace(each, number=number) for number, each in enumerate(distinct, start=first))


def _ruling(supported: bool, opposed: bool) -> Ruling:
    if supported and opposed:
        return "disputed"
    if supported:
        return "supported"
    return "contradicted" if opposed else "not_in_library"
