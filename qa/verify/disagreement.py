"""Finds documents that tell the same matter differently: another figure, or another day.

The verifier reads windows that are similar to a claim but lack one of its figures or days; if it contradicts
the claim, the window is the other side. A document itself may report others' figures beside the cited
sentence ("Dunya News counts 75"). A value that a sentence calls wrong is marked as refuted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.core.types import Article, Citation, Claim, Day, Disagreement, Hit, Side, numbered
from qa.dates.find import same_day
from qa.search.sentence_ranking import Scorer
from qa.text.english import patterns
from qa.text.facts import Number
from qa.text.sentences import spans_of_body
from qa.text.stems import content
from qa.verify.entailment import Pair, Verifier
from qa.verify.findings import CONTRADICTED, missing_of
from qa.verify.hard_facts import Facts, facts_of
from qa.verify.spans import Window, cite, windows

OVER_TIME_DAYS = 180
"""Documents further apart than this may tell of a change rather than of a disagreement."""

_WORDS = patterns(__name__)
_TELLING = re.compile(
    rf"\b(?:{_WORDS['telling']})\w*(?:(?:,? at|:)?\s+[\w'’.]+){{0,7}}(?:,? at|:)?\s*$", re.I
)
_MEASURED = re.compile(r"illion|dollar|rupee|metre|megawatt", re.I)  # words that any two figures share
_PART = re.compile(r"^\W*of (?:this|these|them)\b|\bof which\b", re.I)
_WRONG = re.compile(rf"\b(?:{_WORDS['wrong']})\b", re.I)
_LEAD = 400  # characters, about the first sentences
_APART = 5  # times as much: such figures are of different things
_WINDOWS = 4
_JUDGED = 2  # windows for each claim; each takes seconds
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
    """The figures and days of an answer that other documents tell differently, each side with its quote.

    Args:
        question: the question as it was understood.
        claims: the answer's proved claims.
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
            others = [*_told(value, claim, hits), *_others(value, claim, hits, score, verifier)]
            if others:
                matter = _matter(value, claim.citations[0], others, _on_the_same(claim, hits), hits)
                found.setdefault(matter.about, matter)
    return tuple(found.values())


def _values(claim: Claim, question: str) -> list[Number | Day]:
    """The figures and days of a claim that the question lacks: they are the answer."""
    said, asked = facts_of(claim.text), facts_of(question)
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


def _told(value: Number | Day, claim: Claim, hits: Sequence[Hit]) -> Iterator[Side]:
    """Others' figures that the cited document reports, and figures that any document calls wrong."""
    cited, numbers = claim.citations[0], numbered(hits)
    for article in _on_the_same(claim, hits):
        spans = spans_of_body(article.body)
        beside = _beside(value, claim, article) if article.id == cited.article_id else ()
        for start, end in spans:
            sentence = article.body[start:end]
            for other in _kin(value, facts_of(sentence, article.published)):
                if (start, other.text) in beside or _WRONG.search(sentence):
                    yield Side(other.text, cite(article, start, end, numbers[article.id]))


def _beside(value: Number | Day, claim: Claim, article: Article) -> set[tuple[int, str]]:
    """Others' figures that a document reports for a claim, each with its sentence's start.

    They are in the cited sentence, in neighbours of it or of each other, in sentences that share a word with
    it, and in those that have the word "figure".
    """
    if isinstance(value, Day) or value.percent:
        return set()
    cited = claim.citations[0]
    stems = content(_MEASURED.sub(" ", f"{claim.text} {cited.quote}"))
    counted = _counted(value, claim.text)
    found: set[tuple[int, str]] = set()
    last, before = -2, ""
    for at, (start, end) in enumerate(spans_of_body(article.body)):
        sentence = article.body[start:end]
        if start < cited.end and cited.start < end:
            last = at
        near = at - last <= 1 or "figure" in sentence or bool(stems & content(sentence))
        of_kind = not counted or bool(counted & content(f"{before} {sentence}"))
        if near and of_kind and not _PART.search(sentence):
            told = {
                (start, other.text)
                for other in _kin(value, facts_of(sentence, article.published))
                if _is_told(sentence, other, counted)
            }
            last = at if told else last
            found |= told
        before = sentence
    return found


def _counted(value: Number, text: str) -> frozenset[str]:
    """What a figure without a unit counts in a text: the stem of the word after it, if there is one."""
    bare = not value.unit and text[value.end :][:1] not in ".,;"
    return content(" ".join(text[value.end :].split()[:1])) if bare else frozenset()


def _on_the_same(claim: Claim, hits: Sequence[Hit]) -> list[Article]:
    """The cited document, and those whose headline and first sentence have half of a claim's words."""
    stems, cited = content(claim.text), claim.citations[0].article_id
    articles = {hit.article.id: hit.article for hit in hits}.values()
    return [
        each
        for each in articles
        if each.id == cited or 2 * len(stems & content(f"{each.title} {each.body[:_LEAD]}")) >= len(stems)
    ]


def _kin(value: Number | Day, facts: Facts) -> Iterator[Number | Day]:
    """Other figures or days of a sentence that may be about the same as a value."""
    if isinstance(value, Day):
        yield from (each for each in facts.days if each.date == each.until and not same_day(each, value))
        return
    for each in facts.numbers:
        close = bool(value.value) and 1 / _APART <= each.value / value.value <= _APART
        kind = each.unit in (value.unit, "") and each.percent == value.percent
        if close and kind and each.value != value.value and not each.ordinal and not _is_year(each):
            yield each


def _is_told(sentence: str, figure: Number | Day, counted: frozenset[str]) -> bool:
    """Whether a word such as "counts" stands before a figure that counts the same as the claim's."""
    if isinstance(figure, Number):
        own = _counted(figure, sentence)
        if (own and not own & counted) or sentence[figure.end :].startswith(" of "):
            return False
    return _TELLING.search(sentence[: figure.start]) is not None


def _refuted(value: str, articles: Sequence[Article], hits: Sequence[Hit]) -> Citation | None:
    """The sentence that calls a value wrong or baseless."""
    numbers = numbered(hits)
    for article in articles:
        for start, end in spans_of_body(article.body):
            sentence = article.body[start:end]
            if _WRONG.search(sentence) and re.search(rf"(?<![\d.,]){re.escape(value)}(?![\d])", sentence):
                return cite(article, start, end, numbers[article.id])
    return None


def _others(
    value: Number | Day, claim: Claim, hits: Sequence[Hit], score: Scorer, verifier: Verifier
) -> Iterator[Side]:
    """Other values in other documents, with their quotes."""
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
    """The figure or day in a window's core that is like a value; "" if it has none or the same."""
    start, end = window.sentences[window.core]
    facts: Facts = facts_of(window.article.body[start:end], window.article.published)
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


def _matter(
    value: Number | Day,
    cited: Citation,
    others: Sequence[Side],
    articles: Sequence[Article],
    hits: Sequence[Hit],
) -> Disagreement:
    by_value = {each.value: each for each in reversed([Side(value.text, cited), *others])}
    sides = sorted(
        (replace(each, refuted=_refuted(each.value, articles, hits)) for each in by_value.values()),
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
