"""Finds newer documents of the same story as a cited one.

Documents of one story have mostly the same words. A later one with other words supersedes the earlier; one
that only repeats it, in another outlet a day later, does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from qa.core.types import Article, Citation, Claim, Newer
from qa.store.library import Library
from qa.text.terms import terms


def with_newer(claims: Sequence[Claim], library: Library, until: dt.date | None = None) -> tuple[Claim, ...]:
    """The claims, each citation with the newest document of its story that supersedes the cited one.

    Args:
        claims: as they were grounded.
        library: has the cited documents.
        until: the last day of publication that counts.
    """
    cited = {citation.article_id for claim in claims for citation in claim.citations}
    newer = {
        id_: superseding(article, library, until) for id_, article in library.articles_by_id(cited).items()
    }

    def marked(citation: Citation) -> Citation:
        return replace(citation, newer=newer.get(citation.article_id))

    return tuple(replace(claim, citations=tuple(map(marked, claim.citations))) for claim in claims)


def superseding(article: Article, library: Library, until: dt.date | None = None) -> Newer | None:
    """The newest document that tells an article's story in other words and was published later."""
    if article.published is None or not article.story:
        return None
    for other in reversed(library.story(article.story)):
        if other.published is None or (until is not None and other.published > until):
            continue
        if other.published <= article.published:
            return None
        if terms(other.body) != terms(article.body):
            return Newer(other.id, other.title, other.publisher, other.published)
    return None
