"""Where something happened: the places that sentences name beside a verb which tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qa.answer.broad import Reading
from qa.answer.gather import Gathered, day_of, documents_of, many
from qa.answer.matching import without_time
from qa.answer.mentions import proper
from qa.answer.vocabulary import lemma, vocabulary
from qa.core.types import Citation, Digest, Entry
from qa.search.sentence_ranking import Candidate
from qa.text.sentences import DATELINE
from qa.text.stems import content
from qa.verify.hard_facts import facts_of
from qa.verify.parser import Parser

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUOTES = 3  # of a place


def places(reading: Reading, found: Gathered, parser: Parser) -> Digest | None:
    """The places where what a question asks for happened, each with its quotes; None where none is named."""
    wanted = content(without_time(reading.topic))
    verbs = {*vocabulary()["occur"], *reading.attributes}
    quotes: dict[str, dict[Citation, None]] = {}
    for candidate in sorted(found.candidates, key=lambda each: day_of(each.article)):
        if wanted <= content(f"{candidate.article.title} {candidate.text}"):
            for name in _named(candidate, verbs, parser):
                quotes.setdefault(name, {})[found.cited(candidate)] = None
    if not quotes:
        return None
    entries = tuple(Entry(name, (), tuple(quotes[name])[:_QUOTES]) for name in sorted(quotes))
    lead = f"{many(len(entries), 'place')} named in {documents_of(entries)}."
    return Digest(
        "list", lead, entries, missing=("Only what a sentence names is listed; others may be missing.",)
    )


def _named(candidate: Candidate, verbs: set[str], parser: Parser) -> Iterator[str]:
    dateline = DATELINE.match(candidate.text)
    for token in parser.doc(candidate.text[dateline.end() if dateline else 0 :]) or ():
        placed = token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near") and token.pos_ == "PROPN"
        if (
            placed
            and _happened(token, verbs)
            and not facts_of(f"in {token.text}", candidate.article.published).days
        ):
            yield f"{proper(token.lefts)} {token.text}".strip()


def _happened(place: Token, verbs: set[str]) -> bool:
    """Whether the nearest verb above a place is one of those: "held its first meeting in Beijing"."""
    verb = next((each for each in place.ancestors if each.pos_ in ("VERB", "AUX")), None)
    return verb is not None and lemma(verb) in verbs
