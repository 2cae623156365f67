"""Lists for the pages: the articles of a library page by page, and counts by month and publisher.

Every query reads a covering index and no article's text, so a library of a hundred thousand articles lists as
fast as one of a hundred.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from qa.core.types import Kind
from qa.store.library import Library

Order = Literal["newest", "oldest", "title", "publisher"]

_COLUMNS = "id, title, publisher, published, language, kind"
_ORDERS: dict[Order, str] = {
    "newest": "published DESC NULLS LAST, id",
    "oldest": "published NULLS LAST, id DESC",
    "title": "title COLLATE NOCASE, id",
    "publisher": "publisher COLLATE NOCASE NULLS LAST, published DESC, id",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list."""

    id: str
    title: str
    publisher: str | None
    published: date | None
    language: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles to list: `words` stand in the title or publisher. Empty means all."""

    words: str = ""
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    story: str = ""


def rows(library: Library, wanted: Wanted, order: Order, *, limit: int, offset: int = 0) -> tuple[Row, ...]:
    """One page of the wanted articles."""
    where, values = _where(wanted)
    sql = f"SELECT {_COLUMNS} FROM articles {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
    with reading(library) as connection:
        found = connection.execute(sql, (*values, limit, offset)).fetchall()
    return tuple(map(_row, found))


def count(library: Library, wanted: Wanted) -> int:
    """How many articles are wanted."""
    where, values = _where(wanted)
    with reading(library) as connection:
        return int(connection.execute(f"SELECT count(*) FROM articles {where}", values).fetchone()[0])


def rows_of(library: Library, ids: Sequence[str]) -> dict[str, Row]:
    """Articles by their ids; ids that are not there are left out."""
    sql = f"SELECT {_COLUMNS} FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    with reading(library) as connection:
        return {row[0]: _row(row) for row in connection.execute(sql, (json.dumps(ids),))}


def publishers(library: Library) -> dict[str, int]:
    """Publishers with their numbers of articles, the most first."""
    return _counts(library, "publisher")


def languages(library: Library) -> dict[str, int]:
    """Languages with their numbers of articles, the most first."""
    return _counts(library, "language")


def collections(library: Library) -> dict[str, int]:
    """Collections with their numbers of articles, the most first."""
    return _counts(library, "collection")


def months(library: Library) -> dict[str, int]:
    """Months (2024-01) with their numbers of articles, the earliest first."""
    return dict(sorted(_counts(library, "substr(published, 1, 7)").items()))


def months_of_publishers(library: Library) -> dict[tuple[str, str], int]:
    """Months (2024-01) and publishers with their numbers of articles."""
    sql = (
        "SELECT substr(published, 1, 7) AS month, publisher, count(*) FROM articles "
        "WHERE month IS NOT NULL AND +publisher IS NOT NULL GROUP BY month, +publisher"
    )
    with reading(library) as connection:
        return {(month, publisher): n for month, publisher, n in connection.execute(sql)}


def _counts(library: Library, what: str) -> dict[str, int]:
    sql = (
        f"SELECT {what} AS name, count(*) AS n FROM articles WHERE name IS NOT NULL "
        "GROUP BY name ORDER BY n DESC, name"
    )
    with reading(library) as connection:
        return dict(connection.execute(sql).fetchall())


def _where(wanted: Wanted) -> tuple[str, list[str]]:
    parts: list[str] = []
    values: list[str] = []
    for word in wanted.words.split():
        parts.append("(title LIKE ? ESCAPE '\\' OR publisher LIKE ? ESCAPE '\\')")
        values += [_like(word)] * 2
    for column, chosen in (("publisher", wanted.publishers), ("language", wanted.languages)):
        if chosen:
            # The plus makes SQLite use the index that has the list's order and all its columns.
            parts.append(f"+{column} IN ({_marks(chosen)})")
            values += chosen
    for test, day in (("+published >= ?", wanted.since), ("+published <= ?", wanted.until)):
        if day is not None:
            parts.append(test)
            values.append(day.isoformat())
    if wanted.story:
        parts.append("story = ?")
        values.append(wanted.story)
    return ("WHERE " + " AND ".join(parts) if parts else ""), values


def _like(word: str) -> str:
    return "%" + word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def _marks(chosen: Sequence[str]) -> str:
    return ", ".join("?" * len(chosen))


def _row(values: tuple[Any, ...]) -> Row:
    id_, title, publisher, published, language, kind = values
    return Row(id_, title, publisher, _day(published), language, kind)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


@contextmanager
def reading(library: Library) -> Iterator[sqlite3.Connection]:
    """A read-only connection to the catalogue."""
    connection = sqlite3.connect(f"{library.path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
    try:
        yield connection
    finally:
        connection.close()
