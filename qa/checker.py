"""A statement held against the library: borne out, contradicted, disputed, or not there.

No language model: the deterministic test that grounds an answer. A run of sentences that
bears everything the statement says speaks for it. A run that speaks of the same thing, and has
another number, day, name, doer or a denial where the statement has its own, speaks against it.

What states several things, a compound sentence or a paragraph, is judged part by part, and as a whole
by this rule: contradicted if one part is, else disputed if one is, else borne out if all are, else not
in the library.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.explanation import explain, explain_parts
from qa.grounding import SUPPORTED_COVERAGE
from qa.kinds import other_kind
from qa.opposition import Weighed, opposes, outweighed
from qa.proof import cite, runs_near, weigh
from qa.quotations import misquoted, quotes, says
from qa.retriever import HybridRetriever
from qa.statements import parts, statements
from qa.support import read
from qa.types import Citation, Filters, Hit, Ruling, Timings, Verdict


def check(
    statement: str,
    retriever: HybridRetriever,
    filters: Filters = Filters(),
    today: dt.date | None = None,
) -> Verdict:
    """Whether the library bears a statement or a paragraph out, with quotes for and against.

    `today` is the day from which "last month" counts; None is the clock's.
    """
    began = time.perf_counter()
    stated = statements(statement)
    if len(stated) > 1:
        sentences = [_sentence(each, retriever, filters, today) for each in stated]
        verdict = _together(statement, [part for each in sentences for part in each.parts or (each,)])
    else:
        verdict = _sentence(stated[0] if stated else statement, retriever, filters, today)
    timings = Timings(verdict.timings.retrieve_ms, total_ms=(time.perf_counter() - began) * 1_000)
    return replace(verdict, statement=statement, timings=timings)


def _sentence(statement: str, retriever: HybridRetriever, filters: Filters, today: dt.date | None) -> Verdict:
    """A sentence: by its parts where it has several, unless it is borne out as it stands."""
    whole = _simple(statement, retriever, filters, today)
    stated = parts(statement)
    if len(stated) == 1:
        return whole
    judged = _together(statement, [_simple(each, retriever, filters, today) for each in stated])
    undecided = judged.verdict == "not_in_library" and whole.verdict != "not_in_library"
    return whole if undecided else judged


def _simple(statement: str, retriever: HybridRetriever, filters: Filters, today: dt.date | None) -> Verdict:
    found = retriever.search(statement, filters=filters, today=today)
    weighed = _weighed(statement, found.hits)
    kinds = [each for each in weighed if _of_another_kind(statement, each, retriever)]
    supporting = _best(each for each in weighed if not kinds and _supports(statement, each))
    claim = read(statement)
    opposing = _best(each for each in weighed if opposes(claim, each)) or _best(kinds)
    if supporting and opposing:
        supporting, opposing = outweighed(supporting, opposing)
    against = _cited(opposing, 2 if supporting else 1)
    if not supporting and not opposing:
        against = misquoted(statement, found.hits)
    return Verdict(
        statement=statement,
        verdict=_ruling(bool(supporting), bool(against)),
        supporting=_cited(supporting, 1),
        opposing=against,
        explanation=explain(statement, supporting, opposing, misquoted=bool(against) and not opposing),
        timings=Timings(retrieve_ms=found.ms),
    )


def _together(statement: str, judged: Sequence[Verdict]) -> Verdict:
    """The verdict on a whole whose parts are judged, with their quotes, numbered through."""
    supporting = _renumbered((each for part in judged for each in part.supporting), 1)
    opposing = _renumbered((each for part in judged for each in part.opposing), len(supporting) + 1)
    return Verdict(
        statement=statement,
        verdict=_of_all([part.verdict for part in judged]),
        supporting=supporting,
        opposing=opposing,
        explanation=explain_parts(judged),
        timings=Timings(retrieve_ms=sum(part.timings.retrieve_ms for part in judged)),
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


def _weighed(statement: str, hits: Sequence[Hit]) -> list[Weighed]:
    claim = read(statement)
    return [Weighed(run, weigh(claim, claim, run)) for run in runs_near(hits)]


def _best(weighed: Iterable[Weighed]) -> Weighed | None:
    """The run that has most of a statement's words; of equals the one that lacks least, and the shortest.

    What is said of the fourth meeting itself goes before what is said of the first.
    """
    return min(
        weighed,
        key=lambda each: (
            any(gap.kind == "instance" for gap in each.bearing.missing),
            -round(each.bearing.coverage, 1),
            len(each.bearing.missing),
            each.run.length,
        ),
        default=None,
    )


def _supports(statement: str, each: Weighed) -> bool:
    return (
        not each.bearing.missing
        and each.bearing.coverage >= SUPPORTED_COVERAGE
        and all(says(each.run.article, quote) for quote in quotes(statement))
    )


def _of_another_kind(statement: str, each: Weighed, retriever: HybridRetriever) -> bool:
    def likeness(word: str, others: Sequence[str]) -> float:
        return max(retriever.late.score(word, {other: other for other in others}).values())

    text = each.run.article.body[each.run.start : each.run.end]
    alone = len(each.run.sentences) == 1 and not each.bearing.missing
    return alone and other_kind(statement, text, likeness) is not None


def _ruling(supported: bool, opposed: bool) -> Ruling:
    if supported and opposed:
        return "disputed"
    if supported:
        return "supported"
    return "contradicted" if opposed else "not_in_library"


def _cited(each: Weighed | None, number: int) -> tuple[Citation, ...]:
    return (cite(each.run.article, each.run.start, each.run.end, number),) if each else ()
