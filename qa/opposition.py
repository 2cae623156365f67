"""Whether a run of sentences speaks against a statement: the same matter, with another fact in its place."""

from __future__ import annotations

from dataclasses import dataclass

from qa.facts import Number
from qa.instances import Ordinal, ordinals
from qa.proof import Run
from qa.quotations import quotes
from qa.support import Bearing, Facts, GapKind, has_name, read
from qa.types import Article

SAME_MATTER_COVERAGE = 0.6
SAME_MATTER_SHARE = 0.5
DISPUTING_COVERAGE = 0.9
CLEARLY_MORE = 0.1


@dataclass(frozen=True, slots=True)
class Weighed:
    """A run and how far it bears a statement."""

    run: Run
    bearing: Bearing


def opposes(claim: Facts, each: Weighed) -> bool:
    """Whether a run tells of what is claimed, but otherwise."""
    gaps = {gap.kind for gap in each.bearing.missing}
    if not gaps or "unsaid" in gaps or quotes(claim.text):
        return False
    if "denial" in gaps and len(gaps) > 1:
        return False  # Too much else differs for the contrary of the same.
    if _topic_coverage(claim, each) < SAME_MATTER_COVERAGE:
        return False
    if not all(_numbers_kind(each.run.article, ordinal) for ordinal in claim.ordinals):
        return False  # A fourth forum says nothing of a fourth meeting.
    return all(_has_other(kind, claim, each.run.facts) for kind in gaps)


def outweighed(supporting: Weighed, opposing: Weighed) -> tuple[Weighed | None, Weighed | None]:
    """What is left of two runs on either side: the one with more of the statement's words decides.

    Proof outweighs what but tells of something like it; but where the other run has words that the
    proof lacks ("confirmed"), it is nearer to what is stated. One document disputes nothing with itself.
    """
    if opposing.bearing.coverage - supporting.bearing.coverage >= CLEARLY_MORE:
        return None, opposing
    same_article = supporting.run.article.id == opposing.run.article.id
    if same_article or opposing.bearing.coverage < DISPUTING_COVERAGE:
        return supporting, None
    return supporting, opposing


def other_figures(claim: Facts, evidence: Facts) -> list[Number]:
    """The figures of evidence in the units of those that a claim has and evidence hasn't."""
    units = {number.unit for number in _lacking(claim, evidence)}
    return [
        number
        for number in evidence.numbers
        if not any(number.agrees(mine) for mine in claim.numbers) and (not units or number.unit in units)
    ]


def _numbers_kind(article: Article, wanted: Ordinal) -> bool:
    return any(each.same_kind(wanted) for each in ordinals(f"{article.title}\n{article.body}"))


def _topic_coverage(claim: Facts, each: Weighed) -> float:
    """The share of a claim's words that a run has, those of the differing facts left out."""
    gaps = [gap for gap in each.bearing.missing if gap.kind != "denial"]
    differing = {stem for gap in gaps for stem in read(gap.text).stems}
    topic = claim.stems - differing
    shared = topic & each.run.facts.stems
    # Where a name differs, what is left must still be most of the statement: a name alone is no matter.
    named = any(gap.kind == "name" for gap in gaps)
    if named and len(shared) < SAME_MATTER_SHARE * len(claim.stems):
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
        return bool(other_figures(claim, evidence))
    if kind == "day":
        return any(day.date not in {mine.date for mine in claim.days} for day in evidence.days)
    if kind == "name":
        return any(not has_name(name, claim) for name in evidence.names)
    return True


def _lacking(claim: Facts, evidence: Facts) -> list[Number]:
    return [number for number in claim.numbers if not any(map(number.agrees, evidence.numbers))]
