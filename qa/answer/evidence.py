"""The evidence: the relevant sentences of the hits, which the language model reads.

A longer prompt makes the reader wait longer, so the model gets sentences, not passages. They are grouped by
article, the best article first; the answer cites an article by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.core.types import Article, Hit, numbered
from qa.search.sentence_ranking import Candidate
from qa.text.english import patterns
from qa.text.sentences import spans_of_body
from qa.verify.spans import without_dateline

MAX_CHARS = 900
_FIRST_DOCUMENTS = 3
_HEADER_CHARS = 40  # The length of a source's number, publisher and day.
_WORTH_OF_BEST = 0.5  # Sentences with less than this share of the best score are left out.
_POINTS_BACK = re.compile(rf"(?:{patterns(__name__)['pointing_back']})\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences of one article, in its order: `spans` are offsets into its body."""

    number: int
    article: Article
    spans: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        """The sentences as the model reads them, without dateline, with an ellipsis for those left out."""
        parts = []
        for index, (start, end) in enumerate(self.spans):
            if index and self.article.body[self.spans[index - 1][1] : start].strip():
                parts.append("...")
            parts.append(" ".join(without_dateline(self.article, self.article.body[start:end]).split()))
        return " ".join(parts)


def select(
    candidates: Sequence[Candidate], hits: Sequence[Hit], *, max_chars: int = MAX_CHARS
) -> tuple[Evidence, ...]:
    """The best of the candidates of some hits, as many as fit in `max_chars` with their headers.

    A sentence that refers to the one before ("He also stressed...") is taken together with it.
    """
    sentences = {hit.article.id: spans_of_body(hit.article.body) for hit in hits}
    chosen: dict[str, set[int]] = {}
    room = max_chars
    for candidate in _in_turn(candidates):
        article = candidate.article
        picked = chosen.setdefault(article.id, set())
        wanted = _with_antecedent(candidate, sentences[article.id]) - picked
        cost = sum(end - start for start, end in (sentences[article.id][i] for i in wanted))
        cost += 0 if picked else _HEADER_CHARS + len(article.title)
        if cost > room and any(chosen.values()):
            continue
        picked |= wanted
        room -= cost
    articles = {hit.article.id: hit.article for hit in hits}
    numbers = numbered(hits)
    return tuple(
        Evidence(numbers[id_], articles[id_], tuple(sentences[id_][i] for i in sorted(chosen[id_])))
        for id_ in sorted(filter(chosen.get, chosen), key=numbers.__getitem__)
    )


def _in_turn(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates worth reading: first the best of each of the best documents, then the others."""
    worth = [each for each in candidates if each.score >= _WORTH_OF_BEST * candidates[0].score]
    best: dict[str, Candidate] = {}
    for candidate in worth:
        best.setdefault(candidate.article.id, candidate)
    first = list(best.values())[:_FIRST_DOCUMENTS]
    yield from first
    yield from (each for each in worth if each not in first)


def _with_antecedent(candidate: Candidate, sentences: Sequence[tuple[int, int]]) -> set[int]:
    start, end = candidate.span
    body = candidate.article.body
    if candidate.index == 0 or not _POINTS_BACK.match(body, start, end):
        return {candidate.index}
    before = sentences[candidate.index - 1]
    return (
        {candidate.index - 1, candidate.index}
        if body[before[1] : start].count("\n") < 2
        else {candidate.index}
    )
