"""The sentences of the hits' passages, ranked by their relevance to a question or a statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from qa.core.types import Article, Hit
from qa.text.credits import CREDIT
from qa.text.sentences import spans_of_body
from qa.text.stems import content

Scorer = Callable[[str, Sequence[str]], Sequence[float]]
"""Scores sentences for a question, 0..1; higher is better."""

# Weights of a sentence's score, fitted on the dev half of cpec and 250 questions of SQuAD: the right sentence
# is first for 0.89 and 0.91 of them; with late interaction alone for 0.76 and 0.89.
_COVERAGE_WEIGHT = 0.8
_LATE_WEIGHT = 0.3
_PASSAGE_WEIGHT = 0.5
_PREFERRED_WEIGHT = 0.15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the hits' passages: the `index`th of its article, at `span` of its body.

    `coverage` is the share of the question's words that it and its headline have, 0..1, where rare words
    count more. `closeness` is its late-interaction score, 0..1. `score` ranks.
    """

    article: Article
    index: int
    span: tuple[int, int]
    coverage: float
    closeness: float
    score: float

    @property
    def text(self) -> str:
        return self.article.body[slice(*self.span)]


def ranked(
    query: str, hits: Sequence[Hit], score: Scorer, *, preferred: Callable[[str], bool] = lambda text: False
) -> tuple[Candidate, ...]:
    """The sentences of the hits' passages, the most relevant to a query first.

    Args:
        query: a question or a statement.
        hits: what was found for it.
        score: late interaction.
        preferred: whether a sentence has the kind of fact that the query asks for.
    """
    found: dict[tuple[str, int], tuple[Hit, int, tuple[int, int]]] = {}
    for hit in hits:
        for index, (start, end) in enumerate(spans_of_body(hit.article.body)):
            inside = start < hit.passage.end and end > hit.passage.start
            if inside and not CREDIT.match(hit.article.body, start, end):
                found.setdefault((hit.article.id, index), (hit, index, (start, end)))
    # A sentence need not repeat its headline: "its runway is 12,000 feet long".
    texts = [f"{hit.article.title}. {hit.article.body[start:end]}" for hit, _, (start, end) in found.values()]
    coverage = Coverage(query, texts)
    candidates = [
        Candidate(
            hit.article,
            index,
            span,
            covered,
            late,
            _COVERAGE_WEIGHT * covered
            + _LATE_WEIGHT * late
            + _PASSAGE_WEIGHT * hit.score
            + _PREFERRED_WEIGHT * preferred(hit.article.body[slice(*span)]),
        )
        for (hit, index, span), covered, late in zip(
            found.values(), map(coverage.of, texts), score(query, texts), strict=True
        )
    ]
    return tuple(sorted(candidates, key=lambda candidate: -candidate.score))


class Coverage:
    """The share of a query's words that a text has, 0..1, where rare words count more.

    A word's weight is its inverse document frequency among the sentences found.
    """

    def __init__(self, query: str, texts: Iterable[str]) -> None:
        found = [content(text) for text in texts]
        having = Counter(stem for stems in found for stem in stems)
        self._weights = {stem: log(1 + len(found) / (1 + having[stem])) for stem in content(query)}
        self._total = sum(self._weights.values()) or 1.0

    def of(self, text: str) -> float:
        """The share for one text."""
        return sum(self._weights[stem] for stem in self._weights.keys() & content(text)) / self._total
