"""A document in short: three of its own sentences, and questions that it answers."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from qa.core.types import Article
from qa.store import named
from qa.store.library import Library
from qa.text.credits import CREDIT
from qa.text.english import small
from qa.text.facts import numbers
from qa.text.sentences import DATELINE, spans_of_body
from qa.text.stems import content
from qa.text.terms import fold
from qa.verify.spans import is_order
from qa.web.engine import engine

_LINES = 3
_FEWEST = 6  # sentences of a document that is worth shortening
_READ = 200  # sentences
_CHARS = range(40, 321)
_LEANING = small("persons", "possessives", "pointing")
_WITH_FIGURES = 1.3  # how much more a sentence with a number counts


def lines(article: Article) -> tuple[str, ...]:
    """The first sentence of a document and the two that have most of what the whole speaks of, as they stand.

    None of a document that is short by itself.
    """
    spans = [
        (start, end)
        for start, end in spans_of_body(article.body)[:_READ]
        if end - start in _CHARS
        and not CREDIT.match(article.body, start, end)
        and not is_order(article, (start, end))
        and not _leans_on_another(article.body[start:end])
    ]
    if len(spans) < _FEWEST:
        return ()
    said = [DATELINE.sub("", article.body[start:end]) for start, end in spans]
    stems = [content(each, article.language) for each in said]
    spoken_of = Counter(stem for each in (*stems, content(article.title, article.language)) for stem in each)
    chosen, told = [0], set(stems[0])
    while len(chosen) < _LINES:
        # Words that stand in a chosen line already add nothing.
        best = max(
            (at for at in range(len(said)) if at not in chosen),
            key=lambda at: (
                sum(spoken_of[stem] - 1 for stem in stems[at] - told)
                / (len(stems[at]) + 5)
                * (_WITH_FIGURES if numbers(said[at]) else 1)
            ),
        )
        chosen.append(best)
        told |= stems[best]
    return tuple(" ".join(said[at].split()) for at in sorted(chosen))


def _leans_on_another(sentence: str) -> bool:
    """Whether a sentence begins with a word for what the one before it names: "She expected ..."."""
    return fold(sentence.split()[0]) in _LEANING


def questions(library: Library, article: Article) -> tuple[str, ...]:
    """Up to three questions that a document answers."""
    return _questions(library.generation(), engine().named, article.id, library, article)


@st.cache_data(show_spinner=False, max_entries=256)
def _questions(
    generation: int, names_of: int | None, id_: str, _library: Library, _article: Article
) -> tuple[str, ...]:
    from qa.suggest.followups import of_document

    return of_document(_article, _library.passages_of(id_), named.mentioned(_library, id_))
