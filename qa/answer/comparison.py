"""Questions that compare two things by a figure or a day: "Which is longer, A or B?", "Did A open before B?"

Code answers them: each side is searched for and read by itself, and the values are compared. A small language
model is wrong even with both values in its prompt (cpec, dev: none of four right).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from qa.dates.find import find_days
from qa.search.sentence_ranking import Candidate
from qa.text.english import CARDINALS, patterns
from qa.text.facts import numbers
from qa.text.stems import content, coverage
from qa.verify.hard_facts import lacking

By = Literal["number", "day"]
Form = Literal["which", "whether", "direction"]

_WORDS = patterns(__name__)
_GREATER, _LESSER = _WORDS["greater"], _WORDS["lesser"]
_LATER, _SOONER = _WORDS["later"], _WORDS["sooner"]
_MORE_OF = rf"(?:{_GREATER}|{_LESSER}|{_LATER}|{_SOONER})"
_WHICH = re.compile(
    rf"^(?:which|what|who)\s(?P<rest>[^,?]*?\b{_MORE_OF}\b[^,?]*)[,:]\s*(?P<a>[^?]+?),?\s+or\s+(?P<b>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
_WHICH_OF = re.compile(
    rf"^(?:which|who) of (?P<a>[^?]+?) and (?P<b>[^?]+?) "
    rf"(?P<rest>(?:{_WORDS['verbs']}|came|took|opened|began|cost|costs|ran)\b[^?]*?\b{_MORE_OF}\b[^?]*)\?*$",
    re.IGNORECASE,
)
_A = rf"^(?:{_WORDS['verbs']})\s(?P<a>[^?]+?)\s(?:(?P<verb>{_WORDS['done']})\s)?"
_WHETHER = re.compile(
    rf"{_A}(?P<rest>(?:much\s|far\s)?(?:{_GREATER}|{_LESSER}|later|newer|earlier|sooner|older)"
    rf"(?:\s(?P<or>or)\s{_MORE_OF})?(?:\s[^?]*?)?)\sthan\s(?P<b>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"{_A}(?P<rest>before|after)\s(?P<b>(?!\d|the end|the start)[^?]+?)(?:\s(?:did|was|were))?\s*\?*$",
    re.IGNORECASE,
)
_THE_ONE = re.compile(r"^(?:the one|the ones|that|those)\b\s*", re.IGNORECASE)
_ORDINAL_ALONE = re.compile(r"^(?:the\s)?[\w-]+$", re.IGNORECASE)
_PREPOSITION = re.compile(rf"\s(?:{_WORDS['prepositions']})\s", re.IGNORECASE)
_VERB = re.compile(rf"\s(?:{_WORDS['verbs']}|came|took|held|opened|began|cost|costs)\b.*$", re.IGNORECASE)
_DIRECTION = re.compile(rf"\b(?:much\s|far\s)?{_MORE_OF}\b(?:\sor\s{_MORE_OF}\b)?", re.IGNORECASE)
_MEASURED_BY = {
    "longer": {"km", "mile", "m", "year", "month", "day", "hour"},
    "shorter": {"km", "mile", "m", "year", "month", "day", "hour"},
    "taller": {"m"},
    "deeper": {"m", "km"},
    "wider": {"m", "km"},
    "costlier": {"usd", "pkr", "cny", "eur", "gbp"},
    "cheaper": {"usd", "pkr", "cny", "eur", "gbp"},
}
_A_NUMBER = re.compile(rf"(?:\d|once|{'|'.join(CARDINALS)}|half|a)\b", re.IGNORECASE)
_UNIT = re.compile(r"\s?(?:[A-Za-z]+|%)$")
_EACH = re.compile(r"[\s-]?\w+\s(?:each|apiece|per|a (?:day|month|year|head|unit))\b", re.IGNORECASE)
_FAR = 1_000  # The distance, in characters, of a value if the measure isn't named.
_CANDIDATES = 8
_SIDE_COVERAGE = 0.5


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two `sides` that are compared by their `measure` ("capacity", or "" if only the adjective tells it).

    `greater` is true if the greater or later one is asked for. `form` says what the answer begins with: one
    of the sides, yes or no, or the direction ("higher").
    """

    sides: tuple[str, str]
    measure: str
    adjective: str
    by: By
    greater: bool
    form: Form

    @property
    def queries(self) -> tuple[str, str]:
        """The searches for the values of both sides."""
        first, second = (f"{self.measure} {side}".strip() for side in self.sides)
        return first, second


