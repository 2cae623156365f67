"""The hard facts of a statement: its numbers, days and names, and the words that it quotes.

A small model is weak at them, so code compares them as values: "62 billion" is "$62bn", "3rd" is "third",
"JWG" is "Joint Working Group". A text that lacks one does not entail the statement, but need not contradict
it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.core.types import Day
from qa.dates.find import find_days, same_day
from qa.text.demonyms import same_people
from qa.text.english import patterns
from qa.text.facts import Name, Number, initials, names, numbers
from qa.text.ordinals import Ordinal, ordinals
from qa.text.stems import content
from qa.text.terms import fold

MismatchKind = Literal["number", "day", "name", "quotation"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(r"[\"“«]([^\"“«”»]{12,})[\"”»]")
_SPACE = re.compile(r"\s+")
_TWO_SIDES = re.compile(
    r"\W+(?:sides|countries|nations|governments|parties|neighbours|capitals)\b", re.IGNORECASE
)
_BOUND = re.compile(rf"\b(?:{patterns(__name__)['bounding']})\s+$", re.IGNORECASE)
_DECADE = re.compile(r"['’]?s\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says, as values that can be compared.

    `stems` are its content words, `words` all words, folded; `acronyms` the initials of its names; `ordinals`
    its ordinal references, such as "the third meeting".
    """

    text: str
    stems: frozenset[str]
    words: frozenset[str]
    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    acronyms: frozenset[str]
    ordinals: tuple[Ordinal, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number, day, name or quotation of a statement that a text lacks, in the statement's words."""

    kind: MismatchKind
    text: str


@lru_cache(maxsize=16_384)
def facts_of(text: str, anchor: dt.date | None = None) -> Facts:
    """The facts of a text; relative days ("on Sunday") are resolved against `anchor`."""
    days = find_days(text, anchor)
    found = names(text)
    return Facts(
        text=text,
        stems=content(text),
        words=folded_words(text),
        names=found,
        numbers=tuple(number for number in numbers(text) if not _within(number, days)),
        days=days,
        acronyms=frozenset(_acronyms(found)),
        ordinals=ordinals(text),
    )


@lru_cache(maxsize=4_096)
def folded_words(text: str) -> frozenset[str]:
    """The words of a text, folded: the part of its `Facts` that is cheap."""
    return frozenset(fold(word).removesuffix("'s") for word in _WORD.findall(text))


def lacking(statement: str, text: str, published: dt.date | None, before: str = "") -> tuple[Mismatch, ...]:
    """The numbers, days, names and quotations of a statement that a text lacks.

    Args:
        statement: its relative days count from `published`.
        text: what it is compared with, with headline and day.
        published: the text's day.
        before: what precedes the text in its article, which may name what "it" is.
    """
    claim, evidence = facts_of(statement, published), facts_of(text, published)
    named = facts_of(f"{before}\n{text}") if before else evidence
    missing = [
        *(Mismatch("number", each.text) for each in claim.numbers if _lacks_number(each, claim, evidence)),
        *(
            Mismatch("day", each.text)
            for each in claim.days
            if not any(same_day(each, other) for other in evidence.days)
        ),
        *(Mismatch("name", each.text) for each in claim.names if not has_name(each, named)),
        *(Mismatch("quotation", each) for each in quotations(statement) if not says(text, each)),
    ]
    return tuple(dict.fromkeys(missing))


def of_another(statement: str, text: str) -> bool:
    """Whether a statement is about one of a numbered kind, and a text only about others of the kind.

    A text about the third meeting does not contradict "The fourth meeting was held in Islamabad". But "the
    second dynasty" does contradict "It was the third dynasty", where the number is what is stated.
    """
    openings = (
        each for each in ordinals(statement) if statement[: each.start].lower().strip() in ("", "the")
    )
    return any(_tells_of_others(text, each) for each in openings)


def asks_of_another(question: str, text: str) -> bool:
    """Whether a question is about one of a numbered kind, and a text only about others of the kind."""
    return any(_tells_of_others(text, each) for each in ordinals(question))


def _tells_of_others(text: str, one: Ordinal) -> bool:
    same = [each.value for each in ordinals(text) if each.same_kind(one)]
    return bool(same) and one.value not in same


def in_its_numbers(statement: str, text: str) -> str:
    """A statement whose figures are worded as in the text: "2.5 billion" becomes "2.5 arab".

    Code knows that they are the same; a small model does not.
    """
    told = [number for number in facts_of(text).numbers if not number.ordinal]
    for number in reversed(facts_of(statement).numbers):
        same = [each.text for each in told if number.agrees(each)]
        if same and not number.ordinal and number.text not in same:
            statement = statement[: number.start] + same[0] + statement[number.end :]
    return statement


def with_its_figures(statement: str, text: str, published: dt.date | None) -> str | None:
    """A statement whose figures and days that the text lacks are replaced by the text's own.

    None if the text lacks none of them, lacks a name or a quotation too, or has none or several of the same
    kind; and if the statement's figure is not firm: a bound, a decade, or the text's figure rounded.
    """
    missing = lacking(statement, text, published)
    if not missing or any(each.kind not in ("number", "day") for each in missing):
        return None
    lacked = {each.text for each in missing}
    claim, evidence = facts_of(statement, published), facts_of(text, published)
    own: list[Number | Day] = [*claim.numbers, *claim.days]
    for figure in sorted(own, key=lambda each: -each.start):
        if figure.text not in lacked:
            continue
        told = _of_its_kind(figure, evidence)
        others = {each.text for each in told if not any(same_figure(each, other) for other in own)}
        if len(others) != 1 or not _is_firm(figure, claim, evidence):
            return None
        statement = statement[: figure.start] + others.pop() + statement[figure.end :]
    return statement


def _of_its_kind(figure: Number | Day, facts: Facts) -> Sequence[Number | Day]:
    if isinstance(figure, Day):
        return facts.days
    kind = (figure.ordinal, figure.percent, figure.unit)
    return [each for each in facts.numbers if (each.ordinal, each.percent, each.unit) == kind]


def _is_firm(figure: Number | Day, claim: Facts, evidence: Facts) -> bool:
    if isinstance(figure, Day):
        return True
    if _BOUND.search(claim.text[: figure.start]) or _DECADE.match(claim.text, figure.end):
        return False
    digits = len(re.sub(r"\D", "", figure.text).strip("0")) or 1
    return all(f"{each.value:.{digits}g}" != f"{figure.value:.{digits}g}" for each in evidence.numbers)


def same_figure(one: Number | Day, other: Number | Day) -> bool:
    """Whether two figures are the same number, or the same day."""
    if isinstance(one, Day) or isinstance(other, Day):
        return isinstance(one, Day) and isinstance(other, Day) and same_day(one, other)
    return one.agrees(other)


def has_name(name: Name, evidence: Facts) -> bool:
    """Whether the evidence has every word of a name, in any form."""
    if len(name.words) > 1 and initials(list(name.words)) in evidence.words:
        return True
    return all(_has_word(word, evidence) for word in name.words)


def quotations(statement: str) -> list[str]:
    """The phrases that a statement puts in quotation marks."""
    return _QUOTED.findall(statement)


def says(text: str, quotation: str) -> bool:
    """Whether a text has quoted words exactly, except for case and white space."""
    return _plain(quotation) in _plain(text)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", fold(text)).strip(" .,;:!?")


def _lacks_number(number: Number, claim: Facts, evidence: Facts) -> bool:
    # "The two sides" and "the first day" are figures of speech.
    if (number.value == 2 and _TWO_SIDES.match(claim.text, number.end)) or (
        number.ordinal and number.value == 1
    ):
        return False
    if any(number.agrees(other) for other in evidence.numbers):
        return False
    # In the evidence a bare year may be part of a day.
    return bool(number.unit) or all(number.value != day.date.year for day in evidence.days)


def _has_word(word: str, evidence: Facts) -> bool:
    if word in evidence.words or word in evidence.acronyms:
        return True
    if any(part in evidence.words for part in (word.replace("-", ""), word.replace(".", ""))):
        return True
    if "-" in word and all(part in evidence.words for part in word.split("-")):
        return True
    if content(word) and content(word) <= evidence.stems:
        return True
    return any(same_people(word, other) for other in evidence.words)


def _within(number: Number, days: Iterable[Day]) -> bool:
    return any(day.start <= number.start and number.end <= day.end for day in days)


def _acronyms(found: Iterable[Name]) -> Iterator[str]:
    for name in found:
        words = list(name.words)
        for first in range(len(words)):
            for last in range(first + 2, min(len(words), first + 6) + 1):
                yield initials(words[first:last])
