"""Whether two answers to a question say the same: the facts that it asks for, not the wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.dates import same_day
from qa.expectation import expected
from qa.facts import Name
from qa.sides import TITLES
from qa.support import Facts, has_name, read
from qa.terms import fold
from qa.types import Answer

_JOINED = re.compile(r"\s(?:and|&)\s|[,;]\s")
_WHERE = re.compile(r"\bwhere\b", re.I)
_SAME_WORDS = 0.5  # Of what two answers without a name, day or figure add to their question.


def same(question: str, one: Answer, other: Answer) -> bool:
    """Whether two answers say the same: the facts that the question asks for, not the wording."""
    a, b = (one.brief, other.brief) if one.brief and other.brief else (_plain(one), _plain(other))
    if a.casefold().strip(" .") == b.casefold().strip(" ."):
        return True
    asked, first, second = read(question), read(a), read(b)
    shared = first.stems & second.stems
    if any((stem in first.denied) != (stem in second.denied) for stem in shared):
        return False
    wanted = expected(question)
    place = _WHERE.search(question) is not None  # "In Islamabad" and "in Islamabad, Pakistan"
    hard = [
        _agree(wanted in kinds, mine, theirs, place)
        for kinds, mine, theirs in (
            (("name", "any"), _names(first, asked, second), _names(second, asked, first)),
            (("number", "any"), _numbers(first, asked, second), _numbers(second, asked, first)),
            (("day", "any"), _days(first, asked, second), _days(second, asked, first)),
        )
    ]
    if False in hard or True in hard:
        return False not in hard
    added, added_too = first.stems - asked.stems, second.stems - asked.stems
    return len(added & added_too) >= _SAME_WORDS * max(1, min(len(added), len(added_too)))


def _agree(matters: bool, mine: Sequence[bool], theirs: Sequence[bool], either: bool) -> bool | None:
    """Whether facts of a kind agree both ways, or `either`; None where there are none or it's no matter."""
    if not matters or not (mine or theirs):
        return None
    if either and mine and theirs:
        return all(mine) or all(theirs)
    return all(mine) and all(theirs)


def _names(facts: Facts, asked: Facts, other: Facts) -> list[bool]:
    """For each name that an answer adds to its question, whether the other answer has it.

    In full or shortened, with whatever title: Syrus Qazi is Foreign Secretary Muhammad Syrus Sajjad Qazi.
    """
    known = [person for name in (*other.names, *asked.names) for person in _people(name)]
    return [
        has_name(name, other)
        or all(any(one <= each or each <= one for each in known) for one in _people(name))
        for name in facts.names
        if not has_name(name, asked)
    ]


def _people(name: Name) -> Iterator[frozenset[str]]:
    """The words of each of some joined names, without titles nor a place before one ("China's Vice")."""
    for part in _JOINED.split(name.text):
        words = [fold(word).removesuffix("'s") for word in part.replace("’", "'").split()]
        pairs = zip(words, [*words[1:], ""], strict=True)
        person = frozenset(word for word, after in pairs if not TITLES & {word, after})
        if person:
            yield person


def _numbers(facts: Facts, asked: Facts, other: Facts) -> list[bool]:
    new = [n for n in facts.numbers if not n.ordinal and not any(map(n.agrees, asked.numbers))]
    return [any(map(number.agrees, other.numbers)) for number in new]


def _days(facts: Facts, asked: Facts, other: Facts) -> list[bool]:
    new = [day for day in facts.days if not any(same_day(day, known) for known in asked.days)]
    return [any(same_day(day, said) or same_day(said, day) for said in other.days) for day in new]


def _plain(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.claims)
