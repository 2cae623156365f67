"""The people, places and organisations that a text names.

No entity recogniser comes with the parser, so what stands in and about a name tells what it names: a post
before it ("Foreign Secretary Sun Weidong"), a body's word in it ("the National Highway Authority"), "in"
before it. One text's signs are few; `kind` weighs those of a whole library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from qa.text.acronyms import introduced
from qa.text.credits import without_credits
from qa.text.demonyms import is_demonym
from qa.text.english import SAYING, patterns
from qa.text.facts import names
from qa.text.sentences import DATELINE, spans_of_body
from qa.text.terms import fold

Kind = Literal["person", "place", "organisation"]

_SHARE: dict[Kind, float] = {"person": 0.3, "organisation": 0.3, "place": 0.25}  # of its mentions, at least
_MOST_WORDS = 7
_ABOUT_CHARS = 32  # that are read on each side of a name
_WORDS = patterns(__name__)
_POST = re.compile(rf"(?:{_WORDS['posts']})\.?", re.IGNORECASE)
_BODY = re.compile(rf"(?:{_WORDS['bodies']})s?", re.IGNORECASE)
_GROUND = re.compile(rf"(?:{_WORDS['grounds']})", re.IGNORECASE)
_AT = re.compile(rf"\b(?:{_WORDS['at']})\s(?:the\s)?$", re.IGNORECASE)
_GROUND_AFTER = re.compile(rf"\s(?:{_WORDS['grounds']})\b")
_SAID = re.compile(rf"\s?,?\s(?:has\s|also\s)?(?:{'|'.join(SAYING)})\b")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_JOIN = re.compile(r"\s(?:and|for)\s")
_SMALL = re.compile(r"(?:of|the|and|for|bin|al|de|e|ul)$")


@dataclass(slots=True)
class Signs:
    """How often a name is mentioned, and how many mentions show each kind."""

    mentions: int = 0
    of: dict[Kind, int] = field(default_factory=lambda: {"person": 0, "place": 0, "organisation": 0})

    def add(self, other: Signs) -> None:
        """Counts another text's signs in."""
        self.mentions += other.mentions
        for kind, n in other.of.items():
            self.of[kind] += n


def signs(body: str, place: str | None = None, speakers: Iterable[str] = ()) -> dict[str, Signs]:
    """The names in a text and the signs of what they name.

    Args:
        body: the text.
        place: where it was written, if that is known.
        speakers: who is reported to say something.
    """
    found: dict[str, Signs] = {}
    body = without_credits(body)
    for start, end in spans_of_body(body):
        sentence = body[start:end]
        dateline = DATELINE.match(sentence)
        for name, kind in _in_sentence(sentence[dateline.end() if dateline else 0 :]):
            sign = found.setdefault(name, Signs())
            sign.mentions += 1
            if kind:
                sign.of[kind] += 1
    _whole(found, dict(introduced(body)))
    for kind, told in (("place", [place or ""]), ("person", speakers)):
        for name in told:
            if name in found and (kind == "place" or _can_be_a_person(name)):
                found[name].of[kind] += 1  # type: ignore[index]
    return found


def mentioned(body: str) -> list[str]:
    """The names that a text mentions more than once, the most mentioned first."""
    found = {name: sign.mentions for name, sign in signs(body).items() if sign.mentions > 1}
    return sorted((name for name in found if not _is_people(name)), key=lambda name: (-found[name], name))


def kind(name: str, sign: Signs) -> Kind | None:
    """What a name names, by the signs of all texts; None where they do not tell."""
    if name in _countries():
        return "place"
    if _is_people(name):
        return None
    best: Kind = max(sign.of, key=lambda each: sign.of[each])
    if best == "person" and len(name.split()) == 1:
        return None  # A surname alone may be anybody's.
    if best == "place" and name.isupper():
        return None
    enough = sign.of[best] >= max(2 if best == "place" else 1, _SHARE[best] * sign.mentions)
    return best if enough and sign.of[best] > sum(sign.of.values()) / 2 else None


def _in_sentence(sentence: str) -> Iterator[tuple[str, Kind | None]]:
    for found in names(sentence):
        at = found.start
        for part in _parts(found.text):
            at = sentence.find(part, at)
            before = sentence[max(0, at - _ABOUT_CHARS) : at]
            at += len(part)
            after = sentence[at : at + _ABOUT_CHARS]
            name, sign = _read(part)
            if name and len(name.split()) <= _MOST_WORDS:
                yield name, sign or _about(name, before, after)


def _about(name: str, before: str, after: str) -> Kind | None:
    """What the words about a name show."""
    if _AT.search(before) or _GROUND_AFTER.match(after):
        return "place"
    return "person" if _can_be_a_person(name) and _SAID.match(after) else None


def _can_be_a_person(name: str) -> bool:
    """Whether a name has two words or more, and no country's ("Pakistan Today said")."""
    return " " in name and not _countries().intersection(name.split())


def _parts(text: str) -> Iterator[str]:
    """The names in a run of capitals: two in "China's Vice Minister", one in a ministry "of A and B"."""
    for piece in _POSSESSIVE.split(text):
        words = piece.split()
        joined = _JOIN.split(piece.strip())
        whole = words and (
            _BODY.fullmatch(words[0]) or (_BODY.fullmatch(words[-1]) and not _stands_alone(joined[0]))
        )
        yield from [piece.strip()] if whole else filter(None, joined)


def _stands_alone(part: str) -> bool:
    """Whether the first of joined words is a name by itself: a country, a body."""
    return part in _countries() or bool(_BODY.fullmatch(part.split()[-1]))


def _read(part: str) -> tuple[str, Kind | None]:
    """A name without the posts before it, and what its words show; "" for a post alone."""
    words = part.split()
    posts = [at for at, word in enumerate(words) if _POST.fullmatch(word)]
    if posts and not any(_BODY.fullmatch(word) for word in words):
        rest = words[posts[-1] + 1 :]
        if not rest or _SMALL.fullmatch(rest[0]):
            return "", None
        return " ".join(rest), "person"
    if _BODY.fullmatch(words[-1]) or (_BODY.fullmatch(words[0]) and len(words) > 1):
        return (part, "organisation") if len(words) > 1 else ("", None)
    if _GROUND.fullmatch(words[-1]):
        return (part, "place") if len(words) > 1 else ("", None)
    return part, None


def _whole(found: dict[str, Signs], long_forms: dict[str, str]) -> None:
    """Counts a surname and an acronym as the full name that the text has as well."""
    full = {name.split()[-1]: name for name, sign in found.items() if " " in name and sign.of["person"]}
    for short in [each for each in found if " " not in each]:
        whole = full.get(short) or long_forms.get(short)
        if whole in found:
            found[whole].add(found.pop(short))


@lru_cache(maxsize=65_536)
def _is_people(name: str) -> bool:
    """Whether a name is what a country's people are called: "Chinese"."""
    return any(is_demonym(country, fold(name)) for country in _folded_countries())


@cache
def _folded_countries() -> tuple[str, ...]:
    return tuple(map(fold, _countries()))


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").territories.values())
