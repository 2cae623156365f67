"""How the pages put things: dates, ages, how sure an answer is. Plain text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from unicodedata import bidirectional

from qa.answer.confidence import FAIRLY_SURE, in_words
from qa.answer.matching import MANY
from qa.answer.provenance import years_behind
from qa.core.types import Citation, Claim, Kind, Provenance, Side
from qa.store.library import Stats
from qa.web.conversations import Exchange, Source
from qa.web.language import ENGLISH, N_, _, current, isolated, plural

KINDS: dict[Kind, str] = {"official": N_("official text"), "report": "", "opinion": N_("opinion")}
KIND_NAMES: dict[Kind, str] = {
    "official": N_("Official texts"),
    "report": N_("Reports"),
    "opinion": N_("Opinion"),
}
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
    return _("undated") if value is None else _date(value, current().day)


def short_day(value: date | None) -> str:
    """21 Jan 2024."""
    return _("undated") if value is None else _date(value, current().short_day)


def month(value: date) -> str:
    """January 2024."""
    return _date(value, current().month)


def _date(value: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(value, pattern, locale=current().code)


def time(period: str) -> str:
    """January 2024, of 2024-01; a year as it is."""
    return month(span(period)[0]) if len(period) > 4 else period


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
        return (_("today"), _("yesterday"))[days]
    if days >= 2 * 365:
        return plural(days // 365, "{n} year ago", "{n} years ago")
    if days >= 2 * 30:
        return plural(days // 30, "{n} month ago", "{n} months ago")
    if days >= 2 * 7:
        return plural(days // 7, "{n} week ago", "{n} weeks ago")
    return plural(days, "{n} day ago", "{n} days ago")


def behind_the_newest(published: date | None, newest: date | None) -> str:
    """How much older a document is: "3 years older than the newest source"; "" within a year."""
    years = years_behind(published, newest)
    return (
        plural(years, "{n} year older than the newest source", "{n} years older than the newest source")
        if years
        else ""
    )


def shortened(text: str, chars: int) -> str:
    """A text cut to a number of characters, with an ellipsis where something is left out."""
    return text if len(text) <= chars else text[: chars - 1].rstrip() + "…"


def listed(parts: Iterable[str]) -> str:
    """Parts in a row with commas between."""
    return current().comma.join(parts)


def sentences(parts: Iterable[str]) -> str:
    """Sentences without their stops as a text; the empty ones are left out."""
    said = [part for part in parts if part]
    stop = current().stop
    return (stop.join(said) + stop).rstrip() if said else ""


def publisher(name: str | None) -> str:
    """A publisher's name; one of another direction than the page's by itself, so that it leaves what
    follows alone."""
    if not name:
        return _("Unknown publisher")
    right_to_left = any(bidirectional(char) in ("R", "AL") for char in name)
    return isolated(name) if right_to_left or current().right_to_left else name


def dotted(*parts: str) -> str:
    """Parts in a row with dots between, none of which begins a line; empty parts are left out."""
    return "\N{NO-BREAK SPACE}· ".join(part for part in parts if part)


def origin(name: str | None, published: date | None) -> str:
    """The Corridor Desk, 21 January 2024."""
    return listed([publisher(name), day(published)])


def credit(citation: Citation, *, page: bool = False) -> str:
    """Whose words a quote is: its origin, its page if wanted, who said it."""
    parts = [origin(citation.publisher, citation.published), page_number(citation) if page else ""]
    return listed(part for part in (*parts, said_by(citation)) if part)


def page_number(citation: Citation) -> str:
    """Where in a paged document a quote stands: "page 3"; "" where that isn't known."""
    return "" if citation.page is None else _("page {n}", n=citation.page)


def said_by(citation: Citation) -> str:
    """Who said what is quoted: "as said by Wang Yi"; "" where nobody is reported to."""
    return _("as said by {speaker}", speaker=citation.speaker) if citation.speaker else ""


def without_source(claim: Claim) -> str:
    """What of a sentence no source has."""
    return _("no source has {words}", words=listed(f"“{each}”" for each in claim.missing))


def refuter(side: Side) -> str:
    """Who calls a side wrong, and when; "" where nobody does."""
    return origin(side.refuted.publisher, side.refuted.published) if side.refuted else ""


def told(side: Side) -> str:
    """What a side says, and who calls it wrong: "285 (refuted by Factcheck Desk, 7 January 2022)"."""
    if not side.refuted:
        return side.value
    return _("{value} (refuted by {source})", value=side.value, source=refuter(side))


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
    return "" if exchange.confidence is None else _(in_words(exchange.confidence))


