"""Words that a statement quotes: either a document has them, or they are changed or made up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.proof import cite
from qa.sentences import spans_of_body
from qa.stems import content
from qa.terms import fold
from qa.types import Article, Citation, Hit

_QUOTED = re.compile(r"[\"“«]([^\"“«”»]{12,})[\"”»]")
_SPACE = re.compile(r"\s+")
_NEAR_SHARE = 0.6  # Of a quote's words, in words that a document quotes: then it is the same quote, changed.
_NEAR_STEMS = 3


def quotes(statement: str) -> list[str]:
    """What a statement puts in quotation marks, a phrase or more of it."""
    return _QUOTED.findall(statement)


def says(article: Article, quote: str) -> bool:
    """Whether an article has quoted words exactly, but for case and white space."""
    return _plain(quote) in _plain(article.body)


def misquoted(statement: str, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """The sentence that quotes nearly the same words as a statement does; nothing where they are there."""
    articles = {hit.article.id: hit.article for hit in hits}.values()
    best: tuple[float, Article, tuple[int, int]] | None = None
    for quote in quotes(statement):
        wanted = content(quote)
        if len(wanted) < _NEAR_STEMS or any(says(article, quote) for article in articles):
            continue
        for article in articles:
            for span in spans_of_body(article.body):
                told = frozenset[str]().union(*map(content, quotes(article.body[slice(*span)])))
                share = len(wanted & told) / len(wanted)
                if share >= _NEAR_SHARE and (best is None or share > best[0]):
                    best = share, article, span
    return (cite(best[1], *best[2], 1),) if best else ()


def _plain(text: str) -> str:
    return _SPACE.sub(" ", fold(text)).strip(" .,;:!?")
