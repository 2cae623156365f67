"""Whether a document calls a thing something else: a dog in the statement, an actress in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.facts import names
from qa.stems import content
from qa.terms import fold

Likeness = Callable[[str, Sequence[str]], float]
"""How alike a word is in meaning to the nearest of others, -1..1."""

ALIKE = 0.3
"""From this likeness on two nouns may name the same thing: writer and author, place and town.

Of 60 statements of fever_symmetric whose noun the text lacks, 40 of the 47 that lie below are false."""

_IS_A = re.compile(
    r"^(?P<subject>.+?)\s(?:is|was)\s(?:an?|the)\s(?P<kind>[a-z][\w-]*(?:\s[a-z][\w-]*){0,3})\s*\.?$"
)
_TOLD = re.compile(r"\s(?:is|was)\s(?:an?|the|one\sof\sthe)\s(?P<kind>[^.;:]{3,120})")
_NOUN = re.compile(r"\b[a-z]{3,}")


def other_kind(statement: str, text: str, likeness: Likeness) -> str | None:
    """The kind that a statement gives its subject, where a text that speaks of it gives it another.

    Only of "X is a K" against a text that begins with X and says what it is; None otherwise.
    """
    said, told = _IS_A.match(statement), _TOLD.search(text)
    if said is None or told is None or not _speaks_of(said["subject"], text[: told.start()]):
        return None
    kind = said["kind"].split()[-1]
    nouns = [word for word in _NOUN.findall(told["kind"]) if content(word)]
    if not nouns or content(kind) & content(text):
        return None
    return kind if likeness(kind, nouns) < ALIKE else None


def _speaks_of(subject: str, text: str) -> bool:
    words = {word for name in names(text) for word in name.words}
    return bool(words & set(re.findall(r"[^\W\d_]+", fold(subject))))
