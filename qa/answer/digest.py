"""The answer to a broad question: quotes gathered by code. No model is asked, and nothing is reworded.

A summary shows dated quotes of each document; a list its items with quotes and values; a count what was
counted and in which documents. Each says what may be missing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answer.broad import Reading
from qa.answer.counting import counted
from qa.answer.gather import Gathered, gather, many, of_each_document
from qa.answer.items import listed
from qa.answer.matching import without_time
from qa.answer.prompts import REFUSAL
from qa.answer.provenance import provenance_of
from qa.answer.values import tells_of_another
from qa.answer.vocabulary import units_of, without_units
from qa.core.types import Answer, Citation, Claim, Digest, Entry, Filters, Retrieval, Timings
from qa.search.retriever import HybridRetriever
from qa.verify.parser import Parser

WRITER = "quotes alone"
"""Shown instead of a model's name."""
_NEAREST = 3


def digest(
    reading: Reading,
    retriever: HybridRetriever,
    parser: Parser,
    filters: Filters = Filters(),
    today: dt.date | None = None,
) -> tuple[Retrieval, Digest | None]:
    """The search for a broad question, and its digest; None if the library has nothing."""
    if reading.kind == "list":
        return listed(reading, retriever, parser, filters, today)
    topic = without_units(reading.topic) if reading.kind == "change" else reading.topic
    whole = reading.kind in ("summary", "latest")
    found = gather(topic, retriever, filters, today, named=reading.kind == "who", following=whole)
    if reading.kind == "count":
        return found.retrieval, counted(reading, found)
    units = units_of(reading.topic) if reading.kind == "change" else ()
    if units:
        told = (c for c in found.candidates if not tells_of_another(c, reading.topic, units, parser))
        found = replace(found, candidates=tuple(told))
    return found.retrieval, _grouped(reading, found) if found.candidates else None


def answered(question: str, standalone: str, retrieval: Retrieval, found: Digest) -> Answer:
    """A digest as an answer; its quotes are the claims."""
    quotes = list(dict.fromkeys(cited for entry in found.entries for cited in entry.citations))
    claims = tuple(Claim(" ".join(each.quote.split()), "supported", (), (each,)) for each in quotes)
    return Answer(
        question=question,
        standalone=standalone,
        status="answered",
        text="\n".join([found.lead, *map(_written, found.entries), *found.missing]),
        claims=claims,
        hits=retrieval.hits,
        model=WRITER,
        timings=Timings(retrieve_ms=retrieval.ms),
        basis=replace(provenance_of(retrieval.hits), as_of=retrieval.filters.until),
        timeframe=retrieval.timeframe,
        note=retrieval.note,
        digest=found,
    )


def refused(question: str, standalone: str, reading: Reading, retrieval: Retrieval) -> Answer:
    """The refusal for a topic of which the library has nothing."""
    return Answer(
        question=question,
        standalone=standalone,
        status="not_in_library",
        text=REFUSAL,
        claims=(),
        hits=retrieval.hits[:_NEAREST],
        model=WRITER,
        timings=Timings(retrieve_ms=retrieval.ms),
        basis=provenance_of(retrieval.hits[:_NEAREST]),
        timeframe=retrieval.timeframe,
        advice=(f"Nothing found on {reading.topic}. Check the spelling, or add documents that speak of it.",),
    )


def _grouped(reading: Reading, found: Gathered) -> Digest:
    documents = of_each_document(reading.kind, found, reading.topic)
    entries = [
        Entry(article.title, (), tuple(map(found.cited, sentences))) for article, sentences in documents
    ]
    if reading.kind == "change":
        entries = _by_year(entries)
    quotes = sum(len(entry.citations) for entry in entries)
    span = _span([article.published for article, _ in documents if article.published])
    topic = re.sub(r"\s(?:in|on|since|during|of)$", "", " ".join(without_time(reading.topic).split()))
    shown = f"{many(quotes, 'quote')} from {many(len(documents), 'document')}{span}"
    lead = {
        "latest": f"The newest on {topic}: {shown}, the newest first.",
        "change": f"On {topic} over time: {shown}, the oldest first.",
    }.get(reading.kind, f"On {topic}: {shown}.")
    left = found.documents - len(documents)
    missing = (f"{many(left, 'more document')} {'speaks' if left == 1 else 'speak'} of it.",) if left else ()
    return Digest(reading.kind, lead, tuple(entries), missing=missing)


def _by_year(entries: Sequence[Entry]) -> list[Entry]:
    years: dict[str, tuple[Citation, ...]] = {}
    for entry in entries:
        for cited in entry.citations:
            year = f"{cited.published:%Y}" if cited.published else "Undated"
            years[year] = (*years.get(year, ()), cited)
    return [Entry(year, (), citations) for year, citations in years.items()]


def _written(entry: Entry) -> str:
    numbers = "".join(f" [{number}]" for number in dict.fromkeys(each.number for each in entry.citations))
    return f"{entry.label}: {'; '.join(entry.values)}{numbers}" if entry.values else f"{entry.label}{numbers}"


def _span(days: Sequence[dt.date]) -> str:
    """The dates after a count of documents: ", 25 May 2017 to 26 August 2025"."""
    if not days:
        return ""
    return ", " + " to ".join(dict.fromkeys(f"{each:%-d %B %Y}" for each in (min(days), max(days))))
