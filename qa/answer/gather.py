"""Gathers the sentences of a library on a topic, some of each document, for broad questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.answer.matching import without_time
from qa.answer.vocabulary import spoken_of, units_of, vocabulary
from qa.core.types import Article, Citation, DigestKind, Entry, Filters, Retrieval, Timeframe, numbered
from qa.dates.find import find_days
from qa.search import timeframe
from qa.search.retriever import HybridRetriever
from qa.search.sentence_ranking import Candidate, Coverage, ranked
from qa.text.facts import Name, Number, names
from qa.text.stems import content
from qa.verify.hard_facts import facts_of, has_name
from qa.verify.spans import cite, is_order

PASSAGES = 32
_MOST = 0.5  # The share of the topic's words, weighted by rarity, that a sentence and its headline must have.
_MAGNITUDES = ("million", "billion", "trillion")
_FOLLOWING = 2  # sentences after a document's first, which continue it
_DOCUMENTS: dict[DigestKind, int] = {"summary": 8, "who": 8, "latest": 4, "change": 10}
_SENTENCES: dict[DigestKind, int] = {"summary": 3, "who": 2, "latest": 2, "change": 3}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found for a topic: the search, and the sentences with most of its words, the best first."""

    retrieval: Retrieval
    candidates: tuple[Candidate, ...]

    @property
    def documents(self) -> int:
        """How many documents the sentences are from."""
        return len({each.article.id for each in self.candidates})

    def cited(self, candidate: Candidate) -> Citation:
        """A sentence as a quote, under its document's number."""
        numbers = numbered(self.retrieval.hits)
        return cite(candidate.article, *candidate.span, numbers[candidate.article.id])


def gather(
    topic: str,
    retriever: HybridRetriever,
    filters: Filters,
    today: dt.date | None,
    *,
    named: bool = False,
    following: bool = False,
) -> Gathered:
    """The sentences on a topic, within its time if it names one.

    Args:
        topic: the words to search for.
        retriever: searches the library.
        filters: what may be searched.
        today: from which "last year" counts; the clock's if None.
        named: whether a sentence must have the topic's names itself.
        following: whether the sentences after a document's first one are added at the end.
    """
    about = without_time(topic)
    found = retriever.search(about, filters=filters, k=PASSAGES, today=today)
    asked = timeframe.find_timeframe(f"What about {topic}?", today or dt.date.today())
    if asked is not None:
        found = replace(found, timeframe=asked)
    candidates = [
        each
        for each in ranked(about, found.hits, retriever.sentence_scores)
        if not is_order(each.article, each.span) and _from(asked, each)
    ]
    texts = [in_other_words(about, f"{each.article.title}. {each.text}") for each in candidates]
    coverage, wanted = Coverage(about, texts), names(about)
    bearing = [
        each
        for each, text in zip(candidates, texts, strict=True)
        if coverage.of(text) > _MOST
        and _has_names(wanted, text)
        and (not named or _has_last(wanted, each.text))
    ]
    if following:
        led = {each.article.id for each in bearing if each.index == 0}
        rest = [each for each in candidates if each not in bearing and 0 < each.index <= _FOLLOWING]
        bearing += [each for each in rest if each.article.id in led]
    return Gathered(found, tuple(bearing))