def unsure(exchange: Exchange) -> str:
    """That an answer is uncertain, in words; nothing where it is surer, or that isn't known."""
    confidence = exchange.confidence
    return how_sure(exchange) if confidence is not None and confidence < FAIRLY_SURE else ""


def outcome(exchange: Exchange) -> str:
    """What came of a question that was not answered, or the answer as it was written."""
    return _(exchange.message or exchange.text)


def support(claims: Sequence[Claim]) -> str:
    """How far an answer is proved: one sentence for the line under it."""
    proved = sum(claim.support == "supported" for claim in claims)
    if not claims:
        return ""
    if proved == len(claims):
        return _("Every sentence is proved by its quote") if len(claims) > 1 else _("Proved by its quote")
    partly = sum(claim.support == "partial" for claim in claims)
    rest = len(claims) - proved - partly
    whole = plural(
        len(claims), "{proved} of {n} sentence proved", "{proved} of {n} sentences proved", proved=proved
    )
    parts = [whole]
    if partly:
        parts.append(plural(partly, "{n} partly", "{n} partly"))
    if rest:
        parts.append(plural(rest, "{n} not", "{n} not"))
    return listed(parts)


def standing(exchange: Exchange) -> str:
    """What an answer stands on: "From 2 documents", the span of their dates."""
    used = _used(exchange)
    if not used:
        return ""
    parts = [plural(len(used), "From {n} document", "From {n} documents")]
    days = sorted(source.published for source in used if source.published)
    if days:
        parts.append(_range(days[0], days[-1]))
    return listed(parts)


def _used(exchange: Exchange) -> list[Source]:
    """The documents that an answer quotes."""
    quoted = {quote.article_id for quote in cited(exchange.claims)}
    return [source for source in exchange.sources if source.article_id in quoted]


def _range(since: date, until: date) -> str:
    if since == until:
        return day(since)
    return _("{since} to {until}", since=day(since), until=day(until))


def _voices(used: Sequence[Source]) -> set[str]:
    """Publishers that don't merely carry the same story as another."""
    return {
        source.publisher or source.article_id
        for source in {s.story or s.article_id: s for s in used}.values()
    }


def summary(exchange: Exchange) -> str:
    """The line under an answer: on what it stands, what else there is, what is missing."""
    return sentences([standing(exchange), *_in_the_library(exchange.basis)])


def checks(exchange: Exchange) -> tuple[str, ...]:
    """How an answer was checked, and who wrote it, each a sentence without its stop."""
    used = _used(exchange)
    voices = len(_voices(used))
    found = [
        how_sure(exchange),
        support(exchange.claims),
        plural(voices, "{n} independent source", "{n} independent sources") if len(used) > 1 else "",
        _("Written by {model}", model=exchange.model) if exchange.model else "",
    ]
    return tuple(each for each in found if each)


def in_the_library(basis: Provenance) -> str:
    """What was left out of account, what the library has and what is missing."""
    return sentences(_in_the_library(basis))


def _in_the_library(basis: Provenance) -> Iterator[str]:
    if basis.as_of:
        yield _("Only what was published by {day} was read", day=day(basis.as_of))
    if not basis.documents:
        return
    if not basis.matching:
        yield _("No related documents")
    elif basis.matching < MANY:
        yield plural(
            basis.matching,
            "{n} related document",
            "{n} related documents",
        )
    else:
        yield plural(
            basis.matching,
            "{n} or more related documents",
            "{n} or more related documents",
        )
    yield from (gap[:1].upper() + gap[1:] for gap in basis.gaps)


def account(exchange: Exchange) -> str:
    """The line under an answer and how it was checked, to take along."""
    return " ".join(part for part in (summary(exchange), sentences(checks(exchange))) if part)


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
    """A language's name; in English its code where it is not among the usual ones."""
    if current() == ENGLISH:
        return _LANGUAGES.get(code or "", code or "")
    from babel import Locale

    names = Locale(current().code).languages
    return str(names.get(code or "", code or ""))


def holds(stats: Stats) -> str:
    """54 documents by 9 publishers, 23 May 2013 to 11 November 2025."""
    documents = plural(stats.articles, "{n} document", "{n} documents")
    if stats.publishers:
        documents = plural(
            stats.publishers,
            "{documents} by {n} publisher",
            "{documents} by {n} publishers",
            documents=documents,
        )
    days = [each for each in (stats.since, stats.until) if each]
    return sentences([listed([documents, *([_range(days[0], days[-1])] if days else [])])])
