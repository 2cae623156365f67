"""When feeds and sitemaps were last visited and what was seen there, kept in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa.store.library import Library


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to a feed or sitemap: what its server called the version, and what was taken of it.

    `seen` holds the keys of entries or pages; of a sitemap of sitemaps, their addresses.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()


class CrawlState:
    """The visits of one library.

    What a long visit has taken is kept as it becomes safe in the library (`done`), so that a visit
    that is cut short goes on where it was; its version is kept when all of it is (`keep`).
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._noted: list[Visit] = []
        self._on_the_way: dict[str, tuple[str, str]] = {}

    def of(self, url: str) -> Visit:
        """The last visit to an address, an empty one if there was none."""
        known = self._library.visit(url)
        return Visit(url, *known) if known else Visit(url)

    def took(self, url: str, key: str, source: str) -> None:
        """Remembers that a document, by its source, is what a key of the feed at `url` stands for."""
        self._on_the_way[source] = (url, key)

    def done(self, sources: Iterable[str]) -> None:
        """Keeps the keys of documents that are safe in the library, or were refused."""
        keys: dict[str, set[str]] = {}
        for source in sources:
            if source in self._on_the_way:
                url, key = self._on_the_way.pop(source)
                keys.setdefault(url, set()).add(key)
        for url, taken in keys.items():
            # Without the version, so that the next visit reads the feed again for what is left.
            self._library.set_visit(url, None, None, sorted(taken.union(self.of(url).seen)))

    def note(self, visit: Visit) -> None:
        """Remembers a finished visit, to be kept once all of its documents are."""
        self._noted.append(visit)

    def keep(self) -> None:
        """Keeps the finished visits."""
        for visit in self._noted:
            self._library.set_visit(visit.url, visit.etag, visit.modified, visit.seen)
        self._noted.clear()
