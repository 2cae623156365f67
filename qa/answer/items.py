"""Lists: the things of a kind that a library names, each with its quotes and the values asked of it.

An item is a name that stands in one phrase with what it is ("the Karot hydropower station"); a value
belongs to the item whose name stands before it in its sentence or, failing that, in the headline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.answer.broad import Reading, kinds_of, vocabulary
from qa.answer.gather import Gathered, day_of, gather, many, of_each_document
from qa.core.types import Article, Citation, Digest, Entry, Filters, Hit, Retrieval, numbered
from qa.search.retriever import HybridRetriever
from qa.store.library import Library
from qa.text.credits import CREDIT
from qa.text.sentences import DATELINE, spans_of_body
from qa.text.stems import content
from qa.text.terms import fold
from qa.verify.hard_facts import read
from qa.verify.parser import Parser
from qa.verify.spans import cite, is_order

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_PASSAGES = 400  # that have the kind's words
_DOCUMENTS = 60
_VALUES = 5  # of an item
_QUOTES = 3
_AND = {"and", ",", ", and", "&"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A thing of the kind: its name, and where it stands in its document."""

    name: str
    start: int
    sentence: Span
    article: Article


def listed(
    reading: Reading, retriever: HybridRetriever, parser: Parser, filters: Filters, today: dt.date | None
) -> tuple[Retrieval, Digest | None]:
    """What is listed, and what was searched; None where nothing of the kind is named."""
    head = reading.things[-1]
    places = head in vocabulary()["places"]
    topic = " ".join(
        word for word in reading.topic.split() if not places or not content(word) & content(head)
    )
    found = gather(topic, retriever, filters, today)
    if places:
        return found.retrieval, _places(reading, found, parser)
    articles = _speaking_of(reading, retriever, filters, found)
    retrieval = _with(found.retrieval, articles, retriever.library)
    mentions = [each for article in articles for each in _mentions(reading, article, parser)]
    entries = (
        _with_values(reading, articles, mentions, retrieval)
        if reading.attributes
        else _plain(mentions, retrieval)
    )
    if len(entries) < 2:
        return found.retrieval, _documents(reading, found)
    noun = " ".join(reading.things)
    documents = len({cited.article_id for entry in entries for cited in entry.citations})
    lead = f"{len(entries)} named in {many(documents, 'document')}."
    missing = f"Listed is what a sentence calls {noun} by name; others may be missing."
    column = ", ".join(reading.attributes).capitalize()
    return retrieval, Digest("list", lead, tuple(entries), column, (missing,))


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


def _sentences(article: Article) -> Iterator[Span]:
    for span in spans_of_body(article.body):
        if not CREDIT.match(article.body, *span) and not is_order(article, span):
            yield span


def _mentions(reading: Reading, article: Article, parser: Parser) -> list[_Mention]:
    kinds, modifiers = kinds_of(reading.things[-1]), reading.things[:-1]
    text = f"{article.title}\n{article.body}".casefold()
    phrases = [" ".join((*modifiers, kind)) for kind in kinds]
    whole = any(phrase in text for phrase in phrases)
    found = []
    for start, end in _sentences(article):
        sentence = article.body[start:end]
        dateline = DATELINE.match(sentence)
        begin = dateline.end() if dateline else 0
        if not any(kind in sentence.casefold() for kind in kinds):
            continue
        doc = parser.doc(sentence[begin:])
        for chunk in doc.noun_chunks if doc is not None else ():
            name = _named(chunk, kinds, modifiers, whole)
            if name:
                found.append(_Mention(name, start + begin + chunk.start_char, (start, end), article))
    return found


def _named(chunk: Phrase, kinds: Sequence[str], modifiers: Sequence[str], whole: bool) -> str:
    """The name in a phrase that says what it is; "" where it has none, or is of another kind.

    "The Karot hydropower station", "Prime Minister Imran Khan", "the coal power station at Port Qasim"; not
    "the Prime Minister's House".
    """
    head = next((token for token in chunk if token.lemma_.lower() in kinds), None)
    if head is None or not (head == chunk.root or head.dep_ == "compound"):
        return ""
    before = [token for token in chunk if token.i < head.i and token.dep_ != "poss"]
    last = before[-len(modifiers) :] if modifiers else []
    pairs = zip(reversed(modifiers), reversed(last), strict=False)
    said = all(modifier in (token.lemma_.lower(), *_ends(token)) for modifier, token in pairs)
    said = said and len(last) >= min(len(modifiers), 1)
    bare = whole and head.is_lower and all(token.pos_ in ("PROPN", "DET", "PUNCT") for token in before)
    if not said and not bare:
        return ""
    if head != chunk.root:
        return _proper(token for token in chunk if token.i > head.i)
    own = {*kinds, *modifiers}
    name = _proper(token for token in before if token.lemma_.lower() not in own)
    after = (child for child in head.children if child.dep_ == "prep" and child.lower_ == "at")
    placed = (each for preposition in after for each in preposition.children if each.pos_ == "PROPN")
    return name or next((_proper(each.subtree) for each in placed if not list(each.rights)), "")


def _ends(token: Token) -> Iterator[str]:
    """What a compound written as one word ends in: "power" of "hydropower"."""
    return (token.lower_[at:] for at in range(len(token)))


def _proper(tokens: Iterable[Token]) -> str:
    words = [token.text_with_ws for token in tokens if token.pos_ == "PROPN" or token.text == "-"]
    return "".join(words).strip(" -,'")


