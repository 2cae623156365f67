"""Watched questions and their answers, in an SQLite file beside the catalogue.

The catalogue is not written: keeping a question must not raise the library's generation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from qa.core.errors import UnavailableError
from qa.core.sqlite import connected
from qa.core.types import Filters
from qa.watch.watched import Reading, Watched

_MOST_READINGS = 20  # Of a question; the oldest go.

_SCHEMA = """
CREATE TABLE IF NOT EXISTS watched (
    id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, question TEXT NOT NULL,
    filters TEXT NOT NULL, kept_at TEXT NOT NULL, looked_at TEXT, generation INTEGER NOT NULL DEFAULT -1,
    failure TEXT NOT NULL DEFAULT '', UNIQUE (owner, question, filters)
);
CREATE TABLE IF NOT EXISTS readings (
    watched_id INTEGER NOT NULL REFERENCES watched (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    reading TEXT NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (watched_id, position)
);
"""
# For each question the readings since the one last seen, or the last two.
_RECENT = """
SELECT readings.* FROM readings JOIN (
    SELECT watched_id AS id, coalesce(min(CASE WHEN seen THEN NULL ELSE position END), max(position)) AS first
    FROM readings GROUP BY watched_id
) AS recent ON recent.id = watched_id JOIN watched ON watched.id = watched_id
WHERE owner = ? AND position >= first - 1 ORDER BY watched_id, position
"""


class WatchedQuestions:
    """One reader's watched questions in a library folder. Safe to share between threads and processes.

    Args:
        folder: the library's folder.
        owner: whose questions; "" where nobody signs in.
    """

    def __init__(self, folder: Path, owner: str = "") -> None:
        self.path = folder / "watched.sqlite3"
        self.owner = owner

    def of(self, owner: str) -> WatchedQuestions:
        """The questions of a reader."""
        return WatchedQuestions(self.path.parent, owner)

    def owners(self) -> tuple[str, ...]:
        """All owners of watched questions."""
        if not self.path.exists():
            return ()
        with self._connection() as connection:
            rows = connection.execute("SELECT DISTINCT owner FROM watched ORDER BY owner").fetchall()
        return tuple(row["owner"] for row in rows)

    def keep(self, question: str, filters: Filters = Filters()) -> tuple[Watched, bool]:
        """Keeps a question, unless it is kept with the same filters. Returns it, and whether it is new."""
        key = (self.owner, question, _filters().dump_json(filters).decode())
        with self._connection() as connection:
            added = connection.execute(
                "INSERT OR IGNORE INTO watched (owner, question, filters, kept_at) VALUES (?, ?, ?, ?)",
                (*key, _now()),
            ).rowcount
        kept = next(each for each in self.all() if (each.question, each.filters) == (question, filters))
        return kept, added > 0

    def all(self) -> tuple[Watched, ...]:
        """The questions: those with unseen changes first, then the latest kept."""
        if not self.path.exists():
            return ()
        with self._connection() as connection:
            rows = connection.execute("SELECT * FROM watched WHERE owner = ?", (self.owner,)).fetchall()
            recent = connection.execute(_RECENT, (self.owner,)).fetchall()
        found = [_watched(row, [each for each in recent if each["watched_id"] == row["id"]]) for row in rows]
        return tuple(sorted(found, key=lambda each: (not each.unseen, -each.id)))

    def get(self, id_: int) -> Watched | None:
        """A question by its number."""
        return next((each for each in self.all() if each.id == id_), None)

    def has(self, question: str, filters: Filters) -> bool:
        """Whether a question is watched with these filters."""
        if not self.path.exists():
            return False
        with self._connection() as connection:
            key = (self.owner, question, _filters().dump_json(filters).decode())
            row = connection.execute(
                "SELECT 1 FROM watched WHERE owner = ? AND question = ? AND filters = ?", key
            ).fetchone()
        return row is not None

    def history(self, id_: int) -> tuple[Reading, ...]:
        """The different answers to a question, the latest first."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT reading FROM readings JOIN watched ON id = watched_id "
                "WHERE id = ? AND owner = ? ORDER BY position DESC",
                (id_, self.owner),
            ).fetchall()
        return tuple(_reading().validate_json(row["reading"]) for row in rows)

    def unseen(self) -> int:
        """How many questions have a change that the reader has not seen."""
        if not self.path.exists():
            return 0
        with self._connection() as connection:
            row = connection.execute(
                "SELECT count(DISTINCT id) FROM readings JOIN watched ON id = watched_id "
                "WHERE owner = ? AND NOT seen",
                (self.owner,),
            ).fetchone()
        return int(row[0])

    def looked(self, id_: int, generation: int) -> None:
        """Records that a search in the library of this generation brought nothing new for a question."""
        with self._connection() as connection:
            self._looked(connection, id_, generation)

    def failed(self, id_: int, why: str) -> None:
        """Records why a question could not be asked; the next look asks it."""
        with self._connection() as connection:
            connection.execute("UPDATE watched SET failure = ? WHERE id = ?", (why, id_))

    def answered(self, id_: int, generation: int, reading: Reading) -> None:
        """Records an answer: after the last one if something changed, else instead of it.

        It is dropped if its question was removed.
        """
        with self._connection() as connection:
            if not self._looked(connection, id_, generation):
                return
            last = connection.execute(
                "SELECT * FROM readings WHERE watched_id = ? ORDER BY position DESC LIMIT 1", (id_,)
            ).fetchone()
            position, seen = (last["position"] + 1, 0) if last else (0, 1)
            if last and not reading.changes:
                old = _reading().validate_json(last["reading"])
                reading = replace(reading, changed_at=old.changed_at, changes=old.changes)
                position, seen = last["position"], last["seen"]
            connection.execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)",
                (id_, position, _reading().dump_json(reading).decode(), seen),
            )
            connection.execute(
                "DELETE FROM readings WHERE watched_id = ? AND position <= ?",
                (id_, position - _MOST_READINGS),
            )

    def see(self, id_: int) -> None:
        """Marks the changes of a question as seen."""
        with self._connection() as connection:
            connection.execute("UPDATE readings SET seen = 1 WHERE watched_id = ?", (id_,))

    def remove(self, id_: int) -> bool:
        """Stops watching a question. Returns whether it was watched."""
        with self._connection() as connection:
            gone = connection.execute("DELETE FROM watched WHERE id = ? AND owner = ?", (id_, self.owner))
            return gone.rowcount > 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Holds the lock for asking the questions again.

        Raises:
            UnavailableError: another program is doing so.
        """
        try:
            with FileLock(self.path.with_suffix(".lock"), timeout=0):
                yield
        except Timeout as error:
            raise UnavailableError(
                "Another program is asking the watched questions again; try again when it has finished."
            ) from error

    def _looked(self, connection: sqlite3.Connection, id_: int, generation: int) -> bool:
        """Records a look. Returns whether the question is still there."""
        set_ = "UPDATE watched SET looked_at = ?, generation = ?, failure = '' WHERE id = ?"
        return connection.execute(set_, (_now(), generation, id_)).rowcount > 0

    def _connection(self) -> AbstractContextManager[sqlite3.Connection]:
        return connected(self.path, _SCHEMA)


@cache
def _reading() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


@cache
def _filters() -> TypeAdapter[Filters]:
    return TypeAdapter(Filters)


def _watched(row: sqlite3.Row, recent: Sequence[sqlite3.Row]) -> Watched:
    readings = [_reading().validate_json(each["reading"]) for each in recent]
    news = readings[1:] if len(readings) > 1 else readings
    return Watched(
        id=row["id"],
        question=row["question"],
        filters=_filters().validate_json(row["filters"]),
        kept_at=datetime.fromisoformat(row["kept_at"]),
        looked_at=datetime.fromisoformat(row["looked_at"]) if row["looked_at"] else None,
        generation=row["generation"],
        failure=row["failure"],
        last=readings[-1] if readings else None,
        before=readings[0] if len(readings) > 1 else None,
        changes=tuple(change for reading in news for change in reading.changes),
        unseen=any(not each["seen"] for each in recent),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
