"""Where documents tell the same matter differently: another figure, or another day.

Precise rather than complete. A sentence of another document disagrees with a claim only if it has
nearly all words of the matter, speaks of the same one of its kind, and has in the value's place another
of the same kind and scope: a phase's cost is not the whole's, "nearly 300" not another figure than 293.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.dates import same_day
from qa.facts import Number
from qa.proof import Run, cite, runs_near, weigh
from qa.stems import content
from qa.support import Facts, has_name, read
from qa.terms import terms
from qa.types import Article, Citation, Claim, Day, Disagreement, Hit, Side

SAME_MATTER = 0.6
SAME_QUESTION = 0.5
"""The shares of a claim's and of its question's words that a sentence must have, its headline's included."""

OVER_TIME_DAYS = 180
"""Documents further apart than this tell of a change as much as of a difference."""

_AT_ONCE_DAYS = 7  # A day this near to its article's own is "now".
_ROUNDED = 0.02
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more\sthan|less\sthan|up\sto|at\sleast|roughly"
    r"|approximately|close\sto)\s*$",
    re.IGNORECASE,
)
_APPROXIMATE = 0.1
# What makes a figure one of a part, a time or a rate; it must stand on both sides or on neither.
_PARTS = (
    "phase stage section part unit package tranche instalment share each per annual yearly monthly "
    "daily initial first second third additional further extra remaining rest average peak minimum maximum "
    "planned expected target injured wounded killed missing half quarter alone separately private public "
    "domestic foreign interest loan grant revised originally previously earlier later"
)
_SCOPE = frozenset(stem for word in _PARTS.split() for stem in terms(word))
_NEAR_CHARS = 45
_THING = re.compile(r"[\s-]+(?:[a-z]+\s){0,2}?(?P<thing>[a-z]{3,})")
_MATTERS = {
    "usd": "the sum",
    "pkr": "the sum",
    "cny": "the sum",
    "eur": "the sum",
    "gbp": "the sum",
    "mw": "the capacity",
    "gw": "the capacity",
    "km": "the length",
    "mile": "the length",
    "m": "the measure",
    "acre": "the area",
    "hectare": "the area",
}


@dataclass(frozen=True, slots=True)
class _Value:
    """A figure or a day of a claim, with what it counts."""

    fact: Number | Day
    thing: str

    @property
    def about(self) -> str:
        if isinstance(self.fact, Day):
            return "the day"
        if self.fact.percent:
            return "the share"
        return _MATTERS.get(self.fact.unit) or (f"the number of {self.thing}" if self.thing else "the figure")


def disagreements(question: str, claims: Sequence[Claim], hits: Sequence[Hit]) -> tuple[Disagreement, ...]:
    """The matters of an answer that other documents tell differently, each side with its quote.

    Args:
        question: the question as it was understood.
        claims: the answer's claims, those that quotes prove.
        hits: what was found, the cited documents included.
    """
    articles = {hit.article.id: hit.article for hit in hits}
    sentences = [run for run in runs_near(hits) if len(run.sentences) == 1]
    found: dict[str, Disagreement] = {}
    for claim in claims:
        cited = [each for each in claim.citations if each.article_id in articles]
        if claim.working or not cited:
            continue
        for value in _values(claim, question):
            others = _others(value, claim, question, sentences, articles[cited[0].article_id])
            if others:
                matter = _matter(value, cited[0], others)
                found.setdefault(matter.about, matter)
    return tuple(found.values())


def _values(claim: Claim, question: str) -> Iterator[_Value]:
    """The figures and days by which a claim answers, and that the question lacks."""
    said, asked = read(claim.text), read(question)
    for number in said.numbers:
        if not number.ordinal and not any(map(number.agrees, asked.numbers)) and not _year(number):
            yield _Value(number, _thing(claim.text, number))
    for day in said.days:
        if day.date == day.until and not any(same_day(day, other) for other in asked.days):
            yield _Value(day, "")