@dataclass(frozen=True, slots=True)
class Value:
    """A side's value in the text's words; `amount` is comparable with that of a value of the same `unit`."""

    text: str
    amount: float
    unit: str
    found: Candidate


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the value of each side."""

    comparison: Comparison
    values: tuple[Value, Value]

    @property
    def text(self) -> str:
        """The answer in a sentence."""
        said, (first, second) = self.comparison, self.values
        if first.amount == second.amount:
            return f"Neither: {_named(said.sides[0])} and {said.sides[1]} both have {first.text}."
        top, low = (0, 1) if first.amount > second.amount else (1, 0)
        chosen, other = (top, low) if said.greater else (low, top)
        if said.form == "which":
            start, shown, against = f"{_named(said.sides[chosen])}: ", chosen, other
        else:
            start, shown, against = self._verdict(holds=chosen == 0), 0, 1
        value, against_value = self.values[shown].text, self.values[against].text
        if said.form == "which":
            return f"{start}{value}, against {against_value} for {said.sides[against]}."
        return f"{start}{value} for {said.sides[shown]}, against {against_value} for {said.sides[against]}."

    def _verdict(self, *, holds: bool) -> str:
        if self.comparison.form == "whether":
            return "Yes: " if holds else "No: "
        first, second = _directions(self.comparison.adjective)
        return f"{(first if holds else second).capitalize()}: "

    @property
    def working(self) -> str:
        """The difference, where figures were compared."""
        top, low = sorted(self.values, key=lambda value: -value.amount)
        if self.comparison.by == "day" or top.amount == low.amount:
            return ""
        found = _UNIT.search(top.text)
        unit = found[0] if found else ""
        return f"{top.text} - {low.text} = {_figure(top.amount - low.amount)}{unit}"


def parse(question: str) -> Comparison | None:
    """The comparison that a question asks for; None if it doesn't compare two named things."""
    text = " ".join(question.split())
    for pattern, form in (
        (_WHICH, "which"),
        (_WHICH_OF, "which"),
        (_WHETHER, "whether"),
        (_BEFORE, "whether"),
    ):
        match = pattern.match(text)
        if match is None:
            continue
        if form == "whether" and pattern is _WHETHER and match["or"]:
            return _comparison(match, "direction")
        return _comparison(match, "which" if form == "which" else "whether")
    return None


def compare(comparison: Comparison, ranked: Sequence[Sequence[Candidate]]) -> Compared | None:
    """The values of both sides; None if one is not found.

    Args:
        ranked: for each side the sentences found for it, the best first.
    """
    first, second = (
        list(_values(comparison, side, candidates))
        for side, candidates in zip(comparison.sides, ranked, strict=True)
    )
    pairs = [
        (at + other, mine, theirs)
        for (at, mine), (other, theirs) in product(enumerate(first), enumerate(second))
        if mine.unit == theirs.unit and mine.found.span != theirs.found.span
    ]
    if not pairs:
        return None
    _, mine, theirs = min(pairs, key=lambda pair: pair[0])
    return Compared(comparison, (mine, theirs))


def _comparison(match: re.Match[str], form: Form) -> Comparison | None:
    rest = match["rest"]
    found = _DIRECTION.search(rest)
    if found is None:
        return None
    adjective = found[0].lower()
    by: By = "day" if re.search(rf"\b(?:{_LATER}|{_SOONER})\b", adjective) else "number"
    greater = re.match(rf"(?:much\s|far\s)?(?:{_GREATER}|{_LATER})\b", adjective) is not None
    verb = match.groupdict().get("verb") or ""
    around = f"{verb} {rest[: found.start()]} {rest[found.end() :]}"
    a, b = (_side(side, match["a"], around) for side in (match["a"], match["b"]))
    if a.casefold() == b.casefold() or _A_NUMBER.match(b):
        return None
    return Comparison((a, b), _measure(around), adjective, by, greater, form)


