"""The sentences of the hits that bear on a question: what the language model gets to read.

A prompt's length is the reader's waiting time, so the model is given sentences, not
passages. They are grouped by article, the best article first, and each article has the
number by which the answer cites it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from qa.credits import CREDIT
from qa.expectation import brings
from qa.sentences import spans_of_body
from qa.stems import content
from qa.types import Article, Hit

Scorer = Callable[[str, Sequence[str]], Sequence[float]]
"""Scores each of some sentences for a question; higher is better, within 0..1."""

MAX_CHARS = 900
_HEADER_CHARS = 40  # What a source's number, publisher and day add to its headline.
_WORTH_OF_BEST = 0.5  # Less than this share of the best score is left out, room or not.
# A sentence's score. Fitted on the dev half of cpec and 250 questions of SQuAD: the sentence that
# answers is chosen for 0.89 and 0.91 of them; with late interaction alone for 0.76 and 0.89.
_COVERAGE_WEIGHT = 0.8
_LATE_WEIGHT = 0.3
_PASSAGE_WEIGHT = 0.5
_KIND_WEIGHT = 0.15
_LOOKS_BACK = re.compile(
    r"(?:He|She|It|They|This|These|That|Those|Both|The (?:two sides|sides|meeting|project|group|minister|"
    r"secretary|agreement|visit|deal|plant|company|forum|former|latter))\b"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences of one article, in its order: `spans` are offsets into its body.

    `coverage` is the share of the question's words that the best of them has, 0..1, rare words
    counting more.
    """

    number: int
    article: Article
    spans: tuple[tuple[int, int], ...]
    coverage: float

    @property
    def text(self) -> str:
        """The sentences as the model reads them, with an ellipsis where some are left out."""
        parts = []
        for index, (start, end) in enumerate(self.spans):
            if index and self.article.body[self.spans[index - 1][1] : start].strip():
                parts.append("...")
            parts.append(" ".join(self.article.body[start:end].split()))
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the hits' passages: the `index`th of its article, at `span` of its body.

    `coverage` is the share of the question's words that it has, its headline's included, 0..1, rare
    words counting more; `closeness` how near it comes by late interaction, 0..1; `score` ranks.
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


def numbered(hits: Sequence[Hit]) -> dict[str, int]:
    """The number of each article among the hits, from 1, in the order of its best hit."""
    return {id_: number for number, id_ in enumerate(dict.fromkeys(hit.article.id for hit in hits), start=1)}


def select(
    candidates: Sequence[Candidate], hits: Sequence[Hit], *, max_chars: int = MAX_CHARS
) -> tuple[Evidence, ...]:
    """The best of the candidates of some hits, as many as fit in `max_chars` with their headers.

    A sentence that looks back ("He also stressed...") brings the one before it along.
    """
    sentences = {hit.article.id: spans_of_body(hit.article.body) for hit in hits}
    chosen: dict[str, set[int]] = {}
    coverage: dict[str, float] = {}
    room = max_chars
    for candidate in candidates:
        if candidate.score < _WORTH_OF_BEST * candidates[0].score:
            break
        article = candidate.article
        picked = chosen.setdefault(article.id, set())
        wanted = _with_antecedent(candidate, sentences[article.id]) - picked
        cost = sum(end - start for start, end in (sentences[article.id][i] for i in wanted))
        cost += 0 if picked else _HEADER_CHARS + len(article.title)
        if cost > room and any(chosen.values()):
            continue
        picked |= wanted
        room -= cost
        coverage[article.id] = max(coverage.get(article.id, 0.0), candidate.coverage)
    articles = {hit.article.id: hit.article for hit in hits}
    numbers = numbered(hits)
    return tuple(
        Evidence(
            numbers[id_], articles[id_], tuple(sentences[id_][i] for i in sorted(chosen[id_])), coverage[id_]
        )
        for id_ in sorted(filter(chosen.get, chosen), key=numbers.__getitem__)
    )


def ranked(question: str, hits: Sequence[Hit], score: Scorer) -> tuple[Candidate, ...]:
    """The sentences of the hits' passages, those that bear most on a question first."""
    found: dict[tuple[str, int], tuple[Hit, int, tuple[int, int]]] = {}
    for hit in hits:
        for index, (start, end) in enumerate(spans_of_body(hit.article.body)):
            inside = start < hit.passage.end and end > hit.passage.start
            if inside and not CREDIT.match(hit.article.body, start, end):
                found.setdefault((hit.article.id, index), (hit, index, (start, end)))
    # A sentence leaves out what its headline says: "its runway is 12,000 feet long".
    texts = [f"{hit.article.title}. {hit.article.body[start:end]}" for hit, _, (start, end) in found.values()]
    coverage = Coverage(question, texts)
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
            + _KIND_WEIGHT * brings(question, hit.article.body[slice(*span)]),
        )
        for (hit, index, span), covered, late in zip(
            found.values(), map(coverage.of, texts), score(question, texts), strict=True
        )
    ]
    return tuple(sorted(candidates, key=lambda candidate: -candidate.score))


class Coverage:
    """The share of a question's words that a text has, 0..1, rare words counting more.

    A word's weight is its inverse document frequency among the sentences found.
    """

    def __init__(self, question: str, texts: Iterable[str]) -> None:
        found = [content(text) for text in texts]
        having = Counter(stem for stems in found for stem in stems)
        self._weights = {stem: log(1 + len(found) / (1 + having[stem])) for stem in content(question)}
        self._total = sum(self._weights.values()) or 1.0

    def of(self, text: str) -> float:
        """The share that one text has."""
        return sum(self._weights[stem] for stem in self._weights.keys() & content(text)) / self._total


def _with_antecedent(candidate: Candidate, sentences: Sequence[tuple[int, int]]) -> set[int]:
    start, end = candidate.span
    body = candidate.article.body
    if candidate.index == 0 or not _LOOKS_BACK.match(body, start, end):
        return {candidate.index}
    before = sentences[candidate.index - 1]
    return (
        {candidate.index - 1, candidate.index}
        if body[before[1] : start].count("\n") < 2
        else {candidate.index}
    )
