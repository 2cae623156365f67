"""Turns a draft into an article: finds headline, publisher, date, dateline, language, type and days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ingest import published as dates
from ingest.boilerplate import without_icons
from ingest.document_type import document_type, issuer_of
from ingest.notices import notice_of
from ingest.plain import CopiedPage, take_apart
from ingest.published import Published
from ingest.sanitiser import addressed_to_model, strip_characters
from ingest.values import Draft, Facts, Options
from qa.core.errors import RefusedError
from qa.core.types import Article, Stripped
from qa.dates.find import find_days, numeric_order
from qa.store.library import article_id
from qa.text.credits import in_credit
from qa.text.english import patterns
from qa.text.language import identify

# "ISLAMABAD: ", "BEIJING, Jan 21 (Xinhua) -- ", "LONDON (Reuters) - ".
_DAY = r"[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}"
_AGENCY = r"[A-Z][\w .&/-]{1,30}"
_DASH = r"\s*(?::|—|–|--|-\s)\s*"
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.’'-]+(?:[ ,/]+(?:D\.C\.|[A-Z][A-Z.’'-]+)){0,3})"
    rf"(?:,\s*(?:{_DAY}))?(?:\s*[(/](?P<agency>{_AGENCY})[)/])?{_DASH}"
)
_DATELINE_MIXED = re.compile(
    rf"(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}})(?:,\s*(?:{_DAY}))?\s*\((?P<agency>{_AGENCY})\){_DASH}"
)
_NO_PLACES = frozenset(patterns(__name__)["no_places"].split("|"))
_MAX_TITLE_CHARS = 400
_WWW = re.compile(r"^(?:www|m|amp|en|edition)\.")


@dataclass(frozen=True, slots=True)
class Dateline:
    """An article's dateline: the place, and the agency."""

    place: str
    agency: str | None = None


def compose(draft: Draft, options: Options) -> Article:
    """The article of a draft, still without its story, passages and speakers.

    Raises:
        RefusedError: it has no text.
    """
    text, invisible = strip_characters(draft.text)
    if draft.copied and not draft.pages:
        text = without_icons(text)
    page = take_apart(text, draft.facts.title) if draft.copied else _whole(text)
    if not text[page.start : page.end].strip():
        page = _whole(text)
    body = text[page.start : page.end]
    if not body:
        raise RefusedError("There is no text in it.")
    facts = draft.facts.or_else(_from_page(page))
    language = options.language or identify(body, facts.language) or facts.language
    published = _published(facts, page, draft, body, language)
    article = _article(draft, options, facts, body, language, published)
    title, notes = _safe_title(article)
    return replace(
        article,
        title=title,
        pages=tuple(min(max(0, start - page.start), len(body)) for start in draft.pages),
        stripped=draft.stripped + invisible + notes,
    )


def _whole(text: str) -> CopiedPage:
    start = len(text) - len(text.lstrip())
    return CopiedPage(None, None, (), {}, start, max(start, len(text.rstrip())))


def _article(
    draft: Draft, options: Options, facts: Facts, body: str, language: str | None, published: Published | None
) -> Article:
    day = published.day if published else None
    dateline = read_dateline(body)
    publisher = options.publisher or facts.publisher or _host(facts.url)
    title = facts.title or _first_words(body)
    kind = options.kind or document_type(facts, title, publisher, body)
    source = _source(draft.source, facts.url)
    return Article(
        id=article_id(source),
        title=title,
        body=body,
        source=source,
        publisher=publisher,
        published=day,
        published_from=published.found if published else "none",
        precision=published.precision if published else "day",
        inferred=bool(published and published.inferred),
        place=facts.place or (dateline.place if dateline else None),
        authors=facts.authors,
        language=language,
        url=facts.url,
        section=facts.section,
        collection=options.collection,
        kind=kind,
        issuer=issuer_of(kind, publisher, dateline.agency if dateline else None, body),
        notice=notice_of(title, body, facts.section, facts.url),
        days=tuple(each for each in find_days(body, day, language) if not in_credit(body, each.start)),
    )


def _source(source: str, canonical: str | None) -> str:
    """An article's source: the page's canonical address if that is on the same site."""
    hosts = [_host(source) if "://" in source else None, _host(canonical)]
    return canonical if canonical and hosts[0] and hosts[0] == hosts[1] else source


def _safe_title(article: Article) -> tuple[str, tuple[Stripped, ...]]:
    """The headline on one line; the source's name instead of one that addresses a language model."""
    title, notes = strip_characters(" ".join(article.title.split()))
    if addressed_to_model(title, [(0, len(title))]):
        name = article.source.rstrip("/").rsplit("/", 1)[-1]
        note = Stripped(title, "it addresses a language model", "quarantined")
        stands_in_body = article.body.startswith(title.rstrip("…"))
        return name, notes if stands_in_body else (*notes, note)
    return title[:_MAX_TITLE_CHARS], notes


def read_dateline(body: str) -> Dateline | None:
    """The dateline at a body's head; None if there is none."""
    found = _DATELINE.match(body) or _DATELINE_MIXED.match(body)
    if found is None or found["place"].split()[0].strip(",") in _NO_PLACES:
        return None
    return Dateline(found["place"].strip(" ,"), (found["agency"] or "").strip() or None)


def _from_page(page: CopiedPage) -> Facts:
    author = page.fields.get("author")
    written = page.fields.get("date") or page.date_line or page.fields.get("updated")
    return Facts(
        title=page.title or page.fields.get("title"),
        publisher=page.fields.get("publisher"),
        published=written,
        published_from="text",
        authors=page.authors or ((author,) if author else ()),
        language=page.fields.get("language"),
        url=page.fields.get("url"),
        section=page.fields.get("section"),
        place=page.fields.get("place"),
    )


def _published(
    facts: Facts, page: CopiedPage, draft: Draft, body: str, language: str | None
) -> Published | None:
    """The publication date: from metadata, the page or a date line, the address, or the file's name."""
    order = _month_first(body, language)
    candidates = [(facts.published, facts.published_from), (page.date_line, "text")]
    for value, found in candidates:
        read = dates.parse_date(value, found, language=language, month_first=order) if value else None
        if read is not None:
            return read
    return (dates.in_address(facts.url) if facts.url else None) or dates.in_name(draft.name)


def _month_first(body: str, language: str | None) -> bool | None:
    """Whether the body's own dates have the month first; None if none of them tells."""
    order = numeric_order(body, language)
    return None if order.inferred else order.month_first


def _first_words(body: str) -> str:
    line = body.split("\n", 1)[0]
    return line if len(line) <= 100 else line[:100].rsplit(" ", 1)[0] + "…"


def _host(url: str | None) -> str | None:
    host = urlsplit(url or "").hostname
    return _WWW.sub("", host) if host else None
