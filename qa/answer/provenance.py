"""An answer's provenance: the documents found for it, counted and dated, and what the library lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from qa.answer.coverage_gaps import coverage_gaps
from qa.answer.matching import MANY, matching_documents
from qa.core.types import Answer, Hit, Provenance, Retrieval
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.verify.supersession import with_newer


def with_provenance(answer: Answer, retrieval: Retrieval, library: Library, lexical: Lexical) -> Answer:
    """The answer with its provenance in the whole library, and with newer documents of the cited stories.

    Args:
        answer: a proved one, with the provenance of its hits.
        retrieval: the search that it was answered from.
        library: the library that was searched.
        lexical: the library's word index.
    """
    filters = retrieval.filters
    matching = matching_documents(answer.standalone, library, lexical, filters)
    basis = replace(
        answer.basis,
        matching=matching.documents,
        as_of=filters.until,
        gaps=coverage_gaps(answer, matching, library, filters),
    )
    return replace(answer, basis=basis, claims=with_newer(answer.claims, library, filters.until))


def provenance_of(hits: Sequence[Hit]) -> Provenance:
    """The documents that some hits are from, with those that tell the same story."""
    articles = {article.id: article for hit in hits for article in (hit.article, *hit.also_in)}.values()
    days = [article.published for article in articles if article.published]
    return Provenance(
        documents=len(articles),
        independent=len({article.story or article.id for article in articles}),
        publishers=tuple(sorted({article.publisher for article in articles if article.publisher})),
        since=min(days, default=None),
        until=max(days, default=None),
    )


def in_words(basis: Provenance) -> str:
    """The provenance as a line.

    "Read: 5 documents (4 independent), 3 publishers, March 2017 to May 2024. 12 related documents."
    """
    by = f" published by {basis.as_of:%-d %B %Y}" if basis.as_of else ""
    if not basis.documents:
        return f"Nothing{by} was found."
    parts = [_count(basis.documents, "document") + by]
    if basis.independent < basis.documents:
        parts[0] += f" ({basis.independent} independent)"
    if basis.publishers:
        parts.append(_count(len(basis.publishers), "publisher"))
    if basis.since and basis.until:
        since, until = f"{basis.since:%B %Y}", f"{basis.until:%B %Y}"
        parts.append(since if since == until else f"{since} to {until}")
    return ". ".join([f"Read: {', '.join(parts)}", *in_the_library(basis)]) + "."


def in_the_library(basis: Provenance) -> tuple[str, ...]:
    """What the library has, read or not, and what is missing, as sentences without their stops."""
    if not basis.documents:
        return ()
    related = _count(basis.matching, "related document") if basis.matching else "No related documents"
    if basis.matching >= MANY:
        related = f"{basis.matching:,} or more related documents"
    return (
        related,
        *(gap[:1].upper() + gap[1:] for gap in basis.gaps),
    )


def behind_the_newest(published: dt.date | None, newest: dt.date | None) -> str:
    """How much older a document is than the newest that was read: "3 years older than the newest source".

    "" where it is less than a year.
    """
    years = years_behind(published, newest)
    return f"{_count(years, 'year')} older than the newest source" if years else ""


def years_behind(published: dt.date | None, newest: dt.date | None) -> int:
    """How many whole years a document is older than the newest that was read; 0 where a day isn't known."""
    return 0 if published is None or newest is None else max(0, (newest - published).days // 365)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
