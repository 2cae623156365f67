"""Reads pages, feeds and sitemaps politely, and only what is new."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from ingest.crawl_state import CrawlState, Visit
from ingest.feeds import entry_blob, is_feed, read_feed
from ingest.fetch import USER_AGENT, Fetched, Fetcher, is_address
from ingest.sitemaps import is_index, is_sitemap, read_sitemap, unpacked
from ingest.values import Blob, Facts, Refusal
from qa.core.errors import DatelineError, RefusedError, UnavailableError

HOST_SECONDS = 1.0  # between two requests to one host, unless its robots.txt asks for more
_MAX_WAIT_SECONDS = 30.0
MAX_SITEMAP_PAGES = 5_000
MAX_ENTRIES = 1_000  # of a feed in one run
_MAX_SITEMAPS = 50
_PAGE_TYPES = (
    "text/", "application/xhtml", "application/pdf", "application/xml", "application/rss", "application/atom",
    "application/json", "application/vnd.openxmlformats-officedocument.wordprocessingml", "application/feed",
    "application/octet-stream", "application/gzip", "application/x-gzip",
)  # fmt: skip
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "text/html": ".html",
}


@dataclass
class _Way:
    """What is left to fetch from one address: the `waiting` sitemaps, and how many of their pages."""

    waiting: list[str]
    pages: int = MAX_SITEMAP_PAGES
    asked: set[str] = field(default_factory=set)

    def next(self) -> str | None:
        """The next sitemap's address; None if there are no more, or too many were read."""
        self.waiting = [each for each in self.waiting if each not in self.asked]
        if not self.waiting or len(self.asked) >= _MAX_SITEMAPS:
            return None
        self.asked.add(self.waiting[0])
        return self.waiting.pop(0)