def _side(side: str, first: str, rest: str) -> str:
    """A side in full: "the one at Suki Kinari" becomes "the station at Suki Kinari"."""
    side = side.strip(" ,")
    anaphor = _THE_ONE.match(side)
    if anaphor and not _THE_ONE.match(first):
        return f"{_PREPOSITION.split(first, maxsplit=1)[0]} {side[anaphor.end() :]}".strip()
    if anaphor:
        return _PREPOSITION.sub("", f" {side[anaphor.end() :]}", count=1).strip()
    if _ORDINAL_ALONE.match(side) and any(number.ordinal for number in numbers(side)):
        of_first = first[
            max((number.end for number in numbers(first) if number.ordinal), default=len(first)) :
        ]
        return f"{side} {of_first.strip() or _VERB.sub('', rest).strip()}"
    return side


def _measure(rest: str) -> str:
    """The words that name what is measured."""
    words = [word for word in re.findall(r"[\w’'-]+", rest) if content(word)]
    return " ".join(words)


def _values(comparison: Comparison, side: str, candidates: Sequence[Candidate]) -> Iterator[Value]:
    """A side's values from the sentences about it, the likeliest first."""
    for candidate in candidates[:_CANDIDATES]:
        article = candidate.article
        text = f"{article.header}\n{candidate.text}"
        if lacking(side, text, article.published) or coverage(side, text) < _SIDE_COVERAGE:
            continue
        yield from (_days if comparison.by == "day" else _figures)(comparison, side, candidate)


def _days(comparison: Comparison, side: str, candidate: Candidate) -> Iterator[Value]:
    """The day of a sentence that is nearest to the words of the measure."""
    text = candidate.text
    found = [day for day in find_days(text, candidate.article.published) if day.date == day.until]
    places = _places(f"{comparison.measure} {side}", text)
    for day in sorted(found, key=lambda day: _distance(day.start, places))[:1]:
        yield Value(_in_words(day.date), day.date.toordinal(), "day", candidate)


def _figures(comparison: Comparison, side: str, candidate: Candidate) -> Iterator[Value]:
    """A sentence's figures, those nearest to the words of the measure first."""
    text = candidate.text
    days = find_days(text, candidate.article.published)
    own = {number.value for number in numbers(side)}
    wanted = _MEASURED_BY.get(comparison.adjective)
    found = [
        number
        for number in numbers(text)
        if not number.ordinal
        and number.value not in own
        and (number.unit or number.percent)
        and (wanted is None or number.unit in wanted)
        and not any(number.start < day.end and number.end > day.start for day in days)
        and not _EACH.match(text, number.end)
    ]
    places = _places(comparison.measure, text)
    for number in sorted(found, key=lambda number: _distance(number.start, places))[:2]:
        unit = "per cent" if number.percent else number.unit
        yield Value(_worded(text, number.start, number.end, unit), number.value, unit, candidate)


def _places(words: str, text: str) -> list[int]:
    """Where a text has any of some content words."""
    wanted = content(words)
    return [word.start() for word in re.finditer(r"[\w’'-]+", text) if content(word[0]) & wanted]


def _distance(start: int, places: Sequence[int]) -> int:
    return min((abs(start - at) for at in places), default=_FAR)


def _worded(text: str, start: int, end: int, unit: str) -> str:
    """A figure with its unit, in the text's words."""
    following = re.match(r"[\s-]?(?:US\s|square\s)?[A-Za-z]+", text[end:])
    if unit and following and any(number.unit for number in numbers(text[start : end + following.end()])):
        end += following.end()
    return text[start:end]


def _directions(adjective: str) -> tuple[str, str]:
    first, _, second = adjective.partition(" or ")
    return first, second


def _named(side: str) -> str:
    return side[0].upper() + side[1:]


def _figure(amount: float) -> str:
    return f"{amount:,.10g}" if amount < 1e6 else f"{amount / 1e6:,.10g} million"


def _in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
