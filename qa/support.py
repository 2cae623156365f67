"""Whether a run of sentences bears a sentence that was made from it.

Deterministic, so that a citation means the same to everybody: every number, day and name of
the claim must stand in the evidence, what is denied on one side must be denied on the
other, "the meeting" must be the meeting that the claim speaks of, and most of the other words
must be there too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.causes import unsaid_causes
from qa.dates import find_days, same_day
from qa.deeds import faults
from qa.demonyms import is_demonym, same_people
from qa.facts import Name, Number, initials, names, numbers
from qa.instances import Ordinal, ordinals
from qa.opposites import contrary, overstated
from qa.speakers import misattributed
from qa.stems import content
from qa.terms import fold
from qa.types import Day

GapKind = Literal["number", "day", "name", "denial", "instance", "role", "unsaid"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# These deny their whole clause; the others only what follows them.
_DENIES_CLAUSE = re.compile(r"\b(?:not|no(?!\s\w+\sthan\b)|never|neither|cannot)\b|n['’]t\b", re.IGNORECASE)
_DENIES_WHAT_FOLLOWS = re.compile(
    r"\b(?:none|nor|without|failed to|yet to|denie[sd]|deny|denying|refus(?:es?|ed|ing)|reject(?:s|ed|ing)?"
    r"|rul(?:es?|ed) out|turn(?:s|ed)? down|unlikely)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.]\s|[()]|\b(?:but|and|while|although|however)\b")
_NEGATED_CHARS = 60
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(
    rf"\b(?:in|of|late|early|mid|since|until|In|Since|Late|Early)[\s-]({'|'.join(map(str.title, _MONTHS))})\b"
)
_PREDICATE_STEMS = 2
_DENIED_ALIKE = 2
_PREDICATE_SHARE = 0.5
_BY = re.compile(r"\sby\b")
_TWO_SIDES = re.compile(
    r"\W+(?:sides|countries|nations|governments|parties|neighbours|capitals)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says, as sets that can be compared.

    `stems` are its content words; `words` all of them, folded; `denied` the stems under a
    "not" and `refused` those under a "rejected"; `ordinals` what "the third meeting" names; `spoken`
    who is known to speak in it; `headline_denied` what a headline denies: that may be denied, not must.
    """

    text: str
    stems: frozenset[str]
    words: frozenset[str]
    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    acronyms: frozenset[str]
    denied: frozenset[str]
    refused: frozenset[str]
    ordinals: tuple[Ordinal, ...]
    spoken: tuple[str, ...] = ()
    headline_denied: frozenset[str] = frozenset()

    @property
    def predicate(self) -> frozenset[str]:
        """The stems of its words that name nothing."""
        return self.stems - frozenset[str]().union(*(content(name.text) for name in self.names))

    def __or__(self, other: Facts) -> Facts:
        return Facts(
            f"{self.text} {other.text}",
            self.stems | other.stems,
            self.words | other.words,
            self.names + other.names,
            self.numbers + other.numbers,
            self.days + other.days,
            self.acronyms | other.acronyms,
            self.denied | other.denied,
            self.refused | other.refused,
            self.ordinals + other.ordinals,
            self.spoken + other.spoken,
            self.headline_denied | other.headline_denied,
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """A hard fact of a claim that evidence lacks.

    A "role" is somebody else's in the evidence: who did it, said it, or stood on that side. "unsaid"
    is a cause, a doer, a speaker or an extent ("only", "all") that evidence says nothing of.
    """

    kind: GapKind
    text: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """How far evidence bears a claim: hard facts it lacks, and the shares of words it has.

    `coverage` is the share of all the claim's words, `added` of those that its question lacks.
    """

    missing: tuple[Gap, ...]
    coverage: float
    added: float = 1.0

    @property
    def strength(self) -> float:
        """The lesser of both shares: the question's own words are easily found again."""
        return min(self.coverage, self.added)


@lru_cache(maxsize=4_096)
def folded_words(text: str) -> frozenset[str]:
    """The words of a text, folded: of its `Facts`, what alone is cheap to have."""
    return frozenset(fold(word).removesuffix("'s") for word in _WORD.findall(text))


@lru_cache(maxsize=16_384)
def read(text: str, anchor: dt.date | None = None) -> Facts:
    """The facts of a text; relative days ("on Sunday") are resolved against `anchor`."""
    days = find_days(text, anchor)
    found_names = names(text)
    return Facts(
        text=text,
        stems=content(text),
        words=folded_words(text),
        names=found_names,
        numbers=tuple(n for n in numbers(text) if not _within(n, days)),
        days=days,
        acronyms=frozenset(_acronyms(found_names)),
        denied=_denied(text),
        refused=_refused(text),
        ordinals=ordinals(text),
    )


def bears(claim: Facts, evidence: Facts, article: Facts | None = None) -> Bearing:
    """Holds a claim against evidence.

    Args:
        claim: what is claimed.
        evidence: a run of sentences, its headline and date included.
        article: the whole article. A name that it gives in full may stand shortened in the
            evidence: "the group" where the article says which group.
    """
    lacking = {name: _missing_words(name, evidence, article) for name in claim.names}
    missing = [
        *(Gap("number", number.text) for number in claim.numbers if _lacks_number(number, claim, evidence)),
        *(Gap("day", day.text) for day in claim.days if not _has_day(day, evidence)),
        *(Gap("day", month) for month in _missing_months(claim, evidence)),
        *(Gap("name", word) for words in lacking.values() for word in words),
        *(Gap("denial", stem) for stem in sorted(_denial_conflicts(claim, evidence))),
        *(Gap("denial", word) for word in contrary(claim.text, evidence.text)),
        *_untold(claim, evidence),
    ]
    wanted = claim.stems
    # A name that stands there shortened, "the hospital", stands there whole.
    named = frozenset[str]().union(*(content(name.text) for name, words in lacking.items() if not words))
    covered = sum(1 for stem in wanted if stem in evidence.stems or stem in named)
    coverage = covered / len(wanted) if wanted else 1.0
    return Bearing(tuple(dict.fromkeys(missing)), min(coverage, _predicate_coverage(claim, evidence)))


def _predicate_coverage(claim: Facts, evidence: Facts) -> float:
    """The share of a claim's words besides names, where it is too small; else 1.

    Long names alone would make most of many a claim.
    """
    plain = claim.predicate
    share = len(plain & evidence.stems) / len(plain) if len(plain) >= _PREDICATE_STEMS else 1.0
    return share if share < _PREDICATE_SHARE else 1.0


def _untold(claim: Facts, evidence: Facts) -> Iterator[Gap]:
    """What a claim says of who did or said it, why, and how far it goes, and evidence doesn't."""
    for fault, agent in faults(claim.text, evidence.text):
        yield Gap("unsaid" if fault == "unsaid" else "role", agent)
    for another, speaker in misattributed(claim.text, evidence.text, evidence.spoken):
        yield Gap("role" if another else "unsaid", speaker)
    for said in (*unsaid_causes(claim.text, evidence.text), *overstated(claim.text, evidence.text)):
        yield Gap("unsaid", said)


def has_name(name: Name, evidence: Facts) -> bool:
    """Whether evidence has every word of a name, in any of its forms."""
    return not _missing_words(name, evidence, None)


def _lacks_number(number: Number, claim: Facts, evidence: Facts) -> bool:
    # "The two sides" and "the first day" are figures of speech; which of a kind something is,
    # `instances` tells apart.
    if (number.value == 2 and _TWO_SIDES.match(claim.text, number.end)) or (
        number.ordinal and number.value == 1
    ):
        return False
    if any(number.agrees(other) for other in evidence.numbers):
        return False
    # A bare year may stand in the evidence inside a day.
    return bool(number.unit) or all(number.value != day.date.year for day in evidence.days)


def _has_day(day: Day, evidence: Facts) -> bool:
    return any(same_day(day, other) for other in evidence.days)


def _missing_months(claim: Facts, evidence: Facts) -> list[str]:
    """The months that a claim names without a year ("in May"), and evidence nowhere."""
    told = {day.date.month for day in evidence.days} | {day.until.month for day in evidence.days}
    spans = [(day.start, day.end) for day in claim.days]
    return [
        month[0]
        for month in _MONTH.finditer(claim.text)
        if not any(start <= month.start() < end for start, end in spans)
        and _MONTHS.index(month[1].lower()) + 1 not in told
        and month[1].lower() not in evidence.words
    ]


def _missing_words(name: Name, evidence: Facts, article: Facts | None) -> list[str]:
    if len(name.words) > 1 and initials(list(name.words)) in evidence.words:
        return []
    missing = [word for word in name.words if not _has_word(word, evidence)]
    if article is not None:
        # "The Chinese company" is as good as the company that the article calls China's.
        missing = [word for word in missing if not _is_demonym(word, article)]
    shortened = 0 < len(missing) <= len(name.words) / 2 or (missing and name.words[-1] not in missing)
    if article is not None and shortened:
        in_full = any(set(name.words) <= set(other.words) for other in article.names)
        return [] if in_full else missing
    return missing


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


def _is_demonym(word: str, evidence: Facts) -> bool:
    return any(place != word and is_demonym(place, word) for place in evidence.words)


def _denial_conflicts(claim: Facts, evidence: Facts) -> set[str]:
    shared = claim.stems & evidence.stems
    mine, theirs = claim.denied | claim.refused, evidence.denied | evidence.refused
    conflicts = {stem for stem in shared if (stem in mine) != (stem in theirs)}
    if theirs and _affirmed(claim.stems, evidence.text):
        return set(shared & mine)
    conflicts -= mine & evidence.headline_denied
    # Where both deny the same, how many words more that takes in depends on the wording.
    if len(shared & claim.denied & evidence.denied) >= _DENIED_ALIKE:
        conflicts -= (claim.denied | evidence.denied) - claim.refused - evidence.refused
    if shared & claim.refused & evidence.refused:
        conflicts -= (claim.refused | evidence.refused) - claim.denied - evidence.denied
    return conflicts


def _affirmed(stems: frozenset[str], text: str) -> bool:
    """Whether one clause has all stems and denies nothing, whatever the clauses beside it deny."""
    clauses = _CLAUSE_END.split(text)
    affirming = (each for each in clauses if not (_DENIES_CLAUSE.search(each) or _refused(each)))
    return any(stems <= content(each) for each in affirming)


def _refused(text: str) -> frozenset[str]:
    stems: set[str] = set()
    for cue in _DENIES_WHAT_FOLLOWS.finditer(text):
        if _BY.match(text, cue.end()):  # "The law, rejected by the upper house": what stands before.
            stems |= content(text[: cue.start()][-_NEGATED_CHARS:])
            continue
        stop = _CLAUSE_END.search(text, cue.end())
        stems |= content(text[cue.end() : stop.start() if stop else len(text)][:_NEGATED_CHARS])
    return frozenset(stems)


def _denied(text: str) -> frozenset[str]:
    stems: set[str] = set()
    for cue in _DENIES_CLAUSE.finditer(text):
        breaks = [0, *(found.end() for found in _CLAUSE_END.finditer(text)), len(text)]
        start = max(end for end in breaks if end <= cue.start())
        end = min(end for end in breaks if end >= cue.end())
        stems |= content(text[start : cue.start()]) | content(text[cue.end() : end])
    return frozenset(stems)


def _within(number: Number, days: Iterable[Day]) -> bool:
    return any(day.start <= number.start and number.end <= day.end for day in days)


def _acronyms(found: Iterable[Name]) -> Iterable[str]:
    for name in found:
        words = list(name.words)
        for first in range(len(words)):
            for last in range(first + 2, min(len(words), first + 6) + 1):
                yield initials(words[first:last])
