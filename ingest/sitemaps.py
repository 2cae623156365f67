"""Sitemaps (sitemaps.org, protocol 0.9): the addresses that a site names for its pages."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from qa.errors import RefusedError

MAX_BYTES = 60_000_000  # The protocol's own limit is 50 MB, unpacked.
_ROOT = re.compile(rb"<(urlset|sitemapindex)[\s>]", re.IGNORECASE)
_BLOCK = re.compile(rb"<(url|sitemap)(?:\s[^>]*)?>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_LOCATION = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.IGNORECASE)
_CHANGED = re.compile(rb"<lastmod>\s*([^<\s]+)", re.IGNORECASE)
_GZIP = b"\x1f\x8b"


class Named(NamedTuple):
    """An address in a sitemap; `key` identifies it and its version."""

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names: pages, or, where it `is_index`, other sitemaps."""

    is_index: bool
    named: tuple[Named, ...]


def is_sitemap(data: bytes) -> bool:
    """Whether bytes begin as a sitemap does."""
    return bool(_ROOT.search(data[:4_000]))


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


def read_sitemap(data: bytes) -> Sitemap:
    """What a sitemap names, in its order, each address once. Nothing in it is expanded or resolved."""
    root = _ROOT.search(data[:4_000])
    found: dict[str, Named] = {}
    for _, block in _BLOCK.findall(data):
        location = _LOCATION.search(block)
        if location is None:
            continue
        url = unescape(location[1].decode("utf-8", "replace"))
        changed = _CHANGED.search(block)
        version = changed[1].decode("utf-8", "replace") if changed else ""
        key = hashlib.sha256(f"{url} {version}".encode()).hexdigest()[:16]
        found.setdefault(url, Named(url, key))
    return Sitemap(bool(root and root[1].lower() == b"sitemapindex"), tuple(found.values()))
