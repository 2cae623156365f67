"""Checks the catalogue for damage: with SQLite's own check, and each text with its checksum."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from ingest.sanitiser import addressed_to_model
from ingest.splitter import split
from qa.core.errors import DatelineError
from qa.store import writing
from qa.store.library import Library, passage_id
from qa.store.migrations import checksum
from qa.text.sentences import spans


@dataclass(frozen=True, slots=True)
class Mended:
    """The damage that was found in a catalogue.

    damaged: sources of articles whose text is damaged; they are no longer searched.
    resplit: ids of articles whose passages were damaged and were made anew from the text.
    """

    damaged: tuple[str, ...] = ()
    resplit: tuple[str, ...] = ()


def mend_catalogue(library: Library) -> Mended:
    """Finds damage in a catalogue, and repairs what can be repaired from the rest.

    Raises:
        DatelineError: it can't be read completely.
    """
    with _opened(library) as connection:
        _check(connection, library)
        damaged = dict(_damaged(connection))
        resplit = set(_with_damaged_passages(connection)) - damaged.keys()
    with library.batch() as batch:
        for id_ in damaged:
            _take_out(batch, id_)
    for article in library.articles_by_id(resplit).values():
        sentences = spans(article.body)
        without = addressed_to_model(article.body, sentences)
        with library.batch() as batch:
            writing.resplit(batch, article.id, split(article.id, article.body, sentences, without))
    return Mended(tuple(damaged.values()), tuple(sorted(resplit)))


@contextmanager
def _opened(library: Library) -> Iterator[sqlite3.Connection]:
    """A connection that returns text as the stored bytes, which may be damaged."""
    with closing(sqlite3.connect(library.path, timeout=30)) as connection:
        connection.text_factory = bytes
        yield connection


def _check(connection: sqlite3.Connection, library: Library) -> None:
    try:
        found = _findings(connection)
        if found:
            connection.execute("REINDEX")  # If only an index is damaged, this repairs it from the table.
            connection.commit()
            found = _findings(connection)
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found:
        raise DatelineError(
            f"The catalogue {str(library.path)!r} is damaged ({found}). Put a copy from a backup in its "
            "place, or add the documents to a library in another folder."
        )


def _findings(connection: sqlite3.Connection) -> str:
    """The damage that SQLite reports; "" if there is none."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    first = str(found[0], errors="replace").splitlines()[0]
    return "" if first == "ok" else first


def _damaged(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Ids and sources of the articles whose text differs from its checksum."""
    for id_, source, title, body, sum_ in connection.execute(
        "SELECT id, source, title, body, checksum FROM articles"
    ):
        if sum_ != checksum(title, body).encode():
            yield id_.decode(), source.decode(errors="replace")


def _with_damaged_passages(connection: sqlite3.Connection) -> Iterator[str]:
    """Ids of the articles with a passage whose text differs from its id."""
    for id_, article, start, text in connection.execute("SELECT id, article_id, start, text FROM passages"):
        if id_.decode() != passage_id(article.decode(), start, text.decode(errors="replace")):
            yield article.decode()


def _take_out(batch: sqlite3.Connection, id_: str) -> None:
    """Hides a damaged article from searches until its source is added again."""
    writing.resplit(batch, id_, ())
    title, body = batch.execute(
        "SELECT CAST(title AS BLOB), CAST(body AS BLOB) FROM articles WHERE id = ?", (id_,)
    ).fetchone()
    batch.execute(
        "UPDATE articles SET content_hash = '', title = ?, body = ? WHERE id = ?",
        (title.decode(errors="replace"), body.decode(errors="replace"), id_),
    )
    batch.execute("DELETE FROM inputs WHERE article_id = ?", (id_,))
