"""The catalogue's layout: created, migrated from an older Dateline's, or refused if a newer Dateline made it.

`PRAGMA user_version` holds the layout's version; the oldest catalogues have 0.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from qa.core.disk import private
from qa.core.errors import DatelineError
from qa.store.schema import SCHEMA

VERSION = 3  # Raised with every change of `SCHEMA`, or of what stands in the indexes.
WITHOUT_TEXT = "vectors_without_text"
"""The key of the fact that a library's vectors lack their passages' text, as all did up to layout 2."""


def version(connection: sqlite3.Connection) -> int | None:
    """The version of a catalogue's layout, None where it has no tables yet."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
        return None
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def bring_forward(connection: sqlite3.Connection, path: Path) -> None:
    """Creates the tables, or copies an older catalogue and then migrates it.

    Args:
        connection: to the catalogue, outside of any transaction.
        path: the catalogue's file.

    Raises:
        DatelineError: a newer Dateline made it, or one too old to be taken over.
    """
    found = version(connection)
    if found == VERSION:
        return
    if found is not None and found > VERSION:
        raise DatelineError(
            f"The library in {str(path.parent)!r} was made by a newer Dateline (its layout is {found}, "
            f"this one knows {VERSION}): bring Dateline up to date."
        )
    if found is not None:
        _refuse_too_old(connection, path)
        _copy(connection, path.with_name(f"catalogue-layout-{found}.sqlite3"))
    connection.create_function("checksum", 2, checksum, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table, declaration, _ in _lacking(connection):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {declaration}")
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(
            "UPDATE articles SET checksum = checksum(CAST(title AS BLOB), CAST(body AS BLOB)) "
            "WHERE checksum IS NULL"
        )
        if found is not None and found < 3:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, '1')", (WITHOUT_TEXT,))
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def checksum(title: bytes, body: bytes) -> str:
    """The checksum of an article's text, from its UTF-8 bytes."""
    return hashlib.sha256(title + b"\n" + body).hexdigest()


def _lacking(connection: sqlite3.Connection) -> list[tuple[str, str, bool]]:
    """The columns that its tables lack: table, declaration, and whether the column can be added."""
    lacking = []
    with closing(sqlite3.connect(":memory:")) as wanted:
        wanted.executescript(SCHEMA)
        for (table,) in wanted.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for _, name, kind, required, default, _ in wanted.execute(f"PRAGMA table_info({table})"):
                if there and name not in there:
                    declaration = f'"{name}" {kind}' + (" NOT NULL" if required else "")
                    declaration += f" DEFAULT {default}" if default is not None else ""
                    lacking.append((table, declaration, not required or default is not None))
    return lacking


def _refuse_too_old(connection: sqlite3.Connection, path: Path) -> None:
    if not all(can_be_added for _, _, can_be_added in _lacking(connection)):
        raise DatelineError(
            f"The library in {str(path.parent)!r} was made by a Dateline too old to be taken over: add its "
            "documents to a library in another folder with: python -m ingest PATH --library FOLDER"
        )


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copies the whole catalogue, also while others write to it."""
    private(path)
    with closing(sqlite3.connect(path)) as copy:
        connection.backup(copy)
