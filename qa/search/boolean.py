"""Boolean search: all documents of the library that have given words, not only the best.

A query is words and "exact phrases". An article must have all of them in its text or title, in any
inflection; it must not have those with a minus before them, and needs only one of two with OR between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from qa.core.types import Filters
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.listing import Row, rows_of
from qa.text.credits import CREDIT_WORDS, without_credits
from qa.text.terms import terms

Order = Literal["relevance", "newest", "oldest"]

_MOST_PASSAGES = 50_000
"""How many passages are read for one word, the best first; this bounds the time for a common word."""

_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_EITHER = "OR"
_Scored = dict[str, float]  # passages, by id


@dataclass(frozen=True, slots=True)
class Query:
    """What an article must have, one form of each group, and what it must not have."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The query as a reader would type it."""
        groups = [f" {_EITHER} ".join(map(_typed, forms)) for forms in self.wanted]
        return " ".join([*groups, *(f"-{_typed(phrase)}" for phrase in self.unwanted)])

    @property
    def forms(self) -> tuple[str, ...]:
        """All words and phrases that an article may have."""
        return tuple(form for forms in self.wanted for form in forms)

    def also(self, word: str, form: str) -> Query:
        """The query with another form as an alternative to a word."""
        return replace(self, wanted=tuple((*g, form) if word in g else g for g in self.wanted))

    def instead(self, word: str, form: str) -> Query:
        """The query with another form instead of a word."""
        changed = (tuple(form if each == word else each for each in group) for group in self.wanted)
        return replace(self, wanted=tuple(changed))


@dataclass(frozen=True, slots=True)
class Match:
    """An article that matches, and the passage in it that matches best."""

    row: Row
    passage_id: str
    score: float


def parse(text: str) -> Query:
    """Parses a query that a reader typed."""
    wanted: list[tuple[str, ...]] = []
    unwanted: list[str] = []
    either = False
    for part in _PART.finditer(text):
        phrase = (part["phrase"] or part["word"]).strip()
        if part["word"] == _EITHER:
            either = bool(wanted)
        elif not terms(phrase):
            continue
        elif part["minus"]:
            unwanted.append(phrase)
        elif either:
            wanted[-1] += (phrase,)
            either = False
        else:
            wanted.append((phrase,))
    return Query(tuple(wanted), tuple(unwanted))


def find(library: Library, lexical: Lexical, query: Query) -> tuple[Match, ...]:
    """All articles that match, the best first."""
    parts = _parts(library, lexical, query)
    bests = {id_: [_best(part[id_]) for part in parts] for id_ in parts[0]} if parts else {}
    matches = [
        # The passage to show is that of the rarest part, which scores highest.
        Match(row, max(bests[id_], key=_by_score)[0], sum(score for _, score in bests[id_]))
        for id_, row in rows_of(library, list(bests)).items()
    ]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.row.id)))


def is_whole(lexical: Lexical, query: Query) -> bool:
    """Whether all matching articles are found; false if every word of a query is too common."""
    return any(all(lexical.how_many(form) <= _MOST_PASSAGES for form in forms) for forms in query.wanted)


def passages(library: Library, lexical: Lexical, query: Query) -> tuple[str, ...]:
    """The ids of the passages that match best in each matching article."""
    parts = _parts(library, lexical, query)
    found: list[str] = []
    for id_ in parts[0] if parts else ():
        having = Counter(passage for part in parts for passage in part[id_])
        most = max(having.values())
        found += [passage for passage, n in having.items() if n == most]
    return tuple(found)


def ordered(matches: Sequence[Match], order: Order) -> Sequence[Match]:
    """Matches in another order; they come the best first. Those without a date are last."""
    if order == "relevance":
        return matches
    dated = sorted(
        (match for match in matches if match.row.published),
        key=lambda match: (match.row.published or date.min, match.row.id),
        reverse=order == "newest",
    )
    return [*dated, *(match for match in matches if not match.row.published)]


def marked(text: str, query: Query, language: str | None) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a word of the query."""
    wanted = {term for form in query.forms for term in terms(form, language)}
    spans = [m.span() for m in _WORD.finditer(text) if wanted.issuperset(terms(m.group(), language) or [""])]
    # In scripts without spaces a word is a part of the matched text.
    runs = [form for form in query.forms if len(terms(form)) > 1 and " " not in form]
    spans += [m.span() for form in runs for m in re.finditer(re.escape(form), text, re.IGNORECASE)]
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _parts(library: Library, lexical: Lexical, query: Query) -> list[dict[str, _Scored]]:
    """For each part of a query: the articles that match the whole query, and their passages with the part."""
    rarest_first = sorted(query.wanted, key=lambda forms: sum(map(lexical.how_many, forms)))
    parts: list[dict[str, _Scored]] = []
    for forms in rarest_first:
        parts.append(_with_any(library, lexical, forms, parts[-1] if parts else None))
    if not parts:
        return []
    ids = set(parts[-1])
    if query.unwanted:
        ids -= _with_any(library, lexical, query.unwanted, parts[-1]).keys()
    return [{id_: part[id_] for id_ in ids} for part in parts]


def _with_any(
    library: Library, lexical: Lexical, forms: Sequence[str], among: Collection[str] | None
) -> dict[str, _Scored]:
    """The articles that have a word, or words in this order, and their passages that have it."""
    found: dict[str, _Scored] = {}
    for form in forms:
        if among is not None and lexical.how_many(form) > _MOST_PASSAGES:
            hits = lexical.with_phrase(form, _MOST_PASSAGES, Filters(articles=tuple(among)))
        else:
            hits = lexical.with_phrase(form, _MOST_PASSAGES)
        credited = _only_credited(library, lexical, [passage for passage, _ in hits], form)
        for passage, score in hits:
            article = passage.rpartition("-")[0]
            if passage not in credited and (among is None or article in among):
                found.setdefault(article, {})[passage] = score
    return found


def _only_credited(library: Library, lexical: Lexical, passages: Collection[str], form: str) -> set[str]:
    """Those of some passages that have a word or phrase only in the credits."""
    credited = _credited(library, lexical, library.generation()).intersection(passages)
    texts = library.passages_by_id(credited)
    return {
        id_
        for id_, passage in texts.items()
        if _holds(passage.text, form) and not _holds(without_credits(passage.text), form)
    }


@lru_cache(maxsize=2)
def _credited(library: Library, lexical: Lexical, generation: int) -> frozenset[str]:
    """The passages that have a credit, as far as the word index tells."""
    return frozenset(
        passage for words in CREDIT_WORDS for passage, _ in lexical.with_phrase(words, _MOST_PASSAGES)
    )


def _holds(text: str, form: str) -> bool:
    wanted, there = terms(form), terms(text)
    return any(there[at : at + len(wanted)] == wanted for at in range(len(there)))


def _best(scored: _Scored) -> tuple[str, float]:
    return max(scored.items(), key=_by_score)


def _by_score(each: tuple[str, float]) -> float:
    return each[1]


def _typed(phrase: str) -> str:
    return f'"{phrase}"' if " " in phrase else phrase
