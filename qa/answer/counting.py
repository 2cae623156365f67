"""Counts things of a kind: by their ordinals in documents, or by adding up the figures of a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer.broad import Reading
from qa.answer.gather import Gathered, day_of, days_in_words, documents_of, many
from qa.answer.vocabulary import kinds_of, vocabulary
from qa.core.types import Citation, Day, Digest, Entry
from qa.dates.intervals import Interval
from qa.search.sentence_ranking import Candidate
from qa.text.english import ORDINAL_WORDS, patterns
from qa.text.facts import Number
from qa.text.ordinals import Ordinal, ordinals
from qa.text.stems import content
from qa.verify.hard_facts import facts_of

_COUNTED_CHARS = 60  # The noun of a number is within so many characters after it.
_WORD = re.compile(r"[\w'’-]+")
_AND = re.compile(r"\sand\s")
_PHRASE = re.compile(r"[^,.;:()]*")
_VAGUE = re.compile(rf"\b(?:{patterns(__name__)['roughly']})\W*$", re.I)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with the time of what it counts, and its sentence. It is not `exact` if others are counted in
    words beside it ("and their driver"), or if it is approximate."""

    number: Number
    words: str
    when: Interval
    exact: bool
    candidate: Candidate


def counted(reading: Reading, found: Gathered) -> Digest | None:
    """The count, with what was counted and what may be missing; None if nothing can be counted."""
    return (_numbered(reading, found) if not reading.attributes else None) or _figures(reading, found)


def _numbered(reading: Reading, found: Gathered) -> Digest | None:
    """For a kind that documents number ("the sixth dialogue"): the numbers found, and the highest."""
    head = content(reading.things[-1])
    met: dict[int, list[Candidate]] = {}
    for each in found.candidates:
        for ordinal in ordinals(each.text):
            if head & ordinal.heads and _is_of_kind(reading.things[:-1], each, ordinal):
                met.setdefault(ordinal.value, []).append(each)
    if max(met, default=1) < 2:
        return None
    noun = " ".join(reading.things)
    entries = [Entry(f"The {_ordinal(value)}", (), _first_told(met[value], found)) for value in sorted(met)]
    highest = max(met)
    lead = (
        f"At least {highest}: the {_ordinal(highest)} is the highest {noun} numbered in the library. "
        f"Quoted: {len(met)}, from {documents_of(entries)}."
    )
    lacking = [value for value in range(1, highest) if value not in met]
    return Digest("count", lead, tuple(entries), missing=(_not_quoted(lacking),) if lacking else ())


def _is_of_kind(modifiers: Sequence[str], candidate: Candidate, ordinal: Ordinal) -> bool:
    """Whether a numbered thing has the kind's modifiers ("trilateral", "working group"): in its sentence or,
    for "its eighth meeting", in the headline. "The first since 2021" is no such thing.
    """
    if candidate.text[ordinal.end :].lstrip().startswith("since"):
        return False
    said, before = " ".join(modifiers[-2:]), candidate.text[: ordinal.start].rstrip()
    headline = candidate.article.title.casefold() if not before.endswith("its") else ""
    return said in candidate.text.casefold() or said in headline


def _figures(reading: Reading, found: Gathered) -> Digest | None:
    """The figures of a kind in a time, one for each day, added up if all are exact."""
    asked = found.retrieval.timeframe
    figures = [figure for each in found.candidates for figure in _of_sentence(reading, each)]
    if asked is not None and asked.since is not None:
        until = asked.until or dt.date.max
        figures = [each for each in figures if asked.since <= each.when.date and each.when.until <= until]
    by_day: dict[Interval, list[_Figure]] = {}
    for figure in sorted(figures, key=lambda each: (each.when.date, day_of(each.candidate.article))):
        by_day.setdefault(figure.when, []).append(figure)
    if not by_day:
        return None
    entries = [_of_day(day, told, found) for day, told in by_day.items()]
    firsts = [told[0] for told in by_day.values()]
    sure = all(
        figure.exact and figure.number.value == told[0].number.value
        for told in by_day.values()
        for figure in told
    )
    over = f"{many(len(entries), 'dated event')} in {documents_of(entries)}"
    total = sum(each.number.value for each in firsts)
    working = " + ".join(f"{each.number.value:,.0f}" for each in firsts)
    lead = (
        f"Counted over {over}."
        if not sure
        else f"{total:,.0f}" + (f" ({working})" if len(firsts) > 1 else "")
    )
    lead += "" if not sure else f", counted over {over}."
    missing = "Only what a quoted sentence dates and numbers is counted; other cases may be missing."
    return Digest("count", lead, tuple(entries), "Count", (missing,))


def _of_sentence(reading: Reading, candidate: Candidate) -> list[_Figure]:
    body_text, published = candidate.text, candidate.article.published
    facts = facts_of(body_text, published)
    spoken = vocabulary()["spoken"]
    verbs = content(" ".join(verb for each in reading.attributes for verb in spoken.get(each, [each])))
    if verbs and not verbs & facts.stems:
        return []
    kinds = content(" ".join(kinds_of(reading.things[-1] if reading.things else "people")))
    told = candidate.article.published or dt.date.min
    modifiers = content(" ".join(reading.things[:-1]))
    found = []
    for number in facts.numbers:
        following = _PHRASE.match(body_text, number.end, number.end + _COUNTED_CHARS)
        words = following[0] if following else ""
        if number.ordinal or number.unit or number.percent or not kinds & content(words):
            continue
        noun = words[: _end_of(words, kinds)]
        if not modifiers <= content(noun):
            continue
        others = not modifiers and _AND.search(noun) is not None
        exact = not others and _VAGUE.search(body_text[: number.start]) is None
        when = _nearest(facts.days, number.start) or Interval(told, told)
        found.append(_Figure(number, f"{number.text}{noun}", when, exact, candidate))
    return found[:1]


def _nearest(days: Sequence[Day], start: int) -> Interval | None:
    nearest = min(days, key=lambda day: abs(day.start - start), default=None)
    return Interval(nearest.date, nearest.until) if nearest else None


def _end_of(words: str, kinds: frozenset[str]) -> int:
    """Where the last noun of the kind ends, as in "nationals and their driver"."""
    ends = [match.end() for match in _WORD.finditer(words) if content(match[0]) & kinds]
    return ends[-1] if ends else len(words)


def _of_day(when: Interval, told: list[_Figure], found: Gathered) -> Entry:
    values = tuple(
        {words.casefold(): words for words in (" ".join(each.words.split()) for each in told)}.values()
    )
    quotes = tuple(dict.fromkeys(found.cited(each.candidate) for each in told))
    return Entry(days_in_words(when.date, when.until), values, quotes)


def _first_told(candidates: list[Candidate], found: Gathered) -> tuple[Citation, ...]:
    """The best sentence of each of two documents, the older first."""
    best: dict[str, Candidate] = {}
    for each in candidates:
        best.setdefault(each.article.id, each)
    return tuple(
        found.cited(each) for each in sorted(list(best.values())[:2], key=lambda e: day_of(e.article))
    )


def _not_quoted(lacking: list[int]) -> str:
    return f"No sentence found on the {', '.join(map(_ordinal, lacking))}."


def _ordinal(value: int) -> str:
    return ORDINAL_WORDS.get(value, f"{value}th")
