"""A small SQLite file beside the catalogue. A write to it does not raise the library's generation."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.core.disk import private

_BUSY_TIMEOUT_S = 30


@contextmanager
def connected(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A connection for one transaction, with rows by name. Makes the file and its tables if need be.

    Args:
        path: the file.
        schema: statements that create what is not there yet.
    """
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    private(path)
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(schema)
        with connection:
            yield connection
    finally:
        connection.close()
