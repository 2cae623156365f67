"""Lists: the things of a kind that a library names, each with its quotes and the values asked of it.

An item is a name that stands in one phrase with what it is ("the Karot hydropower station"); a value
belongs to the item whose name stands before it in its sentence or, failing that, in the headline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.answer.broad import Reading
from qa.answer.gather import (
    Gathered,
    day_of,
    days_in_words,
    documents_of,
    gather,
    in_other_words,
    many,
    of_each_document,
)
from qa.answer.mentions import Mention, Span, mentions, sentences
from qa.answer.places import places
from qa.answer.values import happened, owners, values
from qa.answer.vocabulary import kinds_of, vocabulary
from qa.core.types import Article, Citation, Digest, Entry, Filters, Hit, Retrieval, numbered
from qa.search.retriever import HybridRetriever
from qa.store.library import Library
from qa.text.stems import content
from qa.text.terms import fold
from qa.verify.parser import Parser
from qa.verify.spans import cite

_PASSAGES = 400  # that have the kind's words
_DOCUMENTS = 60
_VALUES = 5  # of an item
_QUOTES = 3


def listed(
    reading: Reading, retriever: HybridRetriever, parser: Parser, filters: Filters, today: dt.date | None
) -> tuple[Retrieval, Digest | None]:
    """What is listed, and what was searched; None where nothing of the kind is named."""
    found = gather(reading.topic, retriever, filters, today)
    if reading.things[-1] in vocabulary()["places"]:
        return found.retrieval, places(reading, found, parser)
    articles = _speaking_of(reading, retriever, filters, found)
    retrieval = _with(found.retrieval, articles, retriever.library)
    named = [each for article in articles for each in mentions(reading.things, article, parser)]
    plain = _plain(named, retrieval)
    entries = _with_values(reading, articles, named, retrieval, parser) if reading.attributes else plain
    enough = 1 if "when" in reading.attributes else 2
    instead = _without_names(reading, found, parser) if len(entries) < enough else None
    if instead is not None or not entries:
        return found.retrieval, instead
    lead = f"{len(entries)} named in {documents_of(entries)}."
    asked = "day" if "when" in reading.attributes else ", ".join(reading.attributes)
    told = [entry.label for entry in entries]
    without = [each.label for each in plain if _same(each.label, told) not in told]
    missing = [f"No {asked} found for {', '.join(without)}."] if without else []
    missing.append(
        f"Only what a sentence names as “{' '.join(reading.things)}” is listed; others may be missing."
    )
    return retrieval, Digest("list", lead, tuple(entries), asked.capitalize(), tuple(missing))


def _speaking_of(
    reading: Reading, retriever: HybridRetriever, filters: Filters, found: Gathered
) -> list[Article]:
    """The documents that have the kind's words, those found by the search among them, the oldest first."""
    ids: dict[str, None] = {}
    for kind in kinds_of(reading.things[-1]):
        words = " ".join((*reading.things[:-1], kind))
        for passage in retriever.lexical.with_most(words, _PASSAGES, filters):
            ids.setdefault(passage.rpartition("-")[0])
    searched = dict.fromkeys(hit.article.id for hit in found.retrieval.hits)
    chosen = list(searched | ids)[:_DOCUMENTS]
    return sorted(retriever.library.articles_by_id(chosen).values(), key=day_of)


def _with(retrieval: Retrieval, articles: Sequence[Article], library: Library) -> Retrieval:
    """The search with the first passages of the further documents that were read after its own."""
    known = {hit.article.id for hit in retrieval.hits}
    more = [(each, library.passages_of(each.id)[:1]) for each in articles if each.id not in known]
    hits = [
        Hit(first[0], article, 0.0, len(retrieval.hits) + at)
        for at, (article, first) in enumerate(more, start=1)
        if first
    ]
    return replace(retrieval, hits=(*retrieval.hits, *hits))


