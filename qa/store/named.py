"""The people, places and organisations that each article names, in a small SQLite file beside the catalogue.

The file is derived: an article is read once, in the background of the app (`catch_up`), and its names are
kept. What a name names is decided by all articles together. Names in one article only are not told.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from qa.core.sqlite import connected
from qa.core.types import Article
from qa.store.library import Library
from qa.text.named import Kind, Signs, kind, signs

KINDS: tuple[Kind, ...] = ("person", "place", "organisation")
_FILE = "named.sqlite3"
_VERSION = 1  # Raised when `qa.text.named` reads otherwise: all articles are read again.
_BATCH = 50
_LANGUAGES = (None, "en")  # whose names can be read
_SCHEMA = """
CREATE TABLE IF NOT EXISTS read (article_id TEXT PRIMARY KEY, checksum TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (
    article_id TEXT NOT NULL, name TEXT NOT NULL, mentions INTEGER NOT NULL,
    person INTEGER NOT NULL, place INTEGER NOT NULL, organisation INTEGER NOT NULL,
    PRIMARY KEY (article_id, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kinds (
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, documents INTEGER NOT NULL
) WITHOUT ROWID;
"""


def catch_up(library: Library) -> None:
    """Reads the articles that are new or have another text, and decides what the names name.

    It rests as long as it works, so that the pages keep a processor.
    """
    with _opened(library) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            connection.execute("DELETE FROM named")
            connection.execute("DELETE FROM read")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        known = dict(connection.execute("SELECT article_id, checksum FROM read").fetchall())
    there = dict(library.read("SELECT id, checksum FROM articles").fetchall())
    gone = [id_ for id_ in known if id_ not in there]
    new = [id_ for id_, checksum in there.items() if known.get(id_) != checksum]
    for at in range(0, len(new), _BATCH):
        began = time.monotonic()
        _read(library, {id_: there[id_] for id_ in new[at : at + _BATCH]})
        time.sleep(time.monotonic() - began)
    if new or gone:
        _decide(library, gone)


def main(library: Library, wanted: Kind, most: int) -> dict[str, int]:
    """The names of a kind with their numbers of articles, the most first."""
    with _opened(library) as connection:
        rows = connection.execute(
            "SELECT name, documents FROM kinds WHERE kind = ? ORDER BY documents DESC, name LIMIT ?",
            (wanted, most),
        )
        return dict(rows.fetchall())


def named_in(library: Library, articles: Sequence[str]) -> dict[Kind, dict[str, list[str]]]:
    """By kind and article: the names in some articles."""
    found: dict[Kind, dict[str, list[str]]] = {each: {} for each in KINDS}
    with _opened(library) as connection:
        rows = connection.execute(
            "SELECT article_id, name, kind FROM named JOIN kinds USING (name) "
            "WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(articles),),
        )
        for id_, name, of in rows:
            found[of].setdefault(id_, []).append(name)
    return found


def _read(library: Library, checksums: dict[str, str]) -> None:
    articles = library.articles_by_id(checksums)
    rows = [row for article in articles.values() for row in _rows(article)]
    with _opened(library) as connection:
        connection.executemany("DELETE FROM named WHERE article_id = ?", [(id_,) for id_ in checksums])
        connection.executemany("INSERT INTO named VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.executemany(
            "INSERT OR REPLACE INTO read VALUES (?, ?)", [(id_, checksums[id_]) for id_ in articles]
        )


def _rows(article: Article) -> Iterable[tuple[object, ...]]:
    if article.language in _LANGUAGES:
        speakers = [each.speaker for each in article.speech]
        for name, sign in signs(article.body, article.place, speakers).items():
            yield article.id, name, sign.mentions, *(sign.of[each] for each in KINDS)


def _decide(library: Library, gone: Sequence[str]) -> None:
    publishers = set(library.publishers())
    with _opened(library) as connection:
        for table in ("named", "read"):
            connection.executemany(f"DELETE FROM {table} WHERE article_id = ?", [(id_,) for id_ in gone])
        counted = connection.execute(
            "SELECT name, count(*), sum(mentions), sum(person), sum(place), sum(organisation) FROM named "
            "GROUP BY name HAVING count(*) > 1"
        ).fetchall()
        decided = (
            (name, kind(name, Signs(mentions, dict(zip(KINDS, of, strict=True)))), documents)
            for name, documents, mentions, *of in counted
            if name not in publishers
        )
        connection.execute("DELETE FROM kinds")
        connection.executemany("INSERT INTO kinds VALUES (?, ?, ?)", [row for row in decided if row[1]])


def _opened(library: Library) -> AbstractContextManager[sqlite3.Connection]:
    return connected(library.folder / _FILE, _SCHEMA)
