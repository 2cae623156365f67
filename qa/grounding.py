"""An answer's sentences held against the documents: which quote proves each, or that none does.

The language model's citations are a hint, never proof. For each sentence the shortest run
of whole sentences that bears it is looked for in all hits; that run becomes the citation, a
verbatim quote at checked offsets. A sentence that nothing bears is unsupported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from qa.evidence import numbered
from qa.proof import Run, added_share, cite, runs_near, weigh, whole
from qa.sentences import spans
from qa.support import Bearing, Facts, bears, read
from qa.types import Claim, Hit, Support

SUPPORTED_COVERAGE = 0.6
PARTIAL_COVERAGE = 0.51  # More than half of what a claim adds to its question.
_SHARE_OF_EACH = 0.45
_CITED = re.compile(r"(?<!\s)\s*+\[(\d{1,2})(?:\s*[,;]\s*(\d{1,2}))*\]")
_COMPARES = re.compile(
    r"\b(?:while|whereas|than|but|compared|both|respectively|later|earlier|instead|however)\b|;|\d.*\band\b.*\d",
    re.IGNORECASE,
)
_OPENER = re.compile(r"^(?:yes|no)[,.:;]\s*|^according to (?:the )?sources?,?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Runs that bear a sentence, and how far; `reworded` if they lack but the question's own words."""

    runs: tuple[Run, ...]
    bearing: Bearing
    reworded: bool = False


def ground(question: str, text: str, hits: Sequence[Hit]) -> tuple[Claim, ...]:
    """The claims of an answer, each with its support and the quotes that prove it.

    Args:
        question: the question as it was understood, standing alone.
        text: what the language model wrote, with its `[n]`.
        hits: what was found; `n` counts their articles in order (see `evidence.numbered`).
    """
    numbers = numbered(hits)
    runs = tuple(runs_near(hits))
    claims = []
    for sentence, cited in sentences_cited(text):
        proof = _prove(question, sentence, cited, runs, numbers)
        support = _support(proof)
        found = proof.runs if proof is not None and support != "unsupported" else ()
        citations = tuple(cite(run.article, run.start, run.end, numbers[run.article.id]) for run in found)
        missing = tuple(gap.text for gap in proof.bearing.missing) if proof else ()
        claims.append(Claim(sentence, support, missing, citations))
    return tuple(claims)


def sentences_cited(text: str) -> list[tuple[str, frozenset[int]]]:
    """An answer's sentences without their `[n]`, and the numbers that each was given."""
    found: list[tuple[str, frozenset[int]]] = []
    # A citation after the full stop belongs to the sentence before it.
    joined = re.sub(r"([.!?])((?:\s*\[\d{1,2}(?:\s*[,;]\s*\d{1,2})*\])+)", r"\2\1", text)
    for start, end in spans(joined):
        sentence = joined[start:end]
        cited = frozenset(int(n) for mark in _CITED.finditer(sentence) for n in re.findall(r"\d+", mark[0]))
        bare = _CITED.sub("", sentence).strip()
        if re.search(r"\w", bare):
            found.append((bare, cited))
    return found


def _prove(
    question: str, sentence: str, cited: frozenset[int], runs: Sequence[Run], numbers: dict[str, int]
) -> _Proof | None:
    claim = read(_OPENER.sub("", sentence))
    asked = read(question)
    scored = []
    for run in runs:
        bearing = weigh(claim, asked, run)
        key = (
            len(bearing.missing),
            bearing.strength < SUPPORTED_COVERAGE,
            run.length if bearing.strength >= SUPPORTED_COVERAGE else 0,
            numbers[run.article.id] not in cited,
            -bearing.strength,
            run.end - run.start,
        )
        scored.append((key, run, bearing))
    if not scored:
        return None
    _, best, bearing = min(scored, key=lambda each: each[0])
    doubtful = bearing.missing or bearing.strength < SUPPORTED_COVERAGE
    if doubtful and bearing.coverage >= _SHARE_OF_EACH:
        together = _together(claim, asked, best, bearing, [(run, own) for _, run, own in scored])
        if together is not None:
            return together
    return _Proof((best,), bearing, _is_reworded(bearing, asked))


def _is_reworded(bearing: Bearing, asked: Facts) -> bool:
    """Whether all that a sentence adds to its question is borne, and but a verb of the question is lacking.

    "Who wrote of the pump?" is answered with "Smeaton wrote of it" where the document has "described by
    Smeaton": that is borne in part, and whether it is an answer is for the confidence to say.
    """
    lacking = all(gap.kind == "unsaid" and gap.text in asked.stems for gap in bearing.missing)
    return bool(bearing.missing) and lacking and bearing.added == 1 and bearing.coverage >= SUPPORTED_COVERAGE


def _together(
    claim: Facts, asked: Facts, best: Run, bearing: Bearing, runs: Sequence[tuple[Run, Bearing]]
) -> _Proof | None:
    """Two sentences that bear together what neither bears alone, as a comparison needs.

    Each must speak of the matter by itself: a second document that merely holds the missing
    name proves nothing.
    """
    fullest: _Proof | None = None
    several = _numbers_several(claim)
    for run, own in runs:
        wrong = {gap.kind for gap in (*own.missing, *bearing.missing)}
        if "role" in wrong or (not several and "instance" in wrong):
            continue
        if run.article.id != best.article.id and not _COMPARES.search(claim.text):
            continue
        missing = set(own.missing) & set(bearing.missing)
        if len(run.sentences) > 1 or run == best or missing or own.coverage < _SHARE_OF_EACH:
            continue
        united = best.facts | run.facts
        both = bears(claim, united, whole(best.article))
        both = replace(both, added=added_share(claim, asked, united))
        better = fullest is None or both.strength > fullest.bearing.strength
        if not both.missing and both.strength >= SUPPORTED_COVERAGE and better:
            fullest = _Proof((best, run), both)
    return fullest


def _numbers_several(claim: Facts) -> bool:
    """Whether a claim speaks of two of a kind: "the second forum ... and the third"."""
    return any(
        one.same_kind(other) and one.value != other.value for one, other in combinations(claim.ordinals, 2)
    )


def _support(proof: _Proof | None) -> Support:
    if proof is not None and proof.reworded:
        return "partial"
    if proof is None or proof.bearing.missing or proof.bearing.strength < PARTIAL_COVERAGE:
        return "unsupported"
    return "supported" if proof.bearing.strength >= SUPPORTED_COVERAGE else "partial"
