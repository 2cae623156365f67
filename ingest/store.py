"""Stores prepared articles in the catalogue: each batch in one transaction, each copy once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ingest.duplicates import Duplicates
from ingest.values import Event, Prepared
from ingest.workers import Item
from qa.store import writing
from qa.store.library import Library


class Store:
    """Writes to the catalogue for an ingest."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._duplicates = Duplicates(library)

    def unchanged(self, items: Sequence[Item]) -> dict[str, str]:
        """The sources that are unchanged since an earlier ingest, with their articles' ids."""
        wanted = {item.source: digest for item, digest in items}
        return {
            source: article
            for source, (digest, article) in self._library.inputs(list(wanted)).items()
            if digest == wanted[source]
        }

    def put(self, prepared: Sequence[Prepared]) -> list[Event]:
        """Stores a batch. Returns what happened to each article, when all is safe on the disk."""
        if not prepared:
            return []
        with self._library.batch() as batch:
            return [self._put(batch, each) for each in prepared]

    def _put(self, batch: sqlite3.Connection, prepared: Prepared) -> Event:
        article = prepared.article
        same = None if article.url or article.publisher else self._duplicates.same_words(prepared)
        if same is not None:
            writing.note_input(batch, prepared.source, prepared.digest, prepared.content, same.id)
            return Event("unchanged", article.source, same.id, reason="an exact copy")
        article = self._duplicates.placed(batch, prepared)
        outcome = writing.put(batch, article, prepared.passages)
        if outcome != "unchanged":
            writing.put_bands(batch, article.id, prepared.bands)
        writing.note_input(batch, prepared.source, prepared.digest, prepared.content, article.id)
        passages = 0 if outcome == "unchanged" else len(prepared.passages)
        copied = outcome == "added" and article.copy_of
        return Event(
            "near_duplicate" if copied else outcome,
            article.source,
            article.id,
            article.title,
            passages,
            reason=f"the same story as {article.copy_of}" if copied else None,
            publisher=article.publisher,
            published=article.published.isoformat() if article.published else None,
            published_from=article.published_from,
        )
