"""Crawl state: when feeds and sitemaps were last visited and what was seen, kept in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa.store.library import Library


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to a feed or sitemap: its version, as the server named it, and what was taken.

    `seen` has the keys of entries or pages; for a sitemap of sitemaps, their addresses.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()


class CrawlState:
    """The visits of one library.

    During a long visit, what is safe in the library is kept at once (`done`), so that an interrupted visit
    goes on where it was. The version is kept when everything is (`keep`).
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._noted: list[Visit] = []
        self._on_the_way: dict[str, tuple[str, str]] = {}

    def of(self, url: str) -> Visit:
        """The last visit to an address; an empty one if there was none."""
        known = self._library.visit(url)
        return Visit(url, *known) if known else Visit(url)

    def took(self, url: str, key: str, source: str) -> None:
        """Notes which document, by its source, a key of the feed at `url` gave."""
        self._on_the_way[source] = (url, key)

    def done(self, sources: Iterable[str]) -> None:
        """Keeps the keys of documents that are safe in the library, or were refused."""
        keys: dict[str, set[str]] = {}
        for source in sources:
            if source in self._on_the_way:
                url, key = self._on_the_way.pop(source)
                keys.setdefault(url, set()).add(key)
        for url, taken in keys.items():
            # Without the version, so that the next visit reads the feed again for the rest.
            self._library.set_visit(url, None, None, sorted(taken.union(self.of(url).seen)))

    def note(self, visit: Visit) -> None:
        """Notes a finished visit, which is kept once all its documents are."""
        self._noted.append(visit)

    def keep(self) -> None:
        """Keeps the finished visits."""
        for visit in self._noted:
            self._library.set_visit(visit.url, visit.etag, visit.modified, visit.seen)
        self._noted.clear()
