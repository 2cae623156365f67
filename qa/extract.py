"""The sentence that answers a question by itself: quoted where the language model gave nothing that holds.

A small model says "The library does not say." of one clear question in five. A sentence that speaks of
all that the question names and brings the kind of fact that it asks for is its answer, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.evidence import Candidate
from qa.expectation import brings, counts_the_same
from qa.proof import DATELINE, Run, cite, run_of, weigh
from qa.sentences import spans_of_body
from qa.short_answer import within
from qa.stems import content
from qa.support import Facts, folded_words, read
from qa.types import Article, Claim, Timeframe

_CANDIDATES = 8
_ADDED_COVERAGE = 0.6
_CONTEXT_SENTENCES = 2
_WORTH_OF_BEST = 0.6  # Among sentences that score nearly alike, the newest tells "the latest".
_WHY = re.compile(r"(?:and\s|but\s)?(?:why|what caused|for what reason)\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|blam|caus|reason|so that|in order to|led to|result|as a consequence"
    r"|on account of|thanks to|prompted|since"
    r"|to (?:avoid|prevent|protest|reduce|cut|make|give|allow|help|bring|save))",
    re.IGNORECASE,
)


def extract(
    question: str,
    candidates: Sequence[Candidate],
    numbers: Mapping[str, int],
    timeframe: Timeframe | None,
    *,
    holding: str = "",
) -> Claim | None:
    """The best sentence that answers a question, as a claim that quotes itself; None if none does.

    Args:
        question: as it was understood, standing alone.
        candidates: the sentences found, the best first.
        numbers: the number by which each article is cited.
        timeframe: the question's; when it asks for the latest, the newest of the best is taken.
        holding: an answer that the sentence must have word for word; it may then word the question otherwise.
    """
    if timeframe is not None and timeframe.latest:
        question = question.replace(
            timeframe.text.strip(), "", 1
        )  # The text does not say of itself that it is last.
    asked = read(question)
    for candidate in _ordered(candidates[:_CANDIDATES], timeframe):
        if not brings(question, candidate.text) or not counts_the_same(question, candidate.text):
            continue
        if _WHY.match(question) and not _CAUSE.search(candidate.text):
            continue
        if holding and within(candidate.text, holding) is None:
            continue
        if not holding and _of_what_the_headline_lacks(question, candidate) < _ADDED_COVERAGE:
            continue
        if _lacks(asked, candidate):
            continue
        citation = cite(candidate.article, *candidate.span, numbers[candidate.article.id])
        text = " ".join(DATELINE.sub("", candidate.text).split())
        return Claim(text, "supported", (), (citation,))
    return None


def _lacks(asked: Facts, candidate: Candidate) -> bool:
    """Whether something that a question names is nowhere near a sentence, a name nowhere before it."""
    article = candidate.article
    missing = weigh(asked, asked, in_context(article, candidate.span)).missing
    before = f"{article.title}\n{article.body[: candidate.span[1]]}"
    return any(
        gap.kind != "denial" and (gap.kind != "name" or not folded_words(gap.text) <= folded_words(before))
        for gap in missing
    )


def in_context(article: Article, span: tuple[int, int]) -> Run:
    """A sentence with the two before it, which may name what it speaks of."""
    before = [each for each in spans_of_body(article.body) if each[1] <= span[0]]
    return run_of(article, [*before[-_CONTEXT_SENTENCES:], span])


def _of_what_the_headline_lacks(question: str, candidate: Candidate) -> float:
    """The share that a sentence has of the question's words that its headline has not; 1 if it has all.

    Every sentence of a report on the fourth meeting comes under that headline; who chaired it stands in one.
    """
    wanted = content(question) - content(candidate.article.title)
    return len(wanted & content(candidate.text)) / len(wanted) if wanted else 1.0


def _ordered(candidates: Sequence[Candidate], timeframe: Timeframe | None) -> list[Candidate]:
    if timeframe is None or not timeframe.latest or not candidates:
        return list(candidates)
    worth = _WORTH_OF_BEST * candidates[0].score
    near = [each for each in candidates if each.score >= worth]
    newest = sorted(
        near, key=lambda each: each.article.published.toordinal() if each.article.published else 0
    )
    return [*reversed(newest), *(each for each in candidates if each.score < worth)]