def _plain(mentions: Sequence[_Mention], retrieval: Retrieval) -> list[Entry]:
    numbers = numbered(retrieval.hits)
    quotes: dict[str, dict[Citation, None]] = {}
    for each in mentions:
        name = _same(each.name, quotes)
        quotes.setdefault(name, {})[_quote(each.article, each.sentence, numbers)] = None
    return [Entry(name, (), tuple(quotes[name])[:_QUOTES]) for name in sorted(quotes)]


def _same(name: str, known: dict[str, dict[Citation, None]]) -> str:
    """The name under which a thing is listed already: "Asim Bajwa" for "Bajwa"."""
    words = set(fold(name).split())
    return next((each for each in known if words <= set(fold(each).split())), name)


def _with_values(
    reading: Reading, articles: Sequence[Article], mentions: Sequence[_Mention], retrieval: Retrieval
) -> list[Entry]:
    """A row for each item that a value is told of."""
    numbers = numbered(retrieval.hits)
    names = sorted({each.name for each in mentions}, key=len, reverse=True)
    values: dict[str, dict[str, Citation]] = {}
    for article in articles:
        own = [each for each in mentions if each.article.id == article.id]
        for span in _sentences(article):
            for at, value in _values(reading, article, span):
                for name in _belonging(article, span, at, names, own):
                    quote = _quote(article, span, numbers)
                    values.setdefault(name, {}).setdefault(value, quote)
    rows = [
        Entry(
            name, tuple(values[name])[:_VALUES], tuple(dict.fromkeys(list(values[name].values())[:_VALUES]))
        )
        for name in sorted(values)
    ]
    return [*rows, *(each for each in _plain(mentions, retrieval) if each.label not in values)]


def _values(reading: Reading, article: Article, span: Span) -> Iterator[tuple[int, str]]:
    """The values of a sentence that are of an attribute's kind: where each stands, and its words."""
    sentence = article.body[slice(*span)]
    facts = read(sentence, article.published)
    data = vocabulary()
    for attribute in reading.attributes:
        if attribute in ("when", "day", "date"):
            yield from ((span[0] + day.start, day.text) for day in facts.days if day.date == day.until)
            continue
        spoken = content(" ".join(data["spoken"].get(attribute, [])))
        units = data["units"].get(attribute, [])
        if (spoken and not spoken & facts.stems) or not (units or spoken):
            continue
        for number in facts.numbers:
            if not number.ordinal and not number.percent and (number.unit in units or not units):
                unit = sentence[number.end :].split(" ")[1:2] if number.unit else []
                yield span[0] + number.start, " ".join([number.text, *unit]).rstrip(".,;:)")


def _belonging(
    article: Article, span: Span, at: int, names: Sequence[str], own: Sequence[_Mention]
) -> list[str]:
    """Whose a value is: the names last before it in its sentence, else the one that the headline names."""
    sentence = article.body[slice(*span)]
    placed = sorted((sentence.find(name), name) for name in names if name in sentence)
    before = [(start, name) for start, name in placed if span[0] + start < at]
    if before:
        chosen = [before[-1]]
        for start, name in reversed(before[:-1]):
            if sentence[start + len(name) : chosen[0][0]].strip() not in _AND:
                break
            chosen.insert(0, (start, name))
        return [name for _, name in chosen]
    if placed:
        return [placed[0][1]]
    return [each.name for each in own if each.name in article.title][:1]


def _places(reading: Reading, found: Gathered, parser: Parser) -> Digest | None:
    """Where something happened: the names after "in" and "at" that hang on a verb which tells of it."""
    quotes: dict[str, dict[Citation, None]] = {}
    occurring = content(" ".join([reading.topic, *vocabulary()["occur"]]))
    for candidate in sorted(found.candidates, key=lambda each: day_of(each.article)):
        dateline = DATELINE.match(candidate.text)
        for token in parser.doc(candidate.text[dateline.end() if dateline else 0 :]) or ():
            governed = token.dep_ == "pobj" and token.head.lower_ in ("in", "at") and token.pos_ == "PROPN"
            if (
                governed
                and content(token.head.head.lemma_) & occurring
                and not read(f"in {token.text}", candidate.article.published).days
            ):
                name = _proper(each for each in token.lefts) or ""
                quotes.setdefault(f"{name} {token.text}".strip(), {})[found.cited(candidate)] = None
    if not quotes:
        return None
    entries = tuple(Entry(name, (), tuple(quotes[name])[:_QUOTES]) for name in sorted(quotes))
    documents = len({cited.article_id for entry in entries for cited in entry.citations})
    lead = f"{many(len(entries), 'place')} named in {many(documents, 'document')}."
    return Digest("list", lead, entries, missing=("Listed is what a sentence names; others may be missing.",))


def _documents(reading: Reading, found: Gathered) -> Digest | None:
    """Where nothing is named: what each document tells of it."""
    if not found.candidates:
        return None
    documents = of_each_document("summary", found)
    entries = tuple(
        Entry(article.title, (), tuple(map(found.cited, told[:1]))) for article, told in documents
    )
    lead = f"{many(len(entries), 'document')} on {reading.topic}, the oldest first."
    return Digest("list", lead, entries, missing=("Others may be missing.",))


def _quote(article: Article, span: Span, numbers: dict[str, int]) -> Citation:
    return cite(article, *span, numbers[article.id])
