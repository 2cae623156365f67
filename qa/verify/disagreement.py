"""Where documents tell the same matter differently: another figure, or another day.

A window that comes near to a claim and lacks one of its figures or days is put to the verifier; what
contradicts the claim is the other side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from qa.core.types import Citation, Claim, Day, Disagreement, Hit, Side, numbered
from qa.dates.find import same_day
from qa.search.sentence_ranking import Scorer
from qa.text.facts import Number
from qa.verify.entailment import Pair, Verifier
from qa.verify.findings import CONTRADICTED, missing_of
from qa.verify.hard_facts import Facts, read
from qa.verify.spans import Window, windows

OVER_TIME_DAYS = 180
"""Documents further apart than this tell of a change as much as of a difference."""

_WINDOWS = 4
_JUDGED = 2  # windows a claim: each costs seconds
_YEARS = range(1900, 2101)
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


def disagreements(
    question: str, claims: Sequence[Claim], hits: Sequence[Hit], score: Scorer, verifier: Verifier
) -> tuple[Disagreement, ...]:
    """The matters of an answer that are told differently elsewhere, each side with its quote.

    Args:
        question: the question as it was understood.
        claims: the answer's claims, those that quotes prove.
        hits: what was found, the cited documents included.
        score: late interaction.
        verifier: judges what may contradict a claim.
    """
    found: dict[str, Disagreement] = {}
    for claim in claims:
        values = _values(claim, question)
        if claim.working or not claim.citations or not values:
            continue
        for value in values:
            others = list(_others(value, claim, hits, score, verifier))
            if others:
                matter = _matter(value, claim.citations[0], others)
                found.setdefault(matter.about, matter)
    return tuple(found.values())


def _values(claim: Claim, question: str) -> list[Number | Day]:
    """The figures and days by which a claim answers, and that the question lacks."""
    said, asked = read(claim.text), read(question)
    figures = [
        each
        for each in said.numbers
        if not each.ordinal and not _is_year(each) and not any(map(each.agrees, asked.numbers))
    ]
    days = [
        each
        for each in said.days
        if each.date == each.until and not any(same_day(each, other) for other in asked.days)
    ]
    return [*figures, *days]


def _others(
    value: Number | Day, claim: Claim, hits: Sequence[Hit], score: Scorer, verifier: Verifier
) -> Iterator[Side]:
    """What is said instead of a value, with its quote."""
    cited = claim.citations[0]
    story = next((hit.article.story for hit in hits if hit.article.id == cited.article_id), "")
    elsewhere = [hit for hit in hits if not _is_copy(hit, cited, story)]
    numbers, judged = numbered(hits), 0
    for window in windows(claim.text, elsewhere, score, _WINDOWS):
        instead = _instead(value, window)
        if not instead or judged == _JUDGED or _overlaps(window, cited):
            continue
        kinds = {each.kind for each in missing_of(claim.text, window)}
        if not kinds or not kinds <= {"number", "day"}:
            continue
        judged += 1
        (entailment,) = verifier.judge([Pair(window.text, claim.text)])
        if entailment.contradicts >= CONTRADICTED:
            yield Side(instead, window.cite(claim.text, numbers[window.article.id]))


def _is_copy(hit: Hit, cited: Citation, story: str) -> bool:
    return hit.article.id != cited.article_id and bool(story) and hit.article.story == story


def _overlaps(window: Window, cited: Citation) -> bool:
    start, end = window.sentences[window.core]
    return window.article.id == cited.article_id and start < cited.end and cited.start < end


def _instead(value: Number | Day, window: Window) -> str:
    """The figure or day of a value's kind that a window's core has; "" where it has none or the same."""
    start, end = window.sentences[window.core]
    facts: Facts = read(window.article.body[start:end], window.article.published)
    if isinstance(value, Day):
        days = [day for day in facts.days if day.date == day.until]
        return "" if any(same_day(value, day) for day in days) or not days else days[0].text
    figures = [
        each
        for each in facts.numbers
        if not each.ordinal
        and not _is_year(each)
        and (each.unit, each.percent) == (value.unit, value.percent)
    ]
    return "" if any(map(value.agrees, figures)) or not figures else figures[0].text


def _matter(value: Number | Day, cited: Citation, others: Sequence[Side]) -> Disagreement:
    sides = sorted(
        [Side(value.text, cited), *others],
        key=lambda side: side.citation.published or dt.date.min,
        reverse=True,
    )
    days = [side.citation.published for side in sides if side.citation.published]
    over_time = len(days) > 1 and (max(days) - min(days)).days > OVER_TIME_DAYS
    return Disagreement(f"{_about(value)}, over time" if over_time else _about(value), tuple(sides))


def _about(value: Number | Day) -> str:
    if isinstance(value, Day):
        return "the day"
    if value.percent:
        return "the share"
    return _MATTERS.get(value.unit, "the figure")


def _is_year(number: Number) -> bool:
    return not number.unit and number.value in _YEARS
