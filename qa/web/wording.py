"""How the pages put things: dates, ages, how sure an answer is. Plain text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain
from unicodedata import bidirectional

from qa.answer.confidence import in_words
from qa.answer.provenance import in_the_library as basis_in_the_library
from qa.core.types import Citation, Claim, Kind, Provenance, Side
from qa.store.library import Stats
from qa.web.conversations import Exchange, Source

KINDS: dict[Kind, str] = {"official": "official text", "report": "", "opinion": "opinion"}
KIND_NAMES: dict[Kind, str] = {"official": "Official texts", "report": "Reports", "opinion": "Opinion"}
_LANGUAGES = {
    "ar": "Arabic",
    "bn": "Bengali",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "ur": "Urdu",
    "zh": "Chinese",
}
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_MARKER = re.compile(r"(?<!\s)\s*+\[\d+(?:\s*,\s*\d+)*\]")


def plain(text: str) -> str:
    """Text for an element that reads Markdown, escaped so that it shows as it stands."""
    return _MARKUP.sub(r"\\\1", text).replace("\n", "  \n")


def unmarked(text: str) -> str:
    """A sentence without its citation markers, such as [1]."""
    return _MARKER.sub("", text).strip()


def day(value: date | None) -> str:
    """21 January 2024."""
    return "undated" if value is None else f"{value.day} {value:%B %Y}"


def short_day(value: date | None) -> str:
    """21 Jan 2024."""
    return "undated" if value is None else f"{value.day} {value:%b %Y}"


def time(period: str) -> str:
    """January 2024, of 2024-01; a year as it is."""
    return f"{span(period)[0]:%B %Y}" if len(period) > 4 else period


def span(period: str) -> tuple[date, date]:
    """The first and the last day of 2024-01, or of 2024."""
    if len(period) == 4:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    first = date.fromisoformat(f"{period}-01")
    return first, month_end(first)


def month_end(value: date) -> date:
    """The last day of a day's month."""
    return (value.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def age(value: date | None, today: date) -> str:
    """How long ago a day was, in the unit a reader would use; empty for an unknown day."""
    if value is None or value > today:
        return ""
    days = (today - value).days
    if days < 2:
        return ("today", "yesterday")[days]
    for unit, length in (("year", 365), ("month", 30), ("week", 7), ("day", 1)):
        if days >= 2 * length or (unit == "day"):
            return f"{days // length} {unit}s ago"
    return ""


def shortened(text: str, chars: int) -> str:
    """A text cut to a number of characters, with an ellipsis where something is left out."""
    return text if len(text) <= chars else text[: chars - 1].rstrip() + "…"


def count(n: int, noun: str, plural: str | None = None) -> str:
    """1 document, 2 documents, 12,000 documents."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def publisher(name: str | None) -> str:
    """A publisher's name; one in a right-to-left script by itself, so that it leaves what follows alone."""
    if not name:
        return "Unknown publisher"
    right_to_left = any(bidirectional(char) in ("R", "AL") for char in name)
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if right_to_left else name


def dotted(*parts: str) -> str:
    """Parts in a row with dots between, none of which begins a line; empty parts are left out."""
    return "\N{NO-BREAK SPACE}· ".join(part for part in parts if part)


def origin(name: str | None, published: date | None) -> str:
    """The Corridor Desk, 21 January 2024."""
    return f"{publisher(name)}, {day(published)}"


def refuter(side: Side) -> str:
    """Who calls a side wrong, and when; "" where nobody does."""
    return origin(side.refuted.publisher, side.refuted.published) if side.refuted else ""


def told(side: Side) -> str:
    """What a side says, and who calls it wrong: "285 (refuted by Factcheck Desk, 7 January 2022)"."""
    return f"{side.value} (refuted by {refuter(side)})" if side.refuted else side.value


def quotes(exchange: Exchange) -> tuple[Citation, ...]:
    """All quotes of an exchange, each once, in the order in which a reader meets them."""
    met: list[Iterable[Citation]] = [each.citations for each in (*exchange.corrections, *exchange.claims)]
    met += [[side.citation for side in each.sides] for each in exchange.disagreements]
    met += [step.citations for step in exchange.steps]
    return _once(chain.from_iterable(met))


def cited(claims: Sequence[Claim]) -> tuple[Citation, ...]:
    """The quotes of some sentences, each once, in the order they are cited."""
    return _once(citation for claim in claims for citation in claim.citations)


def place(citation: Citation | None, quotes: Sequence[Citation]) -> int | None:
    """Where a quote stands among some, whatever number it was cited by; None if it doesn't."""
    if citation is None:
        return None
    return next((at for at, each in enumerate(quotes) if _words(each) == _words(citation)), None)


def _once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    seen: dict[tuple[str, int, int], Citation] = {}
    for citation in citations:
        seen.setdefault(_words(citation), citation)
    return tuple(seen.values())


def _words(citation: Citation) -> tuple[str, int, int]:
    """What makes two quotes the same: the same words of the same document."""
    return citation.article_id, citation.start, citation.end


def how_sure(exchange: Exchange) -> str:
    """How sure an answer is, in words; nothing where it isn't known."""
    return "" if exchange.confidence is None else in_words(exchange.confidence)


def support(claims: Sequence[Claim]) -> str:
    """How far an answer is proved: one sentence for the line under it."""
    proved = sum(claim.support == "supported" for claim in claims)
    if not claims:
        return ""
    if proved == len(claims):
        return "Every sentence is proved by its quote" if len(claims) > 1 else "Proved by its quote"
    partly = sum(claim.support == "partial" for claim in claims)
    rest = len(claims) - proved - partly
    parts = [f"{proved} of {count(len(claims), 'sentence')} proved"]
    if partly:
        parts.append(f"{partly} partly")
    if rest:
        parts.append(f"{rest} not")
    return ", ".join(parts)


def standing(exchange: Exchange) -> str:
    """What an answer stands on: documents, independent sources, the span of their dates."""
    quoted = {quote.article_id for quote in cited(exchange.claims)}
    used = [source for source in exchange.sources if source.article_id in quoted]
    if not used:
        return ""
    parts = [count(len(used), "document")]
    if len(used) > 1:
        parts.append(count(len(_voices(used)), "independent source"))
    days = sorted(source.published for source in used if source.published)
    if days:
        parts.append(day(days[0]) if days[0] == days[-1] else f"{day(days[0])} to {day(days[-1])}")
    return ", ".join(parts)


def _voices(used: Sequence[Source]) -> set[str]:
    """Publishers that don't merely carry the same story as another."""
    return {
        source.publisher or source.article_id
        for source in {s.story or s.article_id: s for s in used}.values()
    }


def summary(exchange: Exchange) -> str:
    """The line under an answer: how far it is proved, on what it stands, what is missing."""
    stands_on = standing(exchange)
    parts = [
        support(exchange.claims),
        f"From {stands_on}" if stands_on else "",
        in_the_library(exchange.basis),
    ]
    return ". ".join(part for part in parts if part) + "." if any(parts) else ""


def in_the_library(basis: Provenance) -> str:
    """What was left out of account, what the library has and what is missing, without the last stop."""
    left_out = f"Only what was published by {day(basis.as_of)} was read" if basis.as_of else ""
    return ". ".join(part for part in (left_out, *basis_in_the_library(basis)) if part)


def account(exchange: Exchange) -> str:
    """The line under an answer in full, beginning with how sure it is."""
    sure = how_sure(exchange)
    return f"{sure}. {summary(exchange)}" if sure else summary(exchange)


def paragraphs(exchange: Exchange) -> list[list[Claim]]:
    """The answer's claims, a new list where its text starts a new line."""
    cut: list[list[Claim]] = [[]]
    at = 0
    for claim in exchange.claims:
        found = exchange.text.find(claim.text, at)
        if found >= 0:
            if "\n" in exchange.text[at:found] and cut[-1]:
                cut.append([])
            at = found + len(claim.text)
        cut[-1].append(claim)
    return cut


def as_citation(exchange: Exchange, number: int) -> Citation:
    """The passage of a source card as a quote to open; the cited quote where there is one."""
    source = exchange.sources[number - 1]
    for quote in cited(exchange.claims):
        if quote.article_id == source.article_id:
            return quote
    return Citation(
        number=number,
        article_id=source.article_id,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=None,
        quote=source.passage,
        start=source.start,
        end=source.end,
    )


def language(code: str | None) -> str:
    """The English name of a language, or its code where it is not among the usual ones."""
    return _LANGUAGES.get(code or "", code or "")


def holds(stats: Stats) -> str:
    """54 documents by 9 publishers, 23 May 2013 to 11 November 2025."""
    by = f" by {count(stats.publishers, 'publisher')}" if stats.publishers else ""
    days = " to ".join(dict.fromkeys(day(each) for each in (stats.since, stats.until) if each))
    return f"{count(stats.articles, 'document')}{by}{days and f', {days}'}."
