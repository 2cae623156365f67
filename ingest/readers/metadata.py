"""The facts that a page states about its article: in JSON-LD, then meta tags, then visible elements."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest import published
from ingest.readers.authors import bylines, clean_authors
from ingest.readers.headline import find_headline
from ingest.readers.json_ld import read_json_ld
from ingest.values import Facts

_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")
_PUBLISHER = ("og:site_name", "application-name", "dc.publisher", "citation_publisher", "publisher")
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "publish-date",
    "dc.date.issued",
    "dcterms.created",
    "sailthru.date",
    "citation_publication_date",
    "article.published",
    "publication_date",
)
_ALSO_DATED = ("date", "dc.date", "article:modified_time", "og:updated_time", "datemodified")
_TITLE = ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")


def read_metadata(tree: Any, url: str | None = None) -> Facts:
    """The facts in a page's metadata and marked-up elements."""
    tags = _tags(tree)
    described = read_json_ld(tree)
    tagged = Facts(
        publisher=_first(tags, *_PUBLISHER),
        published=_first(tags, *_PUBLISHED),
        language=_first(tags, "og:locale", "dc.language", "language", "content-language"),
        url=_canonical(tree, tags, url),
        section=_first(tags, "article:section", "section", "parsely-section"),
    )
    facts = described.or_else(tagged)
    language = _language(tree.get("lang")) or _language(facts.language)
    sites = _sites(facts, tagged)
    stated = [title for title in (described.title, *(_first(tags, key) for key in _TITLE)) if title]
    return replace(
        facts,
        title=find_headline(tree, stated, sites),
        authors=_authors(tree, described, tags, sites, language),
        language=language,
    )


def stated_days(tree: Any) -> set[date]:
    """All days in a page's metadata, of publication or later changes."""
    tags = _tags(tree)
    written = [tags[key][0] for key in (*_PUBLISHED, *_ALSO_DATED) if key in tags]
    written += filter(None, [read_json_ld(tree).published])
    found = (published.parse_date(each, "metadata") for each in written if each[:4].isdigit())
    return {each.day for each in found if each}


def _tags(tree: Any) -> dict[str, list[str]]:
    """The contents of meta tags by lower-case name."""
    tags: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = " ".join(unescape(meta.get("content") or "").split())
        if key and content:
            tags.setdefault(key, []).append(content)
    return tags


def _first(tags: dict[str, list[str]], *keys: str) -> str | None:
    return next((tags[key][0] for key in keys if key in tags), None)


def _sites(*facts: Facts) -> tuple[str, ...]:
    """The names of the site: its publisher's names, and its host with and without the ending."""
    hosts = {urlsplit(each.url or "").hostname or "" for each in facts}
    hosts = {host.removeprefix("www.") for host in hosts if host}
    names = [each.publisher for each in facts if each.publisher]
    return (*names, *hosts, *(host.rpartition(".")[0] for host in hosts))


def _authors(
    tree: Any, described: Facts, tags: dict[str, list[str]], sites: tuple[str, ...], language: str | None
) -> tuple[str, ...]:
    """The authors from the surest place that names any; a user name only if there is nothing better."""
    tagged = [name for key in _AUTHOR for name in tags.get(key, ())]
    named = clean_authors(described.authors, sites, language) or clean_authors(tagged, sites, language)
    if any(" " in name for name in named):
        return named
    for byline in bylines(tree):
        found = clean_authors([byline], sites, language)
        if found and (not named or any(" " in name for name in found)):
            return found
    return named


def _canonical(tree: Any, tags: dict[str, list[str]], url: str | None) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href") or tags.get("og:url")
    try:
        address = urljoin(url or "", links[0].strip()) if links else None
        usable = bool(address) and urlsplit(address or "").scheme in ("http", "https")
    except ValueError:
        usable = False
    return address if usable else url


def _language(value: str | None) -> str | None:
    code = _LANGUAGE.match((value or "").strip().lower())
    return code.group() if code else None
