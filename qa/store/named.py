"""The people, places and organisations that each article names, in a small SQLite file beside the catalogue.

The file is derived: an article is read once, in the background of the app (`catch_up`), and its names are
kept. What a name names is what all articles together have it read as most often. Names in one article only
are not told.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from qa.core.settings import Settings
from qa.core.sqlite import connected
from qa.models.recogniser import Kind, Mentions, load_recogniser
from qa.store.library import Library
from qa.text.terms import fold

logger = logging.getLogger(__name__)

KINDS: tuple[Kind, ...] = ("person", "place", "organisation")
_FILE = "named.sqlite3"
_VERSION = 1  # Raised when names are read or kept otherwise: all articles are read again.
_BATCH = 50
_SCHEMA = """
CREATE TABLE IF NOT EXISTS read (article_id TEXT PRIMARY KEY, checksum TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mentions (
    article_id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, mentions INTEGER NOT NULL,
    PRIMARY KEY (article_id, name, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kinds (
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, documents INTEGER NOT NULL
) WITHOUT ROWID;
"""
# SQLite gives the kind of the row that has the maximum; of as many, a kind is more than none.
_MOST_READ_AS = """
SELECT name, kind, documents, max(times + (kind != '') * 0.5) FROM
    (SELECT name, kind, sum(mentions) AS times FROM mentions GROUP BY name, kind)
    JOIN (SELECT name, count(DISTINCT article_id) AS documents FROM mentions GROUP BY name) USING (name)
WHERE documents > 1 GROUP BY name
"""


def catch_up(library: Library, settings: Settings) -> None:
    """Reads the English articles that are new or have another text, and decides what the names name.

    It rests as long as it works, so that the pages keep a processor. Without the model nothing is read. A
    damaged file is made anew.
    """
    try:
        known = _known(library)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # It is locked, or the disk is full.
            raise
        logger.warning("The names in documents are read again: %s", error)
        (library.folder / _FILE).unlink()
        known = _known(library)
    there = dict(
        library.read("SELECT id, checksum FROM articles WHERE coalesce(language, 'en') = 'en'").fetchall()
    )
    gone = [id_ for id_ in known if id_ not in there]
    new = [id_ for id_, checksum in there.items() if known.get(id_) != checksum]
    recognise = load_recogniser(settings) if new else None
    for at in range(0, len(new), _BATCH):
        if recognise is None:
            break
        began = time.monotonic()
        checksums = {id_: there[id_] for id_ in new[at : at + _BATCH]}
        articles = library.articles_by_id(checksums)
        _keep(library, checksums, {id_: recognise(each.body) for id_, each in articles.items()})
        time.sleep(time.monotonic() - began)
    if new or gone:
        _decide(library, gone)


def main(library: Library, wanted: Kind, most: int) -> dict[str, int]:
    """The names of a kind with their numbers of articles, the most first."""
    chosen = "SELECT name, documents FROM kinds WHERE kind = ? ORDER BY documents DESC, name LIMIT ?"
    return dict(_rows(library, chosen, (wanted, most)))


def named_in(library: Library, articles: Sequence[str]) -> dict[Kind, dict[str, list[str]]]:
    """By kind and article: the names in some articles."""
    found: dict[Kind, dict[str, list[str]]] = {each: {} for each in KINDS}
    rows = _rows(
        library,
        "SELECT DISTINCT article_id, name, kinds.kind FROM mentions JOIN kinds USING (name) "
        "WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps(articles),),
    )
    for id_, name, of in rows:
        found[of].setdefault(id_, []).append(name)
    return found


def mentioned(library: Library, article: str) -> list[str]:
    """The names that an article mentions more than once, the most mentioned first."""
    rows = _rows(
        library,
        "SELECT name FROM mentions WHERE article_id = ? AND kind != '' "
        "GROUP BY name HAVING sum(mentions) > 1 ORDER BY sum(mentions) DESC, name",
        (article,),
    )
    return [name for (name,) in rows]


def _rows(library: Library, query: str, given: tuple[str | int, ...]) -> list[Any]:
    """What the file says; nothing if it can't be read, as every page can do without."""
    try:
        with _opened(library) as connection:
            return connection.execute(query, given).fetchall()
    except (OSError, sqlite3.Error) as error:
        logger.info("the names were not looked up: %s", error)
        return []


def _known(library: Library) -> dict[str, str]:
    """The articles that were read, by their checksums; none if names were read otherwise then."""
    with _opened(library) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            connection.execute("DELETE FROM mentions")
            connection.execute("DELETE FROM read")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        return dict(connection.execute("SELECT article_id, checksum FROM read").fetchall())


def _keep(library: Library, checksums: dict[str, str], read: dict[str, Mentions]) -> None:
    rows = [
        (id_, name, kind or "", times)
        for id_, found in read.items()
        for name, kinds in found.items()
        for kind, times in kinds.items()
    ]
    with _opened(library) as connection:
        connection.executemany("DELETE FROM mentions WHERE article_id = ?", [(id_,) for id_ in checksums])
        connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?)", rows)
        connection.executemany(
            "INSERT OR REPLACE INTO read VALUES (?, ?)", [(id_, checksums[id_]) for id_ in read]
        )


def _decide(library: Library, gone: Sequence[str]) -> None:
    """Decides what each name names. Where an article was written is a place; a surname alone is nobody."""
    publishers = set(library.publishers())
    written = library.read("SELECT DISTINCT place FROM articles WHERE place IS NOT NULL")
    places = {fold(place) for (place,) in written}
    with _opened(library) as connection:
        for table in ("mentions", "read"):
            connection.executemany(f"DELETE FROM {table} WHERE article_id = ?", [(id_,) for id_ in gone])
        decided = [
            (name, "place" if fold(name) in places else kind, documents)
            for name, kind, documents, _times in connection.execute(_MOST_READ_AS).fetchall()
            if name not in publishers
        ]
        connection.execute("DELETE FROM kinds")
        connection.executemany(
            "INSERT INTO kinds VALUES (?, ?, ?)",
            [row for row in decided if row[1] and (row[1] != "person" or " " in row[0])],
        )


def _opened(library: Library) -> AbstractContextManager[sqlite3.Connection]:
    return connected(library.folder / _FILE, _SCHEMA)
