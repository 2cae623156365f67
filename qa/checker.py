"""A statement held against the library: borne out, contradicted, disputed, or not there.

No language model: the deterministic test that grounds an answer. A run of sentences that
bears everything the statement says speaks for it. A run that speaks of the same thing, and has
another number, day, name or a denial where the statement has its own, speaks against it.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.facts import Number
from qa.grounding import SUPPORTED_COVERAGE
from qa.instances import Ordinal, ordinals
from qa.proof import Run, cite, runs_near, weigh
from qa.retriever import HybridRetriever
from qa.support import Bearing, Facts, GapKind, has_name, read
from qa.terms import fold
from qa.types import Article, Citation, Filters, Hit, Ruling, Timings, Verdict

SAME_MATTER_COVERAGE = 0.6
SAME_MATTER_SHARE = 0.5
DISPUTING_COVERAGE = 0.9
CLEARLY_MORE = 0.1
_QUOTED = re.compile(r"[\"“«]([^\"”»]{12,})[\"”»]")
_SPACE = re.compile(r"\s+")
_KINDS: dict[GapKind, str] = {
    "number": "another figure",
    "day": "another date",
    "name": "another name",
    "denial": "the opposite",
    "instance": "another one of the kind",
    "role": "somebody else",
    "unsaid": "no word of it",
}


@dataclass(frozen=True, slots=True)
class _Weighed:
    run: Run
    bearing: Bearing


def check(
    statement: str,
    retriever: HybridRetriever,
    filters: Filters = Filters(),
    today: dt.date | None = None,
) -> Verdict:
    """Whether the library bears a statement out, with quotes for and against.

    `today` is the day from which "last month" counts; None is the clock's.
    """
    began = time.perf_counter()
    found = retriever.search(statement, filters=filters, today=today)
    weighed = _weighed(statement, found.hits)
    supporting = _best(each for each in weighed if _supports(statement, each))
    claim = read(statement)
    opposing = _best(each for each in weighed if _opposes(claim, each))
    if supporting and opposing:
        supporting, opposing = _outweighed(supporting, opposing)
    total_ms = (time.perf_counter() - began) * 1_000
    return Verdict(
        statement=statement,
        verdict=_ruling(supporting, opposing),
        supporting=_cited(supporting, 1),
        opposing=_cited(opposing, 2 if supporting else 1),
        explanation=_explanation(supporting, opposing),
        timings=Timings(retrieve_ms=found.ms, total_ms=total_ms),
    )


def _weighed(statement: str, hits: Sequence[Hit]) -> list[_Weighed]:
    claim = read(statement)
    return [_Weighed(run, weigh(claim, claim, run)) for run in runs_near(hits)]


def _best(weighed: Iterator[_Weighed]) -> _Weighed | None:
    """The run that has most of a statement's words; of equals the one that lacks least, and the shortest."""
    return min(
        weighed,
        key=lambda each: (-round(each.bearing.coverage, 1), len(each.bearing.missing), each.run.length),
        default=None,
    )


def _supports(statement: str, each: _Weighed) -> bool:
    return (
        not each.bearing.missing
        and each.bearing.coverage >= SUPPORTED_COVERAGE
        and all(_says(each.run, quote) for quote in _QUOTED.findall(statement))
    )


def _says(run: Run, quote: str) -> bool:
    """Whether an article has quoted words exactly; a quote is either there or it is made up."""
    return _plain(quote) in _plain(run.article.body)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", fold(text)).strip(" .,;:!?")


def _opposes(claim: Facts, each: _Weighed) -> bool:
    gaps = {gap.kind for gap in each.bearing.missing}
    if (
        not gaps
        or "unsaid" in gaps
        or ("denial" in gaps and len(gaps) > 1)  # Too much else differs for the contrary of the same.
        or _topic_coverage(claim, each) < SAME_MATTER_COVERAGE
        or _QUOTED.search(claim.text)
    ):
        return False
    if not all(_numbers_kind(each.run.article, ordinal) for ordinal in claim.ordinals):
        return False  # A fourth forum says nothing of a fourth meeting.
    return all(_has_other(kind, claim, each.run.facts) for kind in gaps)


def _numbers_kind(article: Article, wanted: Ordinal) -> bool:
    return any(each.same_kind(wanted) for each in ordinals(f"{article.title}\n{article.body}"))


def _topic_coverage(claim: Facts, each: _Weighed) -> float:
    """The share of a claim's words that a run has, those of the differing facts left out."""
    gaps = [gap for gap in each.bearing.missing if gap.kind != "denial"]
    differing = {stem for gap in gaps for stem in read(gap.text).stems}
    topic = claim.stems - differing
    shared = topic & each.run.facts.stems
    # What is left must still be most of the statement: two names alone are no matter.
    if len(shared) < SAME_MATTER_SHARE * len(claim.stems):
        return 0.0
    return len(shared) / len(topic) if topic else 0.0


def _has_other(kind: GapKind, claim: Facts, evidence: Facts) -> bool:
    """Whether evidence has a fact of its own where the claim's is missing."""
    if kind == "number" and all(number.ordinal for number in _lacking(claim, evidence)):
        return any(
            mine.same_kind(other) and mine.value != other.value
            for mine in claim.ordinals
            for other in evidence.ordinals
        )
    if kind == "number":
        units = {number.unit for number in _lacking(claim, evidence)}
        return any(
            not any(number.agrees(mine) for mine in claim.numbers) and (not units or number.unit in units)
            for number in evidence.numbers
        )
    if kind == "day":
        return any(day.date not in {mine.date for mine in claim.days} for day in evidence.days)
    if kind == "name":
        return any(not has_name(name, claim) for name in evidence.names)
    return True


def _lacking(claim: Facts, evidence: Facts) -> list[Number]:
    return [number for number in claim.numbers if not any(map(number.agrees, evidence.numbers))]


def _outweighed(supporting: _Weighed, opposing: _Weighed) -> tuple[_Weighed | None, _Weighed | None]:
    """What is left of two runs on either side: the one with more of the statement's words decides.

    Proof outweighs what but tells of something like it; but where the other run has words that the
    proof lacks ("confirmed"), it is nearer to what is stated. One document disputes nothing with itself.
    """
    more = opposing.bearing.coverage - supporting.bearing.coverage
    if more >= CLEARLY_MORE:
        return None, opposing
    same_article = supporting.run.article.id == opposing.run.article.id
    if same_article or opposing.bearing.coverage < DISPUTING_COVERAGE:
        return supporting, None
    return supporting, opposing


def _ruling(supporting: _Weighed | None, opposing: _Weighed | None) -> Ruling:
    if supporting and opposing:
        return "disputed"
    if supporting:
        return "supported"
    return "contradicted" if opposing else "not_in_library"


def _cited(each: _Weighed | None, number: int) -> tuple[Citation, ...]:
    return (cite(each.run.article, each.run.start, each.run.end, number),) if each else ()


def _explanation(supporting: _Weighed | None, opposing: _Weighed | None) -> str:
    if opposing:
        gaps = opposing.bearing.missing
        lacking = ", ".join(dict.fromkeys(gap.text for gap in gaps))
        against = f"A document has {_KINDS[gaps[0].kind]} where the statement has “{lacking}”."
        return f"One document bears it out. {against}" if supporting else against
    if supporting:
        return "A document says so."
    return "No document found says this or the contrary."