def _plain(named: Sequence[Mention], retrieval: Retrieval) -> list[Entry]:
    numbers = numbered(retrieval.hits)
    quotes: dict[str, dict[Citation, None]] = {}
    for each in named:
        name = _same(each.name, quotes)
        quotes.setdefault(name, {})[_quote(each.article, each.sentence, numbers)] = None
    return [Entry(name, (), tuple(quotes[name])[:_QUOTES]) for name in sorted(quotes)]


def _same(name: str, known: Iterable[str]) -> str:
    """The name under which a thing is listed already: "Asim Bajwa" for "Bajwa", "Eastbay" for "East Bay"."""
    words, joined = set(fold(name).split()), "".join(fold(name).split())
    same = (
        each for each in known if words <= set(fold(each).split()) or joined == "".join(fold(each).split())
    )
    return next(same, name)


def _with_values(
    reading: Reading,
    articles: Sequence[Article],
    named: Sequence[Mention],
    retrieval: Retrieval,
    parser: Parser,
) -> list[Entry]:
    """A row for each item that a value is told of."""
    numbers = numbered(retrieval.hits)
    names = sorted({each.name for each in named}, key=len, reverse=True)
    told: dict[str, dict[str, Citation]] = {}
    for article in articles:
        own = [each for each in named if each.article.id == article.id]
        for span in sentences(article):
            for at, value in values(reading, article, span, parser):
                for name in owners(article, span, at, names, own):
                    quote = _quote(article, span, numbers)
                    told.setdefault(name, {}).setdefault(value, quote)
    return [
        Entry(name, tuple(told[name])[:_VALUES], tuple(dict.fromkeys(list(told[name].values())[:_VALUES])))
        for name in sorted(told)
    ]


def _without_names(reading: Reading, found: Gathered, parser: Parser) -> Digest | None:
    """Where nothing is named: what happened on which day if days are asked for, else what documents tell."""
    dated = _dated(reading, found, parser) if {"date", "day"} & {*reading.attributes} else None
    return dated or _documents(reading, found)


def _dated(reading: Reading, found: Gathered, parser: Parser) -> Digest | None:
    """Events of the kind by their days: "List the attacks with their dates"."""
    told: dict[tuple[dt.date, dt.date], dict[Citation, None]] = {}
    for each in sorted(found.candidates, key=lambda each: day_of(each.article)):
        for day in happened(reading, each.article, each.span, parser):
            told.setdefault((day.date, day.until), {})[found.cited(each)] = None
    if len(told) < 2:
        return None
    entries = tuple(Entry(days_in_words(*days), (), tuple(told[days])[:_QUOTES]) for days in sorted(told))
    lead = f"{many(len(entries), 'dated event')} in {documents_of(entries)}, the oldest first."
    return Digest(
        "list", lead, entries, missing=("Only what a sentence dates is listed; others may be missing.",)
    )


def _documents(reading: Reading, found: Gathered) -> Digest | None:
    """The best sentence of each document that tells what is asked of the kind."""
    kinds = content(" ".join(kinds_of(reading.things[-1])))
    spoken = [content(" ".join(vocabulary()["spoken"].get(each, []))) for each in reading.attributes]
    telling = [
        (each, content(in_other_words(reading.topic, f"{each.article.title} {each.text}")))
        for each in found.candidates
        if all(not stems or stems & content(each.text) for stems in spoken)
    ]
    wanted = content(reading.topic) - kinds
    whole = [each for each, stems in telling if wanted and wanted <= stems]
    of_kind = [each for each, stems in telling if kinds & stems]
    bearing = whole if len({each.article.id for each in whole}) > 1 else of_kind or whole
    documents = of_each_document(
        "summary", replace(found, candidates=tuple(bearing)), " ".join(reading.attributes)
    )
    if not documents:
        return None
    entries = tuple(
        Entry(article.title, (), tuple(map(found.cited, told[:1]))) for article, told in documents
    )
    lead = f"{many(len(entries), 'document')} on {reading.topic}, the oldest first."
    return Digest("list", lead, entries, missing=("Others may be missing.",))


def _quote(article: Article, span: Span, numbers: dict[str, int]) -> Citation:
    return cite(article, *span, numbers[article.id])
