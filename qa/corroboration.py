"""A name that several documents describe, each from its side: what every part of the question rests on.

"Who led the mission, as Dawn reports, and wrote the book that The Nation reviews?" No one passage bears
the answer, so it is proved part by part, by documents that all name it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.evidence import Candidate, Coverage
from qa.expectation import asks_for_a_person
from qa.facts import names
from qa.proof import cite
from qa.question import Publishers, parts, without_publishers
from qa.support import folded_words
from qa.types import Article, Step

_BORNE = 0.2  # share of a part's words that its sentence has, under its headline, rare words counting more
_LONGEST_NAME_WORDS = 6
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A name in full, the parts that documents bear, each with its sentence, and how many none bears."""

    name: str
    steps: tuple[Step, ...]
    unproved: int


def corroborate(
    question: str, answer: str, candidates: Sequence[Candidate], numbers: Mapping[str, int]
) -> Corroboration | None:
    """What documents that name an answer say of each part of its question.

    None when the question has one part, the answer is no name, or fewer than two documents bear it.

    Args:
        question: standing alone.
        answer: in its fewest words.
        candidates: the sentences found.
        numbers: the number by which each article is cited.
    """
    if len(answer.split()) > _LONGEST_NAME_WORDS or not names(answer):
        return None
    asked = without_publishers(question, (each.article.publisher for each in candidates))
    stated = parts(asked, Publishers(()))
    named = folded_words(answer)
    naming = [
        each for each in candidates if named <= folded_words(f"{each.article.title}\n{each.article.body}")
    ]
    if len(stated) < 2 or not naming:
        return None
    texts = [_under_headline(each) for each in candidates]
    steps = []
    for part in stated:
        coverage = Coverage(part.text, texts)
        best = max(naming, key=lambda each: coverage.of(_under_headline(each)))
        if coverage.of(_under_headline(best)) >= _BORNE:
            citation = cite(best.article, *best.span, numbers[best.article.id])
            steps.append(Step(part.text, " ".join(best.text.split()), (citation,)))
    if len({citation.article_id for step in steps for citation in step.citations}) < 2:
        return None
    name = _in_full(answer, (each.article for each in naming)) if asks_for_a_person(question) else answer
    return Corroboration(name, tuple(steps), len(stated) - len(steps))


def _under_headline(candidate: Candidate) -> str:
    return f"{candidate.article.title}. {candidate.text}"


def _in_full(answer: str, articles: Iterable[Article]) -> str:
    """A person's name in the longer form that articles have most often: "Fox" is "Ann Fox"."""
    wanted = folded_words(answer)
    forms = Counter(
        _POSSESSIVE.sub("", name.text)
        for article in {each.id: each for each in articles}.values()
        for name in names(article.body)
        if wanted < folded_words(name.text)
    )
    return min(forms, key=lambda form: (-forms[form], len(form)), default=answer)