def _others(
    value: _Value, claim: Claim, question: str, sentences: Sequence[Run], own: Article
) -> dict[str, tuple[str, Run]]:
    """What other documents say instead, by document: their wording and the sentence."""
    asked, said = read(question), read(claim.text)
    counted = content(value.fact.text) | (content(value.thing) if value.thing else frozenset[str]())
    matter = (said.stems | asked.stems) - counted
    found: dict[str, tuple[str, Run]] = {}
    for run in sentences:
        article = run.article
        if article.id == own.id or (article.story and article.story == own.story) or article.id in found:
            continue
        text = article.body[run.start : run.end]
        same = _share(said.stems - counted, run) >= SAME_MATTER and _share(asked.stems, run) >= SAME_QUESTION
        if not same or _bears_value(value, run, article):
            continue
        # A sixth meeting's day is no other day of a fourteenth's.
        if not _ordinals(run.facts) <= _ordinals(said) | _ordinals(asked):
            continue
        gaps = {gap.kind for gap in weigh(said, asked, run).missing}
        if gaps - {"number", "day"} or not gaps:
            continue
        known = f"{claim.text} {question} {own.title}"
        instead = [
            each
            for each in _of_kind(value, run)
            if _same_scope(each, text, matter) and _of_same(each, run, known)
        ]
        if len({each.text for each in instead}) == 1 and _differs(value, instead[0], claim.text, text):
            found[article.id] = instead[0].text, run
    return found


def _share(stems: frozenset[str], run: Run) -> float:
    return len(stems & run.facts.stems) / len(stems) if stems else 1.0


def _ordinals(facts: Facts) -> frozenset[int]:
    return frozenset(each.value for each in facts.ordinals)


def _bears_value(value: _Value, run: Run, article: Article) -> bool:
    """Whether a document also has the claim's own value: then it tells of both, and of no difference."""
    facts = read(article.body, article.published)
    if isinstance(value.fact, Day):
        return any(same_day(value.fact, day) for day in facts.days)
    return any(value.fact.agrees(number) for number in facts.numbers)


def _of_kind(value: _Value, run: Run) -> list[Number | Day]:
    """A sentence's own facts of a value's kind: of its unit, or counting the same thing."""
    text = run.article.body[run.start : run.end]
    facts: Facts = read(text, run.article.published)
    if isinstance(value.fact, Day):
        return [day for day in facts.days if day.date == day.until]
    mine = value.fact
    return [
        number
        for number in facts.numbers
        if number.percent == mine.percent
        and not number.ordinal
        and not _year(number)
        and number.unit == mine.unit
        and (bool(mine.unit) or mine.percent or _same_thing(_thing(text, number), value.thing))
    ]


def _same_scope(fact: Number | Day, text: str, matter: frozenset[str]) -> bool:
    near = text[max(0, fact.start - _NEAR_CHARS) : fact.end + _NEAR_CHARS]
    return not (frozenset(terms(near)) & _SCOPE) - matter


def _of_same(fact: Number | Day, run: Run, known: str) -> bool:
    """Whether a fact is told of what a claim speaks of: under no other name, and of no other day."""
    text, facts = run.article.body[run.start : run.end], read(known)
    told = read(text, run.article.published)
    clause = max(text.rfind(mark, 0, fact.start) for mark in (";", ", and ", " while ", ":"))
    if any(clause < name.start < fact.start and not has_name(name, facts) for name in told.names):
        return False
    published = run.article.published
    return isinstance(fact, Day) or all(
        any(same_day(mine, day) or same_day(day, mine) for mine in facts.days)
        or (published is not None and abs((day.until - published).days) <= _AT_ONCE_DAYS)
        for day in told.days
    )


def _differs(value: _Value, other: Number | Day, claim: str, text: str) -> bool:
    mine = value.fact
    if isinstance(mine, Day) or isinstance(other, Day):
        return not (isinstance(mine, Day) and isinstance(other, Day) and same_day(mine, other))
    loose = _ABOUT.search(claim[: mine.start]) or _ABOUT.search(text[: other.start])
    largest = max(abs(mine.value), abs(other.value))
    return abs(mine.value - other.value) > (_APPROXIMATE if loose else _ROUNDED) * largest


def _matter(value: _Value, cited: Citation, others: dict[str, tuple[str, Run]]) -> Disagreement:
    sides = [Side(value.fact.text, cited)]
    for number, (words, run) in enumerate(others.values(), start=cited.number + 1):
        sides.append(Side(words, cite(run.article, run.start, run.end, number)))
    sides.sort(key=lambda side: side.citation.published or dt.date.min, reverse=True)
    days = [side.citation.published for side in sides if side.citation.published]
    over_time = len(days) > 1 and (max(days) - min(days)).days > OVER_TIME_DAYS
    return Disagreement(f"{value.about}, over time" if over_time else value.about, tuple(sides))


def _thing(text: str, number: Number) -> str:
    """What a figure counts: "companies" in "46 Chinese companies"."""
    found = _THING.match(text, number.end)
    return found["thing"] if found else ""


def _same_thing(one: str, other: str) -> bool:
    return bool(one) and content(one) == content(other) and bool(content(one))


def _year(number: Number) -> bool:
    return not number.unit and 1900 <= number.value <= 2100 and number.value == int(number.value)
