"""Which hits bear a question's evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.types import Evidence
from qa.core.types import Article, Hit
from qa.store.library import Library

_ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where evidence stands in the library: an article and, for a quote, its offsets.

    `start == end` means the whole article. `article_id` None means that no document of the
    library is it.
    """

    article_id: str | None
    quote: str = ""
    start: int = 0
    end: int = 0
    grade: int = 1


class Locator:
    """Finds evidence in a library by its document's url, file or title."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._ids: dict[str, str] = {}
        for article in library.articles(limit=_ALL):
            for name in _names(article):
                self._ids.setdefault(name, article.id)

    def article_id(self, url: str) -> str | None:
        """The id of the article that a set calls `url`."""
        return self._ids.get(url)

    def place(self, evidence: Evidence) -> Place:
        """Where a piece of evidence stands.

        A quote that differs from the article in its white space alone is still found; one
        that isn't there leaves the whole article as the evidence.
        """
        id_ = self.article_id(evidence.url)
        if id_ is None or not evidence.quote.strip():
            return Place(id_, grade=evidence.grade)
        article = self._library.article(id_)
        span = find_quote(article.body, evidence.quote) if article else None
        return Place(id_, evidence.quote, *(span or (0, 0)), grade=evidence.grade)


def find_quote(body: str, quote: str) -> tuple[int, int] | None:
    """The span of a quote in a text, whatever the white space between its words."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    match = re.search(pattern, body)
    return match.span() if match else None


def contains(hit: Hit, place: Place) -> bool:
    """Whether a hit shows the evidence: at least half of the quote lies in its passage.

    Of a hit that stands for the same story in several articles, each of them counts, if the
    passage has the quote's words.
    """
    if not comes_from(hit, place):
        return False
    if place.start == place.end:
        return True
    if hit.article.id != place.article_id:
        return find_quote(hit.passage.text, place.quote) is not None
    shared = min(hit.passage.end, place.end) - max(hit.passage.start, place.start)
    return 2 * shared >= place.end - place.start


def comes_from(hit: Hit, place: Place) -> bool:
    """Whether a hit is from the evidence's article, or stands for it."""
    return place.article_id in (hit.article.id, *(article.id for article in hit.also_in))


def by_article(places: Sequence[Place]) -> tuple[Place, ...]:
    """The same evidence counted by article: each once, at its best grade."""
    grades: dict[str | None, int] = {}
    for place in places:
        grades[place.article_id] = max(place.grade, grades.get(place.article_id, 0))
    return tuple(Place(id_, grade=grade) for id_, grade in grades.items())


def _names(article: Article) -> tuple[str, ...]:
    """What a set may call an article by, the surest first."""
    record = article.source.rpartition("#")[2]
    given = (article.url, article.source, record, Path(article.source).name, article.title)
    return tuple(name for name in given if name)
