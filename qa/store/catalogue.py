"""The catalogue's file: connections, transactions, and facts about the library as a whole.

Every write raises the generation number. A reader opens its indexes anew when the number has changed: an
embedded Chroma client never sees what another process wrote.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qa.core.disk import flush, private, told_plainly
from qa.core.errors import LibraryEmptyError, UnavailableError
from qa.store.migrations import bring_forward, version

# Keys of facts about a whole library: where its indexes are, and what its vectors were made with.
INDEXES_FOLDER = "indexes_folder"
EMBEDDING_MODEL = "embeddings_setting"
_MAX_VARIABLES = 900  # SQLite's oldest limit on bound variables is 999.


class Catalogue:
    """The SQLite file of one library folder. Safe to share between threads and processes."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Opens the catalogue.

        Args:
            folder: the library's folder.
            create: make the folder and the catalogue where there are none.

        Raises:
            LibraryEmptyError: there is no library in the folder and `create` is false.
            UnavailableError: the folder can't be made or what is in it can't be opened.
            DatelineError: another Dateline's library, which this one can't read.
        """
        self.folder = folder
        self.path = folder / "catalogue.sqlite3"
        nothing = (
            f"There is no library in {str(folder)!r} yet. Add documents with: "
            f"python -m ingest PATH --library {folder}"
        )
        if not create and not self.path.exists():
            raise LibraryEmptyError(nothing)
        self._local = threading.local()
        if create:
            self._make_folder()
            private(self.path)
        with told_plainly(folder):
            if create or version(self._connection()) is not None:
                bring_forward(self._connection(), self.path)
                if create:
                    flush(folder, folder.parent)
            else:  # It was killed before it had made the tables.
                raise LibraryEmptyError(nothing)

    @contextmanager
    def batch(self, *, announce: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction for many writes (`qa.store.writing`): all of them happen, or none.

        Args:
            announce: raise the generation; false if readers need not see the write at once.
        """
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise UnavailableError(
                f"The library in {str(self.folder)!r} can't be written now ({error}); try again shortly."
            ) from error
        try:
            yield connection
            if announce:
                connection.execute(
                    "INSERT INTO meta VALUES ('generation', '1') "
                    "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def read(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """The rows of a query."""
        return self._connection().execute(sql, values)

    def read_in(self, sql: str, ids: Sequence[str], before: Sequence[str] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query with `IN ({})` for some ids; `before` are the values before them."""
        for first in range(0, len(ids), _MAX_VARIABLES):
            part = ids[first : first + _MAX_VARIABLES]
            yield from self.read(sql.format(",".join("?" * len(part))), (*before, *part))

    def count_of(self, source: str) -> int:
        """How many rows a table has; a WHERE may follow the table's name."""
        return int(self.read(f"SELECT count(*) FROM {source}").fetchone()[0])

    @property
    def indexes(self) -> Path:
        """The folder of both indexes; a rebuild makes new ones in another folder."""
        return self.folder / (self.meta(INDEXES_FOLDER) or "")

    def generation(self) -> int:
        """A number that every write of any process raises."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        """A fact about the whole library; None if it was never set."""
        row = self.read("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def set_meta(self, key: str, value: str, *, announce: bool = True) -> None:
        """Sets a fact about the whole library, such as its embedding model."""
        with self.batch(announce=announce) as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def first_meta(self, key: str, value: str) -> str:
        """A fact about the whole library; sets it to this value, for all processes, if there is none."""
        known = self.meta(key)
        if known is not None:
            return known
        with self.batch() as connection:
            connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))
        return self.meta(key) or value

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.Error as error:
                raise UnavailableError(
                    f"The library in {str(self.folder)!r} can't be opened ({error}); is it a library of "
                    "Dateline's, and may you write there?"
                ) from error
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA synchronous = FULL")  # What is reported survives a power cut.
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA mmap_size = 1073741824")  # Reads without a system call a page.
            # An article's MinHash bands are 32 rows in 32 places. A cache of 32 MB and a checkpoint every
            # 64 MB halve what is written and waited for.
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("PRAGMA wal_autocheckpoint = 16000")
            self._local.connection = connection
        return connection

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(0o700, parents=True, exist_ok=True)  # Its owner's alone, unless made before.
        except OSError as error:
            raise UnavailableError(
                f"There can be no library in {str(self.folder)!r} ({error.strerror}); name another folder."
            ) from error