class Web:
    """Reads the web within each host's robots.txt, and no host too often.

    Args:
        fetcher: fetches.
        visits: the state of earlier visits.
        read: calls a function in a process of its own, so that a hostile feed can't hang or crash this one.
    """

    def __init__(self, fetcher: Fetcher, visits: CrawlState, read: Callable[..., Iterable[Any]]) -> None:
        self._fetcher = fetcher
        self._visits = visits
        self._read = read
        self._robots: dict[str, RobotFileParser | None] = {}
        self._asked: dict[str, float] = {}

    def page(self, url: str) -> Iterator[Blob | Refusal]:
        """The document at an address; if it is a feed or sitemap, its new pages."""
        way = _Way([url])
        while address := way.next():
            try:
                yield from self._at(address, way)
            except DatelineError as error:
                yield Refusal(address, str(error))

    def feed(self, url: str) -> Iterator[Blob | Refusal]:
        """The entries of a feed that are new since the last visit."""
        known = self._visits.of(url)
        try:
            fetched = self.get(url, etag=known.etag, modified=known.modified)
        except DatelineError as error:
            yield Refusal(url, str(error))
            return
        if fetched.unchanged:
            return
        if not is_feed(fetched.data):
            yield Refusal(url, "There is no RSS or Atom feed at this address.")
            return
        try:
            yield from self._feed(url, fetched)
        except RefusedError as error:
            yield Refusal(url, str(error))

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The content of an address, if its host allows it, after the wait for its host.

        Raises:
            RefusedError: the host's robots.txt forbids it, or the content is no document.
            UnavailableError: the host can't be reached now.
        """
        self._wait(url)
        fetched = self._fetcher.fetch(url, etag=etag, modified=modified)
        kind = fetched.media_type.partition(";")[0].strip().lower()
        if kind and not kind.startswith(_PAGE_TYPES) and not fetched.unchanged:
            raise RefusedError(f"There is {kind!r} at this address, which is no document that is read here.")
        return fetched

    def _at(self, url: str, way: _Way) -> Iterator[Blob | Refusal]:
        known = self._visits.of(url)
        fetched = self.get(url, etag=known.etag, modified=known.modified)
        if fetched.unchanged:  # Only feeds and sitemaps have a remembered version.
            way.waiting += filter(is_address, known.seen)
            return
        sitemap = unpacked(fetched.data)
        if is_sitemap(sitemap):
            yield from self._sitemap(url, replace(fetched, data=sitemap), way)
        elif is_feed(fetched.data):
            yield from self._feed(url, fetched)
        else:
            yield _blob(url, fetched, Facts())

    def _document(self, url: str, facts: Facts) -> tuple[Blob | Refusal, bool]:
        """The document at an address of a feed or sitemap, and whether it must be fetched again."""
        try:
            return _blob(url, self.get(url), facts), False
        except DatelineError as error:
            return Refusal(url, str(error)), isinstance(error, UnavailableError)

    def _feed(self, url: str, fetched: Fetched) -> Iterator[Blob | Refusal]:
        known = self._visits.of(url)
        seen = set(known.seen)
        failed = False  # Or left for the next time.
        entries = list(self._read(read_feed, fetched.data, fetched.url))
        new = [entry for entry in entries if entry.key not in seen]
        for entry in new[:MAX_ENTRIES]:
            found, again = None, False
            if entry.facts.url:
                found, again = self._document(entry.facts.url, entry.facts)
            if entry.html and not isinstance(found, Blob):
                found, again = entry_blob(entry, url), False
            if again:
                failed = True
            else:
                seen.add(entry.key)
            if isinstance(found, Blob):
                self._visits.took(url, entry.key, found.source)
            if found is not None:
                yield found
        if left := len(new[MAX_ENTRIES:]):
            failed = True
            yield Refusal(url, f"{left:,} of its new entries are left for the next run; run it again.")
        current = {entry.key for entry in entries}
        # If an entry is missing, the feed must be read again although it hasn't changed.
        etag, modified = (None, None) if failed else (fetched.etag, fetched.modified)
        self._visits.note(replace(known, etag=etag, modified=modified, seen=tuple(sorted(seen & current))))

    def _sitemap(self, url: str, fetched: Fetched, way: _Way) -> Iterator[Blob | Refusal]:
        """The pages of a sitemap that are new since the last visit; the sitemaps of an index are queued."""
        named = [each for each in self._read(read_sitemap, fetched.data) if _same_site(each.url, url)]
        if is_index(fetched.data):
            addresses = tuple(each.url for each in named[:_MAX_SITEMAPS])
            self._visits.note(Visit(url, fetched.etag, fetched.modified, addresses))
            way.waiting += addresses
            return
        seen = set(self._visits.of(url).seen) & {each.key for each in named}
        new = [each for each in named if each.key not in seen]
        for each in new[: way.pages]:
            found, again = self._document(each.url, Facts())
            if not again:
                seen.add(each.key)
            if isinstance(found, Blob):
                self._visits.took(url, each.key, found.source)
            yield found
        way.pages -= min(len(new), way.pages)
        # If a page is missing, the sitemap must be read again although it hasn't changed.
        owed = len(seen) < len(named)
        etag, modified = (None, None) if owed else (fetched.etag, fetched.modified)
        self._visits.note(Visit(url, etag, modified, tuple(sorted(seen))))

    def _wait(self, url: str) -> None:
        """Waits until the next request to a host is allowed."""
        host = urlsplit(url).netloc.lower()
        robots = self._rules(url)
        if robots is not None and not robots.can_fetch(USER_AGENT, url):
            raise RefusedError("The site's robots.txt asks not to fetch this address.")
        delay = HOST_SECONDS
        if robots is not None:
            delay = max(delay, float(robots.crawl_delay(USER_AGENT) or 0))
        wait = self._asked.get(host, -_MAX_WAIT_SECONDS) + min(delay, _MAX_WAIT_SECONDS) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()

    def _rules(self, url: str) -> RobotFileParser | None:
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._read_rules(root)
        return self._robots[root]

    def _read_rules(self, root: str) -> RobotFileParser | None:
        try:
            fetched = self._fetcher.fetch(f"{root}/robots.txt")
        except (RefusedError, UnavailableError):
            return None  # No readable rules; the page's own request will show what is wrong.
        rules = RobotFileParser()
        rules.parse(fetched.data[:500_000].decode("utf-8", "replace").splitlines())
        return rules


def _blob(url: str, fetched: Fetched, facts: Facts) -> Blob:
    kind = fetched.media_type.partition(";")[0].strip().lower()
    path = urlsplit(fetched.url).path
    name = path.rstrip("/").rsplit("/", 1)[-1] or "page"
    ending = _ENDINGS.get(kind, "")
    if ending and not name.lower().endswith(ending):
        name += ending
    return Blob(url, name, fetched.data, None, replace(facts, url=fetched.url), fetched.media_type)


def _same_site(location: str, sitemap: str) -> bool:
    def site(url: str) -> str:
        return (urlsplit(url).hostname or "").removeprefix("www.")

    return site(location) == site(sitemap)
