"""A question as a Tantivy query: its words, weighted by field, and their other spellings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

import tantivy
from tantivy import FieldType, Occur, Query

from qa.core.types import Day, Filters
from qa.dates.find import find_days
from qa.text.stems import content
from qa.text.terms import terms

# Chosen on both halves of SQuAD and MultiHop-RAG; halving or doubling `text` or `wide` changes less than
# 0.01.
FIELD_WEIGHTS = {"text": 0.5, "wide": 0.5, "title": 0.5}
PAIR_WEIGHT = 0.25
DAY_WEIGHT = 0.5
SLIP_WEIGHT = 3.0  # A fuzzy match scores a constant 1, a rare word's BM25 some 5.
ACRONYM_WEIGHT = 0.5
_COMMON_SHARE = 0.2  # Words in more passages than this make no pairs: "of the" tells nothing.
# In a large library, words in more passages than this are not searched for: they cost most of the time and
# hardly change the order.
_EMPTY_SHARE = 0.5
_EMPTY_PASSAGES = 1_000
_LONGEST_NAME_TERMS = 7
_LATEST = 99_991_231


def day_terms(days: Sequence[Day]) -> Iterator[str]:
    """A term for each day and each month that a text names: 2024-01-21, 2024-01."""
    for day in days:
        if (day.until - day.date) > dt.timedelta(days=31):
            continue
        yield f"{day.date:%Y-%m}"
        if day.date == day.until:
            yield f"{day.date:%Y-%m-%d}"


def day_number(day: dt.date | None) -> int:
    """A day as Tantivy compares it: 2024-01-21 is 20240121, no date is 0."""
    return 0 if day is None else day.year * 10_000 + day.month * 100 + day.day


class LexicalQuery:
    """Builds queries against one state of the index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, *, headed: bool = True) -> None:
        self._searcher = searcher
        self._schema = schema
        self._fields = {name: each for name, each in FIELD_WEIGHTS.items() if headed or name != "title"}

    def build(self, question: str, languages: Sequence[str]) -> Query | None:
        """The query that a question makes, None when it has no words.

        Args:
            languages: those of the library; the question's words are stemmed in each.
        """
        parts: list[Query] = []
        for asked in dict.fromkeys(tuple(terms(question, language)) for language in languages):
            parts.extend(self._words(asked))
            parts.extend(self._pairs(asked))
            parts.extend(self._acronyms(asked))
        parts.extend(self._days(question))
        return Query.boolean_query([(Occur.Should, part) for part in parts]) if parts else None

    def most_words(self, question: str, languages: Sequence[str]) -> tuple[tantivy.Query, float] | None:
        """A query that sums the weight of the question's words that a passage has, with its neighbours and
        headline; and half the weight of all its words. None when it has no words.

        The question is read in that language of the library in which most of its words are found.
        """
        from tantivy import Occur, Query

        readings = dict.fromkeys(content(question, language) for language in languages)
        asked = max(readings, key=lambda stems: sum(map(self._passages, stems)))
        rarities = {
            term: log(1 + self._searcher.num_docs / (1 + self._passages(term))) for term in sorted(asked)
        }
        parts = []
        for term, rarity in rarities.items():
            either = [
                (Occur.Should, Query.term_query(self._schema, field, term, "freq"))
                for field in ("wide", "title")
            ]
            once = Query.const_score_query(Query.boolean_query(either), 1.0)
            parts.append((Occur.Should, Query.boost_query(once, rarity)))
        return (Query.boolean_query(parts), sum(rarities.values()) / 2) if parts else None

    def known(self, question: str, languages: Sequence[str]) -> float:
        """The share of a question's words that the library has, 0..1, in the language that has the most."""
        readings = {content(question, language) for language in languages} - {frozenset()}
        shares = [sum(self._passages(term) > 0 for term in each) / len(each) for each in readings]
        return max(shares, default=1.0)

    def _passages(self, term: str) -> int:
        """About how many passages have a term, in their text, their neighbours or their headline."""
        return max(self._searcher.doc_freq(field, term) for field in ("wide", "title"))

    def _words(self, asked: Sequence[str]) -> Iterator[Query]:
        most = max(_EMPTY_PASSAGES, _EMPTY_SHARE * self._searcher.num_docs)
        for term in dict.fromkeys(asked):
            for field, weight in self._fields.items():
                if self._searcher.doc_freq(field, term) <= most:
                    yield self._term(field, term, weight)
            if self._is_slip(term):
                yield self._fuzzy(term)

    def _pairs(self, asked: Sequence[str]) -> Iterator[Query]:
        common = _COMMON_SHARE * self._searcher.num_docs
        telling = [0 < self._searcher.doc_freq("text", term) <= common for term in asked]
        for at in range(len(asked) - 1):
            if telling[at] and telling[at + 1] and asked[at] != asked[at + 1]:
                pair = Query.phrase_query(self._schema, "text", [asked[at], asked[at + 1]])
                yield Query.boost_query(pair, PAIR_WEIGHT)

    def _acronyms(self, asked: Sequence[str]) -> Iterator[Query]:
        """The long forms of the question's acronyms, and the acronyms of its long forms, in the library."""
        for term in dict.fromkeys(asked):
            long = self._long_form(term)
            if long:
                phrase = Query.phrase_query(self._schema, "text", [*long.split()])
                yield Query.boost_query(phrase, ACRONYM_WEIGHT)
        for first in range(len(asked) - 1):
            for last in range(first + 2, min(first + _LONGEST_NAME_TERMS, len(asked)) + 1):
                short = self._short_form(" ".join(asked[first:last]))
                if short:
                    yield self._term("text", short, ACRONYM_WEIGHT)

    def _long_form(self, short: str) -> str | None:
        return self._other_form("short", short, 1)

    def _short_form(self, long: str) -> str | None:
        return self._other_form("long", long, 0)

    def _other_form(self, field: str, form: str, other: int) -> str | None:
        """The other form (acronym or long form) that most passages introduce together with this one."""
        if not self._searcher.doc_freq(field, form):
            return None
        found = self._searcher.search(Query.term_query(self._schema, field, form), 20, count=False)
        pairs = [
            pair.split("\t")
            for _, address in found.hits
            for pair in self._searcher.doc(address).get_all("introduces")
        ]
        counts = Counter(pair[other] for pair in pairs if pair[1 - other] == form)
        return counts.most_common(1)[0][0] if counts else None

    def _days(self, question: str) -> Iterator[Query]:
        for term in dict.fromkeys(day_terms(find_days(question, dt.date.today()))):
            yield self._term("days", term, DAY_WEIGHT)

    def _is_slip(self, term: str) -> bool:
        if len(term) <= 4 or not term.isalpha():
            return False
        return not any(self._searcher.doc_freq(field, term) for field in ("text", "title"))

    def _fuzzy(self, term: str) -> Query:
        """Words that differ by one letter (added, dropped, changed, or two swapped); long words by two."""
        distance = 1 if len(term) < 9 else 2
        return Query.boost_query(Query.fuzzy_term_query(self._schema, "text", term, distance), SLIP_WEIGHT)

    def _term(self, field: str, term: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, field, term, "freq"), weight)


def filtered(asked: Query, filters: Filters, schema: tantivy.Schema) -> Query:
    """The query with the filters, which do not change scores."""
    must: list[tuple[Occur, Query]] = [(Occur.Must, asked)]
    if filters.since or filters.until:
        since = max(1, day_number(filters.since))  # 0 is an unknown date, which is in no interval.
        until = day_number(filters.until) or _LATEST
        dates = Query.range_query(schema, "published", FieldType.Integer, since, until)
        must.append((Occur.Must, Query.const_score_query(dates, 0.0)))
    for field, wanted in filters.listed().items():
        values = [value.casefold() for value in wanted]
        chosen = Query.const_score_query(Query.term_set_query(schema, field, values), 0.0)
        must.append((Occur.Must, chosen))
    return Query.boolean_query(must) if len(must) > 1 else asked
