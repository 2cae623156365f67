"""A bare "Yes" or "No": what proves it is what the documents say of the question's own statement.

A question that joins several statements ("Does A report X, while B reports Y?") is proved part by part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.expectation import stated
from qa.proof import Run, cite, runs_near, weigh
from qa.question import Publishers, parts, without_publishers
from qa.support import Bearing, read
from qa.types import Claim, Hit, Support

_BARE = re.compile(r"\W*(yes|no)\W*$", re.IGNORECASE)
_SUPPORTED_COVERAGE = 0.6
_PARTIAL_COVERAGE = 0.45


def said(sentence: str) -> str | None:
    """ "Yes" or "No" when a sentence says just that."""
    match = _BARE.match(sentence)
    return match[1].capitalize() if match else None


def prove(question: str, word: str, hits: Sequence[Hit], numbers: Mapping[str, int]) -> Claim:
    """A bare answer as a claim, with the quotes that come nearest to each part of its question.

    Of a "No" they say what the documents have on the matter; it counts as borne out in part at most.
    """
    asserted = without_publishers(stated(question), (hit.article.publisher for hit in hits))
    statements = [part.text for part in parts(asserted, Publishers(()))] or [asserted]
    runs = tuple(runs_near(hits))
    proofs = [_best(statement, runs) for statement in statements]
    found = [run for run, bearing in proofs if bearing.coverage >= _PARTIAL_COVERAGE]
    citations = tuple(
        dict.fromkeys(cite(run.article, run.start, run.end, numbers[run.article.id]) for run in found)
    )
    support = _support(word, [bearing for _, bearing in proofs])
    missing = tuple(gap.text for _, bearing in proofs for gap in bearing.missing)
    return Claim(f"{word}.", support, missing, citations if support != "unsupported" else ())


def _best(statement: str, runs: Sequence[Run]) -> tuple[Run, Bearing]:
    claim = read(statement)
    weighed = [(run, weigh(claim, claim, run)) for run in runs]
    return min(weighed, key=lambda each: (len(each[1].missing), -round(each[1].coverage, 1), each[0].length))


def _support(word: str, bearings: Sequence[Bearing]) -> Support:
    if sum(bearing.coverage for bearing in bearings) < _PARTIAL_COVERAGE * len(bearings):
        return "unsupported"
    whole = all(not each.missing and each.coverage >= _SUPPORTED_COVERAGE for each in bearings)
    return "supported" if whole and word == "Yes" else "partial"
