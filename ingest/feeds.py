"""RSS and Atom, with feedparser: entries and what the feed says of them."""

from __future__ import annotations

import hashlib
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXException

from ingest.fetch import without_password
from ingest.values import Blob, Facts, Refusal
from qa.core.errors import RefusedError

FEED_SUFFIXES = frozenset({".rss", ".atom", ".rdf", ".xml"})
_ROOT = re.compile(rb"<(?:\w{1,20}:)?+(?:rss|feed|RDF)[\s>]", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml[^<>]{0,200}>")
_TAGS = re.compile(r"<[^<>]*>")
_HEAD_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: `key` identifies it and its version, `html` is its text in the feed."""

    key: str
    facts: Facts
    html: str


def is_feed(data: bytes) -> bool:
    """Whether bytes begin as an RSS or Atom feed does."""
    head = data.lstrip()[:_HEAD_BYTES]
    return bool(_ROOT.search(head)) and b"<html" not in head[:4_000].lower()


def read_feed(data: bytes, url: str) -> list[FeedEntry]:
    """The entries of a feed, in its order; none where it has none.

    Args:
        data: the feed; its document type declaration is removed unread.
        url: where it came from.

    Raises:
        RefusedError: it is no feed.
    """
    import feedparser

    # As a stream, because feedparser takes bytes for the path of a file and opens it.
    read = feedparser.parse(BytesIO(_from_root(data)), response_headers={"content-location": url})
    if not read.entries and (not read.get("version") or isinstance(read.get("bozo_exception"), SAXException)):
        raise RefusedError("The feed is damaged.")
    publisher = _line(read.feed.get("title"))
    language = (read.feed.get("language") or "")[:2].lower() or None
    return [_entry(entry, publisher, language) for entry in read.entries]


def entry_blob(entry: FeedEntry, feed: str) -> Blob:
    """An entry as a document, with its text from the feed and not from its page."""
    page = f"<html><body><article>{entry.html}</article></body></html>"
    source = entry.facts.url or f"{feed}#{entry.key}"
    return Blob(source, "entry.html", page.encode("utf-8", "replace"), None, entry.facts, "text/html")


def read_feed_file(blob: Blob) -> Iterator[Blob | Refusal]:
    """The entries of a feed that was saved as a file.

    Raises:
        RefusedError: it is no feed.
    """
    data = blob.bytes()
    if not is_feed(data):
        raise RefusedError("Of XML files only RSS and Atom feeds are read.")
    for entry in read_feed(data, blob.source):
        if entry.html.strip():
            yield entry_blob(entry, blob.source)
        else:
            where = f"; its page is {entry.facts.url}" if entry.facts.url else ""
            yield Refusal(f"{blob.source}#{entry.key}", f"The entry has no text{where}.")


def _from_root(data: bytes) -> bytes:
    """A feed without the part between its XML declaration and its root."""
    data = data.lstrip()
    root = _ROOT.search(data[:_HEAD_BYTES])
    if root is None:
        raise RefusedError("The feed is damaged.")
    declaration = _DECLARATION.match(data)
    return (declaration[0] if declaration else b"") + data[root.start() :]


def _entry(entry: Any, publisher: str | None, language: str | None) -> FeedEntry:
    link = entry.get("link")
    published = _published(entry)
    source = _line((entry.get("source") or {}).get("title")) if entry.get("source") else None
    facts = Facts(
        title=_line(entry.get("title")),
        publisher=source or publisher,
        published=published,
        authors=tuple(name for each in entry.get("authors", ()) if (name := _line(each.get("name")))),
        language=language,
        url=without_password(link) if link and link.startswith(("http://", "https://")) else None,
        section=_line(entry.tags[0].get("term")) if entry.get("tags") else None,
    )
    content = max((each.get("value", "") for each in entry.get("content", ())), key=len, default="")
    html = content or entry.get("summary", "")
    name = entry.get("id") or link or f"{facts.title}{published}"
    version = _moment(dict.get(entry, "updated_parsed")) or published or ""
    return FeedEntry(hashlib.sha256(f"{name} {version}".encode()).hexdigest()[:16], facts, html)


def _published(entry: Any) -> str | None:
    """When an entry was published, in the publisher's own words if these can be read."""
    from ingest.published import parse_date

    for field in ("published", "updated"):
        said = dict.get(entry, field)
        if isinstance(said, str) and parse_date(said, "metadata"):
            return said
        if moment := _moment(dict.get(entry, f"{field}_parsed")):
            return moment
    return None


def _moment(parsed: Any) -> str | None:
    return None if parsed is None else datetime.fromtimestamp(timegm(parsed), UTC).isoformat()


def _line(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(_TAGS.sub(" ", value).split())[:500] or None
