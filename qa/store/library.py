"""The catalogue: articles and passages in SQLite. The truth, of which both indexes are derived.

An article and its passages are written in one transaction. Each passage carries, per index,
whether that index has it yet; passages that went away wait in `removals` until each index
has forgotten them. So an ingest killed at any moment leaves a library that says what is
missing, and `repair` (or the next ingest) finishes it.

Every write raises the generation number. A reader that sees it move opens its indexes anew:
an embedded Chroma client never sees what another process wrote.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from qa.core.disk import flush, private, told_plainly
from qa.core.errors import LibraryEmptyError, UnavailableError
from qa.core.types import Article, Day, Filters, Passage
from qa.store.migrations import bring_forward, checksum, version
from qa.store.schema import article_of, article_row, conditions, date_of, day_of, header, now, passage_of

Index = Literal["vectors", "lexical", "refined"]
INDEXES: tuple[Index, ...] = ("vectors", "lexical")  # Those that a passage must be in to be found.
# Facts about a library as a whole: where its indexes are, and what its vectors were made with.
INDEXES_FOLDER = "indexes_folder"
EMBEDDING_MODEL = "embeddings_setting"
_MAX_VARIABLES = 900  # SQLite's oldest limit on bound variables is 999.


@dataclass(frozen=True, slots=True)
class Stats:
    """What a library holds: counts, its span of days, and passages each index still lacks.

    A passage that waits to be refined can be found meanwhile.
    """

    articles: int
    passages: int
    publishers: int
    since: date | None
    until: date | None
    languages: tuple[str, ...]
    waiting_vectors: int
    waiting_lexical: int
    waiting_refined: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of passages that an index lacks, that it has though nobody knows them, or has otherwise."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class Header(NamedTuple):
    """What stands above an article's text."""

    title: str = ""
    publisher: str | None = None
    published: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An older text of an article, kept when a newer one replaced it."""

    article_id: str
    replaced_at: datetime
    title: str
    body: str
    published: date | None


def article_id(source: str) -> str:
    """The id of the article that comes from a source (a path or an address): 16 hex digits."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def passage_id(article: str, start: int, text: str) -> str:
    """The id of a passage. The same text at the same place keeps its id, and its vector."""
    return f"{article}-{hashlib.sha256(f'{start}:{text}'.encode()).hexdigest()[:12]}"


def content_hash(article: Article) -> str:
    """A digest of everything an article says, so that an unchanged one is recognised."""
    said = replace(article, story="", copy_of=None)
    return hashlib.sha256(repr(said).encode()).hexdigest()


