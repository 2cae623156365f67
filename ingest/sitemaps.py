"""Sitemaps (sitemaps.org, protocol 0.9): lists of a site's pages."""

from __future__ import annotations

import hashlib
import re
import zlib
from html import unescape
from typing import NamedTuple

from ingest.fetch import without_password
from qa.core.errors import RefusedError

MAX_BYTES = 60_000_000  # The protocol's own limit is 50 MB, unpacked.
_ROOT = re.compile(rb"<(urlset|sitemapindex)[\s>]", re.IGNORECASE)
_BLOCK = re.compile(rb"<(?:url|sitemap)(?:\s[^<>]*)?>", re.IGNORECASE)
_LOCATION = re.compile(rb"<loc>\s*+(?:<!\[CDATA\[)?+\s*+([^<\]\s]++)", re.IGNORECASE)
_CHANGED = re.compile(rb"<lastmod>\s*+([^<\s]++)", re.IGNORECASE)
_HEAD_BYTES = 4_000
_GZIP = b"\x1f\x8b"


class Named(NamedTuple):
    """An address in a sitemap; `key` identifies it and its version."""

    url: str
    key: str


def is_sitemap(data: bytes) -> bool:
    """Whether bytes begin as a sitemap does."""
    return bool(_ROOT.search(data[:_HEAD_BYTES]))


def is_index(data: bytes) -> bool:
    """Whether a sitemap names other sitemaps rather than pages."""
    root = _ROOT.search(data[:_HEAD_BYTES])
    return bool(root and root[1].lower() == b"sitemapindex")


def unpacked(data: bytes) -> bytes:
    """The bytes, without the gzip that sitemaps often come in.

    Raises:
        RefusedError: they are damaged, or unpack to more than `MAX_BYTES`.
    """
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise RefusedError("It is packed with gzip and damaged.") from error
    if unpacker.unconsumed_tail:
        raise RefusedError(f"It unpacks to more than {MAX_BYTES / 1e6:,.0f} MB.")
    return found


def read_sitemap(data: bytes) -> list[Named]:
    """The addresses in a sitemap, in order, each once. Its entities are not expanded."""
    found: dict[str, Named] = {}
    for block in _BLOCK.split(data)[1:]:
        location = _LOCATION.search(block)
        if location is None:
            continue
        url = without_password(unescape(location[1].decode("utf-8", "replace")))
        changed = _CHANGED.search(block)
        version = changed[1].decode("utf-8", "replace") if changed else ""
        key = hashlib.sha256(f"{url} {version}".encode()).hexdigest()[:16]
        found.setdefault(url, Named(url, key))
    return list(found.values())
