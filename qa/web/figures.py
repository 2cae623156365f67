"""Figures that an answer gives for different times: of one unit, each with its day and its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.core.types import Citation, Claim, Disagreement
from qa.text.facts import Number
from qa.verify.hard_facts import facts_of
from qa.web.conversations import Exchange
from qa.web.language import N_, _

_UNITS = {
    "usd": N_("dollars"),
    "pkr": N_("rupees"),
    "cny": N_("yuan"),
    "eur": N_("euros"),
    "gbp": N_("pounds"),
    "km": N_("kilometres"),
    "mw": N_("megawatts"),
    "gw": N_("gigawatts"),
    "m": N_("metres"),
    "%": N_("per cent"),
}
_SCALES = ((1e12, N_("trillion")), (1e9, N_("billion")), (1e6, N_("million")))
_SAME_DAYS = 31
_LEAST_AMOUNT = 1e6
_SPREAD = 1_000
"""Figures further apart than this factor are of different things."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a day: `value` in the series' unit, `text` as it was worded."""

    day: dt.date
    value: float
    text: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Series:
    """Comparable figures, the earliest first; `unit` in words: "billion dollars"."""

    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    day: dt.date
    number: Number
    publisher: str


def over_time(exchange: Exchange) -> Series | None:
    """The figures of an answer's sentences and disagreements, if they show a change over time.

    They do where two or more of one unit differ and are of different days. A figure's day is the one
    that its sentence names beside it, else the day of the document it is cited from.
    """
    figures = [*_of_disagreements(exchange.disagreements), *_of_claims(exchange.claims)]
    units = {figure.number.unit or "%" * figure.number.percent for figure in figures} - {""}
    if len(units) > 1:
        return None
    kept = list(_once(figures))
    days, values = {each.day for each in kept}, {each.number.value for each in kept}
    if len(days) < 2 or len(values) < 2 or max(values) > _SPREAD * max(min(values), 1e-9):
        return None
    scale, word = next(((size, word) for size, word in _SCALES if max(values) >= size), (1.0, ""))
    unit = next(iter(units), "")
    points = [Point(each.day, each.number.value / scale, each.number.text, each.publisher) for each in kept]
    words = f"{_(word)} {_(_UNITS.get(unit, f'{unit}s' if unit else ''))}".strip()
    return Series(words, tuple(sorted(points, key=lambda point: point.day)))


def _once(figures: Iterable[_Figure]) -> Iterator[_Figure]:
    """Figures without those that repeat another's value within some weeks: it is the same one, retold."""
    kept: list[_Figure] = []
    for each in figures:
        if not any(
            each.number.value == other.number.value and abs((each.day - other.day).days) <= _SAME_DAYS
            for other in kept
        ):
            kept.append(each)
            yield each


def _of_disagreements(disagreements: Iterable[Disagreement]) -> Iterator[_Figure]:
    for each in disagreements:
        for side in each.sides:
            yield from _paired(side.value, side.citation)


def _of_claims(claims: Iterable[Claim]) -> Iterator[_Figure]:
    for claim in claims:
        if claim.citations and claim.support == "supported" and not claim.working:
            yield from _paired(claim.text, claim.citations[0])


def _paired(text: str, citation: Citation) -> Iterator[_Figure]:
    """The figures of a text with their days: in turn where it has as many days, else its only one."""
    said = facts_of(text, citation.published)
    numbers = [each for each in said.numbers if not each.ordinal and _measures(each)]
    days = [day.date for day in said.days]
    if len(numbers) == 1 and len(days) != 1:
        days = [citation.published] if citation.published else []
    if len(days) == len(numbers):
        for day, number in zip(days, numbers, strict=True):
            yield _Figure(day, number, citation.publisher or "")


def _measures(number: Number) -> bool:
    """Whether a number is an amount of something: with its unit, or as large as money is."""
    return bool(number.unit) or number.percent or number.value >= _LEAST_AMOUNT