def many(number: int, noun: str) -> str:
    """1 document, 2 documents."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def documents_of(entries: Iterable[Entry]) -> str:
    """How many documents some entries quote: "2 documents"."""
    return many(len({cited.article_id for entry in entries for cited in entry.citations}), "document")


def of_each_document(
    kind: DigestKind, found: Gathered, topic: str = ""
) -> list[tuple[Article, list[Candidate]]]:
    """The sentences to show of each document, in its order; the documents by their day."""
    chosen: dict[str, list[Candidate]] = {}
    units = units_of(topic)
    measured = [each for each in found.candidates if _is_measured(each, units)] if units else []
    spoken = spoken_of(topic)
    told = [each for each in measured if spoken & content(f"{each.article.title} {each.text}")]
    measured = told if told and not names(topic) else measured
    for candidate in _in_order(kind, measured or found.candidates):
        of_document = chosen.get(candidate.article.id, [])
        if not of_document and len(chosen) == _DOCUMENTS[kind]:
            continue
        if len(of_document) < _SENTENCES[kind]:
            chosen[candidate.article.id] = [*of_document, candidate]
    grouped = [(each[0].article, sorted(each, key=lambda one: one.index)) for each in chosen.values()]
    return sorted(grouped, key=lambda each: day_of(each[0]), reverse=kind == "latest")


def day_of(article: Article) -> dt.date:
    """The day of publication; the earliest day of all if it isn't known."""
    return article.published or dt.date.min


def days_in_words(since: dt.date, until: dt.date) -> str:
    """21 July 2022; July 2021 for a whole month; 4 May 2022 to 6 May 2022."""
    if since.day == 1 and until.month == since.month and (until + dt.timedelta(days=1)).day == 1:
        return f"{since:%B %Y}"
    return " to ".join(dict.fromkeys(f"{each:%-d %B %Y}" for each in (since, until)))


def _in_order(kind: DigestKind, candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """The best first: for changes leads and sentences with days, for news those of the newest document, for a
    summary leads, and sentences with days or figures before those without."""
    if kind == "change":
        return sorted(candidates, key=_changing)
    if kind == "summary":
        return sorted(
            candidates, key=lambda each: (each.index > 0, not (_has_day(each) or _has_figure(each)))
        )
    if kind == "latest":
        return sorted(candidates, key=lambda each: -day_of(each.article).toordinal())
    return candidates


def _changing(candidate: Candidate) -> tuple[bool, bool]:
    """Sort key for changes: leads and sentences with a day first, then those with figures."""
    return candidate.index > 0 and not _has_day(candidate), not _has_figure(candidate)


def _has_day(candidate: Candidate) -> bool:
    return bool(find_days(candidate.text, candidate.article.published))


def _has_figure(candidate: Candidate) -> bool:
    facts = facts_of(candidate.text, candidate.article.published)
    return any(number.unit for number in facts.numbers)


def is_in(number: Number, units: Sequence[str]) -> bool:
    """Whether a number has one of some units; "87 billion" alone counts as money if money is asked for."""
    bare = not number.unit and "usd" in units and number.text.endswith(_MAGNITUDES)
    return number.unit in units or bare


def _is_measured(candidate: Candidate, units: Sequence[str]) -> bool:
    facts = facts_of(candidate.text, candidate.article.published)
    return any(is_in(number, units) for number in facts.numbers)


def _from(asked: Timeframe | None, candidate: Candidate) -> bool:
    if asked is None or (asked.since is None and asked.until is None):
        return True
    published = candidate.article.published
    return timeframe.within(asked, published, find_days(candidate.text, published))


def in_other_words(topic: str, text: str) -> str:
    """A text with the topic's word added to a synonym of it: "plant (station)"."""
    kinds, stems = vocabulary()["kinds"], content(text)
    words = {stem: word for word in topic.split() for stem in content(word)}
    same = [
        words[stem] for kind in kinds for stem in content(kind) & words.keys() if _any_of(kinds[kind], stems)
    ]
    return f"{text} ({' '.join(same)})" if same else text


def _any_of(words: Sequence[str], stems: frozenset[str]) -> bool:
    return bool(content(" ".join(words)) & stems)


def _has_names(wanted: Sequence[Name], text: str) -> bool:
    facts = facts_of(text)
    return all(has_name(name, facts) for name in wanted)


def _has_last(wanted: Sequence[Name], text: str) -> bool:
    """Whether a text has the last word of each name."""
    return _has_names([replace(name, words=name.words[-1:]) for name in wanted], text)