class Library:
    """The catalogue of one library folder. Safe to share between threads and processes."""

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

    # -- writing ---------------------------------------------------------------------------

    def put(self, article: Article, passages: Sequence[Passage]) -> Literal["added", "updated", "unchanged"]:
        """Stores an article and its passages in one transaction, replacing an older version.

        Passages that an older version also had keep their place in the indexes unless the
        header that is indexed with them (title, publisher, date, language...) changed.
        """
        with self.batch() as connection:
            return self.put_within(connection, article, passages)

    @contextmanager
    def batch(self) -> Iterator[sqlite3.Connection]:
        """One transaction for many writes: all of them happen, or none."""
        with self._write() as connection:
            yield connection

    def put_within(
        self, connection: sqlite3.Connection, article: Article, passages: Sequence[Passage]
    ) -> Literal["added", "updated", "unchanged"]:
        """`put` as a part of a `batch`."""
        digest = content_hash(article)
        old = connection.execute("SELECT * FROM articles WHERE id = ?", (article.id,)).fetchone()
        if old is not None and old["content_hash"] == digest:
            return "unchanged"
        if old is not None:
            self._keep_version(connection, old, article)
        self._put_article(connection, article, digest)
        keep_indexed = old is not None and header(article_of(old, ())) == header(article)
        self._put_passages(connection, article.id, passages, keep_indexed=keep_indexed)
        return "added" if old is None else "updated"

    def note_input(
        self, connection: sqlite3.Connection, source: str, digest: str, content: str, article: str
    ) -> None:
        """Records, as a part of a `batch`, which article an input became.

        Args:
            connection: the batch's.
            source: the input's path or address.
            digest: what the input was made of.
            content: a digest of the words of its text alone.
            article: the id of the article that holds it.
        """
        connection.execute(
            "INSERT OR REPLACE INTO inputs (source, digest, content, article_id) VALUES (?, ?, ?, ?)",
            (source, digest, content, article),
        )

    def put_bands(self, connection: sqlite3.Connection, article: str, bands: Sequence[int]) -> None:
        """Keeps the MinHash bands of an article's text, as a part of a `batch`."""
        connection.execute("INSERT OR IGNORE INTO numbers (article_id) VALUES (?)", (article,))
        row = connection.execute("SELECT number FROM numbers WHERE article_id = ?", (article,)).fetchone()
        connection.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, row[0]) for band in bands]
        )

    def set_copy(self, connection: sqlite3.Connection, article: str, original: str) -> None:
        """Records, as a part of a `batch`, that an article's text is another article's."""
        connection.execute(
            "UPDATE articles SET copy_of = ?1 WHERE (id = ?2 OR copy_of = ?2) AND id <> ?1",
            (original, article),
        )

    def resplit(self, connection: sqlite3.Connection, article: str, passages: Sequence[Passage]) -> None:
        """Gives an article other passages, as a part of a `batch`; those that stay keep their vectors."""
        self._put_passages(connection, article, passages, keep_indexed=True)

    def remove(self, article: str) -> bool:
        """Removes an article and all that belongs to it. Returns whether it was there."""
        with self._write() as connection:
            self._remove_passages(connection, article, keep=())
            connection.execute("DELETE FROM versions WHERE article_id = ?", (article,))
            connection.execute("DELETE FROM inputs WHERE article_id = ?", (article,))
            # Its bands stay behind: a number is never given again, so they lead nowhere.
            connection.execute("DELETE FROM numbers WHERE article_id = ?", (article,))
            return connection.execute("DELETE FROM articles WHERE id = ?", (article,)).rowcount > 0

    def mark_indexed(
        self, index: Index, passages: Iterable[str] | Mapping[str, float], *, announce: bool = True
    ) -> None:
        """Records that an index now has these passages (by id), of vectors with their checksums.

        Args:
            announce: raise the generation; readers that needn't know at once need no new client.
        """
        sums: Mapping[str, float | None]
        sums = passages if isinstance(passages, Mapping) else dict.fromkeys(passages)
        marks = f"in_{index} = 1" + ("" if index == "lexical" else f", {index}_checksum = :sum")
        with self._write(announce=announce) as connection:
            connection.executemany(
                f"UPDATE passages SET {marks} WHERE id = :id",
                [{"id": id_, "sum": sum_} for id_, sum_ in sums.items()],
            )

    def mark_missing(self, index: Index, passages: Sequence[str]) -> None:
        """Records that an index lacks these passages (by id) after all."""
        with self._write() as connection:
            connection.executemany(
                f"UPDATE passages SET in_{index} = 0 WHERE id = ?", [(id_,) for id_ in passages]
            )

    def owe_removal(self, index: Index, passages: Sequence[str]) -> None:
        """Records that an index has passages (by id) that it must forget."""
        with self._write() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO removals VALUES (?, ?)", [(id_, index) for id_ in passages]
            )

    def mark_removed(self, index: Index, passages: Sequence[str]) -> None:
        """Records that an index has forgotten these passages (by id)."""
        with self._write() as connection:
            connection.executemany(
                'DELETE FROM removals WHERE passage_id = ? AND "index" = ?',
                [(id_, index) for id_ in passages],
            )

    def forget_index(self, index: Index) -> None:
        """Marks every passage as missing from an index, so that it is built anew."""
        with self._write() as connection:
            connection.execute(f"UPDATE passages SET in_{index} = 0")
            connection.execute('DELETE FROM removals WHERE "index" = ?', (index,))

    def set_meta(self, key: str, value: str, *, announce: bool = True) -> None:
        """Keeps a fact about the library as a whole, such as its embedding model."""
        with self._write(announce=announce) as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def first_meta(self, key: str, value: str) -> str:
        """A fact about the library as a whole; this value, for all processes, where there was none."""
        known = self.meta(key)
        if known is not None:
            return known
        with self._write() as connection:
            connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))
        return self.meta(key) or value

    def set_visit(self, url: str, etag: str | None, modified: str | None, seen: Sequence[str]) -> None:
        """Records a visit to a feed: its version, and the keys of the entries that were in it."""
        with self._write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO visits (url, etag, modified, visited_at, seen) "
                "VALUES (?, ?, ?, ?, ?)",
                (url, etag, modified, now(), json.dumps(list(seen))),
            )

    # -- reading ---------------------------------------------------------------------------

    @property
    def indexes(self) -> Path:
        """The folder that both indexes are in now: a rebuild makes new ones in another."""
        return self.folder / (self.meta(INDEXES_FOLDER) or "")

    def generation(self) -> int:
        """A number that every write raises, in whichever process it happens."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        """A fact about the library as a whole, None if it was never set."""
        row = self._read("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def article(self, id_: str) -> Article | None:
        """One article by its id, with the days it mentions."""
        return self.articles_by_id([id_]).get(id_)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by their ids; ids that are not there are left out."""
        days: dict[str, list[Day]] = {}
        wanted = list(dict.fromkeys(ids))
        for row in self._in("SELECT * FROM days WHERE article_id IN ({}) ORDER BY start", wanted):
            days.setdefault(row["article_id"], []).append(day_of(row))
        rows = self._in("SELECT * FROM articles WHERE id IN ({})", wanted)
        return {row["id"]: article_of(row, tuple(days.get(row["id"], ()))) for row in rows}

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by their ids; ids that are not there are left out."""
        rows = self._in("SELECT * FROM passages WHERE id IN ({})", list(dict.fromkeys(ids)))
        return {row["id"]: passage_of(row) for row in rows}

    def headers(self, articles: Iterable[str]) -> dict[str, Header]:
        """What stands above articles, without reading their bodies."""
        sql = "SELECT id, title, publisher, published, language FROM articles WHERE id IN ({})"
        return {
            row["id"]: Header(row["title"], row["publisher"], date_of(row["published"]), row["language"])
            for row in self._in(sql, list(set(articles)))
        }

    def admitted(self, passages: Iterable[str], filters: Filters) -> set[str]:
        """Those of some passages (by id) that pass the filters."""
        where, values = conditions(filters, of="a.")
        sql = (
            f"SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id {where or 'WHERE true'} "
            "AND p.id IN ({})"
        )
        return {row["id"] for row in self._in(sql, list(passages), values)}

    def indexed(self, index: Index, filters: Filters, limit: int) -> list[str]:
        """Ids of passages that pass the filters and that an index has, at most so many."""
        where, values = conditions(filters, of="a.")
        rows = self._read(
            f"SELECT p.id FROM articles a JOIN passages p ON p.article_id = a.id {where or 'WHERE true'} "
            f"AND p.in_{index} = 1 LIMIT ?",
            (*values, limit),
        )
        return [row["id"] for row in rows]

    def having(self, index: Index, passages: Iterable[str]) -> list[str]:
        """Those of some passages (by id) that an index has."""
        sql = f"SELECT id FROM passages WHERE in_{index} = 1 AND id IN ({{}})"
        return [row["id"] for row in self._in(sql, list(passages))]

    def checksums(self, index: Index) -> dict[str, float | None]:
        """All passages (by id) that an index has, with their vectors' checksums where these are kept."""
        column = "NULL" if index == "lexical" else f"{index}_checksum"
        rows = self._read(f"SELECT id, {column} AS sum FROM passages WHERE in_{index} = 1")
        return {row["id"]: row["sum"] for row in rows}

    def unknown(self, index: Index, passages: Iterable[str]) -> list[str]:
        """Those of some ids that are no passage's, nor one that the index is about to forget."""
        wanted = list(passages)
        known = {row["id"] for row in self._in("SELECT id FROM passages WHERE id IN ({})", wanted)}
        return sorted(set(wanted) - known - set(self.removals(index, -1)))

    def refined(self) -> int:
        """How many passages have the transformer's vectors."""
        return self._count("passages WHERE in_refined = 1")

    def times(self, passages: Iterable[str]) -> dict[str, tuple[date | None, tuple[Day, ...]]]:
        """By passage id: when its article was published, and the days that the passage mentions."""
        wanted = list(dict.fromkeys(passages))
        days: dict[str, list[Day]] = {}
        mentioned = (
            "SELECT p.id, d.* FROM passages p JOIN days d ON d.article_id = p.article_id "
            'AND d.start >= p.start AND d.start < p."end" WHERE p.id IN ({}) ORDER BY d.start'
        )
        for row in self._in(mentioned, wanted):
            days.setdefault(row["id"], []).append(day_of(row))
        dated = (
            "SELECT p.id, a.published FROM passages p "
            "JOIN articles a ON a.id = p.article_id WHERE p.id IN ({})"
        )
        return {
            row["id"]: (date_of(row["published"]), tuple(days.get(row["id"], ())))
            for row in self._in(dated, wanted)
        }

    def passages_of(self, article: str) -> tuple[Passage, ...]:
        """All passages of an article, in reading order."""
        rows = self._read("SELECT * FROM passages WHERE article_id = ? ORDER BY position", (article,))
        return tuple(passage_of(row) for row in rows)

    def articles(
        self, filters: Filters = Filters(), *, limit: int = 100, offset: int = 0
    ) -> tuple[Article, ...]:
        """Articles that pass the filters, the newest first, without the days they mention."""
        where, values = conditions(filters)
        rows = self._read(
            f"SELECT * FROM articles {where} ORDER BY published IS NULL, published DESC, id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return tuple(article_of(row, ()) for row in rows)

    def count(self, filters: Filters = Filters()) -> int:
        """How many articles pass the filters."""
        where, values = conditions(filters)
        return int(self._read(f"SELECT count(*) FROM articles {where}", values).fetchone()[0])

    def publishers(self) -> dict[str, int]:
        """Publishers and how many articles each has, the most first."""
        rows = self._read(
            "SELECT publisher, count(*) AS n FROM articles WHERE publisher IS NOT NULL "
            "GROUP BY publisher ORDER BY n DESC, publisher"
        )
        return {row["publisher"]: row["n"] for row in rows}

    def inputs(self, sources: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The digest and the article's id of each input that is known, by its source."""
        rows = self._in("SELECT * FROM inputs WHERE source IN ({})", sources)
        return {row["source"]: (row["digest"], row["article_id"]) for row in rows}

    def input_with_content(self, content: str) -> str | None:
        """The id of an article whose text has these words, None if there is none."""
        row = self._read("SELECT article_id FROM inputs WHERE content = ? LIMIT 1", (content,)).fetchone()
        return None if row is None else str(row["article_id"])

    def visit(self, url: str) -> tuple[str | None, str | None, tuple[str, ...]] | None:
        """The ETag, Last-Modified and entries of the last visit to a feed, None if there was none."""
        row = self._read("SELECT * FROM visits WHERE url = ?", (url,)).fetchone()
        return None if row is None else (row["etag"], row["modified"], tuple(json.loads(row["seen"])))

    def sharing_bands(self, bands: Sequence[int], limit: int) -> list[str]:
        """Ids of the articles that share MinHash bands with a text, most bands first."""
        marks = ",".join("?" * len(bands))
        rows = self._read(
            f"SELECT article_id FROM (SELECT number, count(*) AS shared FROM bands WHERE hash IN ({marks}) "
            "GROUP BY number ORDER BY shared DESC LIMIT ?) JOIN numbers USING (number) "
            "ORDER BY shared DESC, number",
            (*bands, limit),
        )
        return [row["article_id"] for row in rows]

    def batches_of_ids(self, size: int) -> Iterator[list[str]]:
        """The ids of all articles, so many at a time, whatever is written meanwhile."""
        last = ""
        while True:
            rows = self._read(
                "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, size)
            ).fetchall()
            if not rows:
                return
            last = rows[-1]["id"]
            yield [row["id"] for row in rows]

    def matching(self, wanted: str, limit: int = 20) -> tuple[str, ...]:
        """Ids of the articles with this id, this source or address, or an id that starts so."""
        rows = self._read(
            "SELECT id FROM articles WHERE id = ?1 OR source = ?1 OR url = ?1 LIMIT ?2", (wanted, limit)
        ).fetchall()
        if not rows and len(wanted) >= 4 and wanted.isalnum():
            rows = self._read(
                "SELECT id FROM articles WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT ?2", (wanted, limit)
            ).fetchall()
        return tuple(row["id"] for row in rows)

    def story(self, story: str) -> tuple[Article, ...]:
        """All versions of a story, the oldest first, without the days they mention."""
        rows = self._read(
            "SELECT * FROM articles WHERE story = ? ORDER BY published IS NULL, published, rowid",
            (story,),
        )
        return tuple(article_of(row, ()) for row in rows)

    def count_stories(self) -> int:
        """How many different stories the articles tell."""
        return int(self._read("SELECT count(DISTINCT story) FROM articles").fetchone()[0])

    def versions(self, article: str) -> tuple[Version, ...]:
        """The older texts of an article, the oldest first."""
        rows = self._read("SELECT * FROM versions WHERE article_id = ? ORDER BY rowid", (article,))
        return tuple(
            Version(
                row["article_id"],
                datetime.fromisoformat(row["replaced_at"]),
                row["title"],
                row["body"],
                date_of(row["published"]),
            )
            for row in rows
        )

    def waiting(self, index: Index, limit: int = 2_000) -> tuple[Passage, ...]:
        """Passages that an index does not have yet."""
        rows = self._read(f"SELECT * FROM passages WHERE in_{index} = 0 ORDER BY rowid LIMIT ?", (limit,))
        return tuple(passage_of(row) for row in rows)

    def removals(self, index: Index, limit: int = 2_000) -> tuple[str, ...]:
        """Ids of passages that went away and that an index still has to forget."""
        rows = self._read('SELECT passage_id FROM removals WHERE "index" = ? LIMIT ?', (index, limit))
        return tuple(row["passage_id"] for row in rows)

    def languages(self) -> tuple[str, ...]:
        """The languages that the articles are in."""
        rows = self._read("SELECT DISTINCT language FROM articles WHERE language IS NOT NULL ORDER BY 1")
        return tuple(row["language"] for row in rows)

    def stats(self) -> Stats:
        """Counts over the whole library."""
        row = self._read(
            "SELECT count(*) AS n, count(DISTINCT publisher) AS publishers, "
            "min(published) AS since, max(published) AS until FROM articles"
        ).fetchone()
        return Stats(
            articles=row["n"],
            passages=self._count("passages"),
            publishers=row["publishers"],
            since=date_of(row["since"]),
            until=date_of(row["until"]),
            languages=self.languages(),
            waiting_vectors=self._count("passages WHERE in_vectors = 0"),
            waiting_lexical=self._count("passages WHERE in_lexical = 0"),
            waiting_refined=self._count("passages") - self.refined(),
        )

    # -- inside ----------------------------------------------------------------------------

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
            # An article's MinHash bands are 32 rows in 32 places. With 32 MB of pages kept and 64 MB of
            # them gathered between checkpoints, half as much is written and waited for.
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

    @contextmanager
    def _write(self, *, announce: bool = True) -> Iterator[sqlite3.Connection]:
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

    def _read(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._connection().execute(sql, values)

    def _in(self, sql: str, ids: Sequence[str], before: Sequence[str] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query that has `IN ({})` for some ids; `before` are the values that stand earlier."""
        for first in range(0, len(ids), _MAX_VARIABLES):
            part = ids[first : first + _MAX_VARIABLES]
            yield from self._read(sql.format(",".join("?" * len(part))), (*before, *part))

    def _count(self, source: str) -> int:
        return int(self._read(f"SELECT count(*) FROM {source}").fetchone()[0])

    def _keep_version(self, connection: sqlite3.Connection, old: sqlite3.Row, new: Article) -> None:
        if old["body"] == new.body and old["title"] == new.title:
            return
        connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?)",
            (old["id"], now(), old["title"], old["body"], old["published"]),
        )

    def _put_article(self, connection: sqlite3.Connection, article: Article, digest: str) -> None:
        row = article_row(article, digest)
        row["checksum"] = checksum(article.title.encode(), article.body.encode())
        columns = ", ".join(row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        connection.execute(
            f"INSERT INTO articles ({columns}) VALUES ({', '.join('?' * len(row))}) "
            f"ON CONFLICT (id) DO UPDATE SET {updates}",
            tuple(row.values()),
        )
        connection.execute("DELETE FROM days WHERE article_id = ?", (article.id,))
        connection.executemany(
            "INSERT INTO days VALUES (?, ?, ?, ?, ?, ?)",
            [
                (article.id, day.text, day.start, day.end, day.date.isoformat(), day.until.isoformat())
                for day in article.days
            ],
        )

    def _put_passages(
        self, connection: sqlite3.Connection, article: str, passages: Sequence[Passage], *, keep_indexed: bool
    ) -> None:
        self._remove_passages(connection, article, keep=[passage.id for passage in passages])
        # The refined vectors stand alone; what is beside the others changes with the header.
        on_conflict = "" if keep_indexed else ", in_lexical = 0, in_vectors = 0"
        connection.executemany(
            'INSERT INTO passages (id, article_id, position, paragraph, start, "end", text) '
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "position = excluded.position, paragraph = excluded.paragraph, start = excluded.start, "
            f'"end" = excluded."end", text = excluded.text{on_conflict}',
            [(p.id, p.article_id, p.position, p.paragraph, p.start, p.end, p.text) for p in passages],
        )
        # A passage that comes back must not be forgotten by an index that has yet to catch up.
        connection.executemany("DELETE FROM removals WHERE passage_id = ?", [(p.id,) for p in passages])

    def _remove_passages(self, connection: sqlite3.Connection, article: str, keep: Sequence[str]) -> None:
        kept = set(keep)
        rows = connection.execute("SELECT id, in_refined FROM passages WHERE article_id = ?", (article,))
        gone = {row["id"]: bool(row["in_refined"]) for row in rows if row["id"] not in kept}
        owing = [(id_, index) for id_ in gone for index in INDEXES]
        owing += [(id_, "refined") for id_, refined in gone.items() if refined]
        connection.executemany("INSERT OR IGNORE INTO removals VALUES (?, ?)", owing)
        connection.executemany("DELETE FROM passages WHERE id = ?", [(id_,) for id_ in gone])
