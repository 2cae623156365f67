"""The shadow index: a library's passages and indexes made anew beside it, which replace it in one step.

It is a library in a folder inside the old one. It copies articles in batches and follows changes meanwhile;
it can be stopped at any moment and continued later. When it is complete, one transaction gives the old
catalogue its passages and notes that the indexes are in its folder. Until then readers use the old index,
then the new one.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress

from ingest.sanitiser import addressed_to_model
from ingest.splitter import split
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.store import writing
from qa.store.catalogue import INDEXES_FOLDER
from qa.store.library import Library
from qa.text.sentences import spans

_BATCH = 200
_PREFIX = "build-"
_COLLECTION = "chroma_collection"
_RETIRED = "chroma_retired"  # The old collection, which readers may still search.
_MOVED = ("embedder", "lexical_schema", _COLLECTION)  # Facts about the indexes, which move with them.
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class ShadowIndex:
    """The library that will replace a library.

    Args:
        library: the library in use.
    """

    def __init__(self, library: Library) -> None:
        self._old = library
        self._number = _number(library.meta(INDEXES_FOLDER) or "") + 1
        self.folder = library.folder / f"{_PREFIX}{self._number}"

    def exists(self) -> bool:
        """Whether there is an unfinished rebuild, in any state."""
        return self.folder.exists()

    def opened(self) -> Library | None:
        """The unfinished library; None if it is empty or can't be read."""
        with suppress(DatelineError):
            return Library(self.folder)
        return None

    def made_with(self, keys: Mapping[str, str]) -> bool:
        """Whether it was begun with these facts (model, passage size)."""
        begun = self.opened()
        return begun is not None and all(begun.meta(key) == value for key, value in keys.items())

    def begin(self, keys: Mapping[str, str]) -> Library:
        """Makes it, or opens the unfinished one."""
        library = Library(self.folder, create=True)
        for key, value in keys.items():
            library.set_meta(key, value)
        return library

    def discard(self, settings: Settings) -> None:
        """Deletes it."""
        begun = self.opened()
        collection = begun.meta(_COLLECTION) if begun else None
        if collection and settings.chroma_url:
            from qa.store.chroma import drop_served

            drop_served(collection, settings)
        shutil.rmtree(self.folder)

    def follow(self, progress: Progress, stop: Stop) -> None:
        """Copies the articles that it lacks or that have changed, and removes those that are gone."""
        new = Library(self.folder)
        total = self._old.stats().articles
        progress(new.stats().articles, total)
        for changed in self._changed():
            articles = self._old.articles_by_id(changed)
            with new.batch() as batch:
                for id_, article in articles.items():
                    sentences = spans(article.body)
                    without = addressed_to_model(article.body, sentences)
                    writing.put(batch, article, split(id_, article.body, sentences, without))
                    batch.execute("UPDATE articles SET content_hash = ? WHERE id = ?", (changed[id_], id_))
            progress(new.stats().articles, total)
            if stop():
                return
        for id_ in self._gone():
            new.remove(id_)

    def take_place(self, keys: Mapping[str, str]) -> bool:
        """Replaces the library with it, in one transaction.

        Returns false and changes nothing if the library has changed since: then it must `follow` again, and
        update its indexes.
        """
        with self._both() as connection:
            connection.execute("BEGIN IMMEDIATE")
            if _lacks(connection):
                connection.execute("ROLLBACK")
                return False
            columns = [row[1] for row in connection.execute("PRAGMA new.table_info(passages)")]
            names = ", ".join(f'"{column}"' for column in columns)
            updates = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
            connection.execute("DELETE FROM main.passages WHERE id NOT IN (SELECT id FROM new.passages)")
            connection.execute(
                f"INSERT INTO main.passages ({names}) SELECT {names} FROM new.passages WHERE true "
                f"ON CONFLICT (id) DO UPDATE SET {updates}"
            )
            connection.execute("DELETE FROM main.removals")
            moved = dict(connection.execute("SELECT key, value FROM new.meta").fetchall())
            facts = {key: moved[key] for key in _MOVED if key in moved} | dict(keys)
            old = connection.execute("SELECT value FROM main.meta WHERE key = ?", (_COLLECTION,)).fetchone()
            if old:
                facts[_RETIRED] = old[0]
            facts[INDEXES_FOLDER] = self.folder.name
            connection.executemany("INSERT OR REPLACE INTO main.meta VALUES (?, ?)", facts.items())
            connection.execute(
                "UPDATE main.meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
            )
            connection.execute("COMMIT")
        return True

    def _changed(self) -> Iterator[dict[str, str]]:
        """The articles that it lacks or that differ, in batches: ids with digests."""
        last = ""
        while True:
            with self._both() as connection:
                rows = connection.execute(
                    "SELECT id, content_hash FROM main.articles AS old WHERE id > ? AND NOT EXISTS (SELECT 1 "
                    "FROM new.articles WHERE id = old.id AND content_hash = old.content_hash) "
                    "ORDER BY id LIMIT ?",
                    (last, _BATCH),
                ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield dict(rows)

    def _gone(self) -> list[str]:
        with self._both() as connection:
            rows = connection.execute(
                "SELECT id FROM new.articles WHERE id NOT IN (SELECT id FROM main.articles)"
            )
            return [row[0] for row in rows]

    @contextmanager
    def _both(self) -> Iterator[sqlite3.Connection]:
        """A connection to the library's catalogue (`main`) and the shadow's (`new`)."""
        with closing(sqlite3.connect(self._old.path, timeout=30, isolation_level=None)) as connection:
            connection.execute("ATTACH DATABASE ? AS new", (str(self.folder / "catalogue.sqlite3"),))
            yield connection


def tidy(library: Library, settings: Settings) -> None:
    """Removes what a finished rebuild left: the old indexes, and the shadow's catalogue."""
    current = library.meta(INDEXES_FOLDER)
    if not current:
        return
    for name in ("tantivy", "chroma"):
        shutil.rmtree(library.folder / name, ignore_errors=True)
    for folder in library.folder.glob(f"{_PREFIX}*"):
        if _number(folder.name) < _number(current):
            shutil.rmtree(folder, ignore_errors=True)
    for path in library.indexes.glob("catalogue.sqlite3*"):
        path.unlink()
    retired = library.meta(_RETIRED)
    if retired and retired != library.meta(_COLLECTION):
        if settings.chroma_url:
            from qa.store.chroma import drop_served

            drop_served(retired, settings)
        library.set_meta(_RETIRED, "")


def _lacks(connection: sqlite3.Connection) -> bool:
    """Whether the shadow (`new`) differs from the library (`main`), or its indexes lack something."""
    (lacks,) = connection.execute(
        "SELECT EXISTS (SELECT id, content_hash FROM main.articles EXCEPT "
        "SELECT id, content_hash FROM new.articles) "
        "OR (SELECT count(*) FROM main.articles) <> (SELECT count(*) FROM new.articles) "
        "OR EXISTS (SELECT 1 FROM new.passages WHERE in_lexical = 0) "
        "OR EXISTS (SELECT 1 FROM new.passages WHERE in_vectors = 0) "
        "OR EXISTS (SELECT 1 FROM new.removals WHERE \"index\" IN ('lexical', 'vectors'))"
    ).fetchone()
    return bool(lacks)


def _number(name: str) -> int:
    digits = name.removeprefix(_PREFIX)
    return int(digits) if digits.isdigit() else 0
