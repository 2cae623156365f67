"""Finds articles that tell the same story: by MinHash bands, then by comparing words."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from ingest.alike import compare_texts
from ingest.values import Prepared
from qa.core.types import Article
from qa.store import writing
from qa.store.library import Library

_MAX_CANDIDATES = 20
_MAX_DAYS_APART = 20  # The same words a month later are another notice.
_MIN_DAYS_APART = 5  # Copies appear within days; later, "on Thursday" is another Thursday.


class Duplicates:
    """Gives each article its story. The state is in the catalogue, so that memory stays constant."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def placed(self, batch: sqlite3.Connection, prepared: Prepared) -> Article:
        """The article with its story, and with `copy_of` if its text is another article's.

        If the stored article is the copy (this one is older, or from the agency that wrote both), the stored
        one is corrected in the same batch.
        """
        article = prepared.article
        other = self._same_story(prepared)
        if other is None:
            return replace(article, story=article.id)
        original = self._library.article(other.copy_of) if other.copy_of else other
        original = original or other
        if original.id != article.id and _is_older(article, original):
            writing.set_copy(batch, original.id, article.id)
            return replace(article, story=original.story)
        return replace(article, story=original.story, copy_of=original.id)

    def same_words(self, prepared: Prepared) -> Article | None:
        """The stored article with exactly these words and of the same time; None if there is none."""
        id_ = self._library.input_with_content(prepared.content)
        other = self._library.article(id_) if id_ and id_ != prepared.article.id else None
        return other if other is not None and _same_time(prepared.article, other) else None

    def _same_story(self, prepared: Prepared) -> Article | None:
        """The best match among the articles that share a band; None if none tells the same story."""
        article = prepared.article
        if (exact := self.same_words(prepared)) is not None:
            return exact
        for id_ in self._library.sharing_bands(prepared.bands, _MAX_CANDIDATES):
            other = None if id_ == article.id else self._library.article(id_)
            if (
                other is not None
                and _same_time(article, other)
                and compare_texts(article.body, other.body).same
            ):
                return other
        return None


def _same_time(one: Article, other: Article) -> bool:
    """Whether two articles may be about the same event, by their days and the days that they mention."""
    if one.published is None or other.published is None:
        return True
    apart = abs((one.published - other.published).days)
    days = [{(day.date, day.until) for day in article.days} for article in (one, other)]
    if apart > _MIN_DAYS_APART and all(days) and days[0].isdisjoint(days[1]):
        return False
    return apart <= _MAX_DAYS_APART


def _is_older(article: Article, other: Article) -> bool:
    """Whether an article, rather than the other, is the original."""
    if article.issuer and article.publisher and article.issuer.casefold() == article.publisher.casefold():
        return True
    if other.issuer and other.publisher and other.issuer.casefold() == other.publisher.casefold():
        return False
    return bool(article.published and other.published and article.published < other.published)
