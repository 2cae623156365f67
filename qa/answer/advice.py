"""Advice for a refusal: what was looked for, and what to ask or add instead."""

from __future__ import annotations

import re

from qa.answer.vocabulary import vocabulary
from qa.core.settings import Settings
from qa.core.types import Filters, Retrieval
from qa.search.parts import without_publishers
from qa.verify.english import english_only, unproved
from qa.verify.hard_facts import facts_of, has_name

_COST = re.compile(r"\b(?:cost|price)s?\b", re.I)
_MANY = re.compile(r"\bhow many ([\w-]+)", re.I)


def unknown_names(question: str, retrieval: Retrieval) -> tuple[str, ...]:
    """Names of a question that none of the found articles has."""
    articles = {hit.article.id: hit.article for hit in retrieval.hits}.values()
    known = [facts_of(f"{article.title}\n{article.body}") for article in articles]
    asked = without_publishers(question, (article.publisher for article in articles))
    # The first word always has a capital: "Summarise" is no name.
    opening = len(question.split(maxsplit=1)[0]) if question.strip() else 0
    named = (name for name in facts_of(asked).names if name.start >= opening or len(name.words) > 1)
    return tuple(name.text for name in named if known and not any(has_name(name, facts) for facts in known))


def advice(question: str, retrieval: Retrieval, settings: Settings) -> tuple[str, ...]:
    """Sentences for a refusal, the most useful first."""
    said = []
    found = [hit.passage.text for hit in retrieval.hits]
    if english_only(settings) and (unread := unproved(question, found)):
        said.append(unread)
    names = unknown_names(question, retrieval)
    if names:
        said.append(f"No document found mentions {_listed(names)}. Check the spelling.")
    known = (
        tuple(name.text for name in facts_of(question).names if name.text not in names)
        if retrieval.hits
        else ()
    )
    fact = _asked_for(question)
    if fact and known and not names:
        said.append(f"No {fact} found for {_listed(known)}.")
    filters = retrieval.filters
    if filters.until and filters == Filters(until=filters.until):
        said.append(f"Only what was published by {filters.until:%-d %B %Y} was searched; ask of a later day.")
    elif filters:
        said.append("Only part of the library was searched; ask again without filters.")
    elif retrieval.timeframe is not None and not retrieval.timeframe.latest:
        said.append(f"It was asked of a time ({retrieval.timeframe.text}); ask again without it.")
    if known and not names:
        return (*said, "Ask about what the closest documents do say, or add others.")
    about = _listed(names or tuple(name.text for name in facts_of(question).names)) or "this"
    said.append(f"Add documents that speak of {about}, or ask about what the nearest ones do say.")
    return tuple(said)


def _asked_for(question: str) -> str:
    """The attribute that a question asks for: "length", "number of beds"; "" if its words don't tell."""
    asked = question.strip().casefold()
    if _COST.search(asked):
        return "cost"
    if many := _MANY.search(asked):
        return f"number of {many[1]}"
    return next((fact for words, fact in vocabulary()["asked"].items() if asked.startswith(words)), "")


def _listed(names: tuple[str, ...]) -> str:
    quoted = list(dict.fromkeys(names))
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}" if quoted else ""
