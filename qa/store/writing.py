"""Writes to the catalogue, each a part of one transaction: `with library.batch() as batch`."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from qa.core.types import Article, Passage
from qa.store.migrations import checksum
from qa.store.schema import INDEXES, article_of, article_row, header, now

Outcome = Literal["added", "updated", "unchanged"]


def put(batch: sqlite3.Connection, article: Article, passages: Sequence[Passage]) -> Outcome:
    """Stores an article and its passages. An older version is replaced, and its text kept as history.

    Passages that the older version had stay in the indexes, unless the header that is indexed with them
    (title, publisher, date, language...) has changed.
    """
    digest = content_hash(article)
    old = batch.execute("SELECT * FROM articles WHERE id = ?", (article.id,)).fetchone()
    if old is not None and old["content_hash"] == digest:
        return "unchanged"
    if old is not None:
        _keep_version(batch, old, article)
    _put_article(batch, article, digest)
    keep_indexed = old is not None and header(article_of(old, ())) == header(article)
    _put_passages(batch, article.id, passages, keep_indexed=keep_indexed)
    return "added" if old is None else "updated"


def resplit(batch: sqlite3.Connection, article: str, passages: Sequence[Passage]) -> None:
    """Replaces an article's passages; those that are unchanged keep their vectors."""
    _put_passages(batch, article, passages, keep_indexed=True)


def remove(batch: sqlite3.Connection, article: str) -> bool:
    """Removes an article and all that belongs to it. Returns whether it was there."""
    _remove_passages(batch, article, keep=())
    batch.execute("DELETE FROM versions WHERE article_id = ?", (article,))
    batch.execute("DELETE FROM inputs WHERE article_id = ?", (article,))
    # Its bands stay: its number is never used again, so they do no harm.
    batch.execute("DELETE FROM numbers WHERE article_id = ?", (article,))
    return batch.execute("DELETE FROM articles WHERE id = ?", (article,)).rowcount > 0


def note_input(batch: sqlite3.Connection, source: str, digest: str, content: str, article: str) -> None:
    """Records which article an input became.

    Args:
        source: the input's path or address.
        digest: what the input was made of.
        content: a digest of the words of its text alone.
        article: the id of the article that holds it.
    """
    batch.execute(
        "INSERT OR REPLACE INTO inputs (source, digest, content, article_id) VALUES (?, ?, ?, ?)",
        (source, digest, content, article),
    )


def put_bands(batch: sqlite3.Connection, article: str, bands: Sequence[int]) -> None:
    """Stores the MinHash bands of an article's text."""
    batch.execute("INSERT OR IGNORE INTO numbers (article_id) VALUES (?)", (article,))
    row = batch.execute("SELECT number FROM numbers WHERE article_id = ?", (article,)).fetchone()
    batch.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, row[0]) for band in bands])


def set_copy(batch: sqlite3.Connection, article: str, original: str) -> None:
    """Records that an article is a copy of another."""
    batch.execute(
        "UPDATE articles SET copy_of = ?1 WHERE (id = ?2 OR copy_of = ?2) AND id <> ?1",
        (original, article),
    )


def content_hash(article: Article) -> str:
    """A digest of all fields of an article, to recognise an unchanged one."""
    told = replace(article, story="", copy_of=None)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _keep_version(batch: sqlite3.Connection, old: sqlite3.Row, new: Article) -> None:
    if old["body"] == new.body and old["title"] == new.title:
        return
    batch.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?)",
        (old["id"], now(), old["title"], old["body"], old["published"]),
    )


def _put_article(batch: sqlite3.Connection, article: Article, digest: str) -> None:
    row = article_row(article, digest)
    row["checksum"] = checksum(article.title.encode(), article.body.encode())
    columns = ", ".join(row)
    updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    batch.execute(
        f"INSERT INTO articles ({columns}) VALUES ({', '.join('?' * len(row))}) "
        f"ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(row.values()),
    )
    batch.execute("DELETE FROM days WHERE article_id = ?", (article.id,))
    batch.executemany(
        "INSERT INTO days VALUES (?, ?, ?, ?, ?, ?)",
        [
            (article.id, day.text, day.start, day.end, day.date.isoformat(), day.until.isoformat())
            for day in article.days
        ],
    )


def _put_passages(
    batch: sqlite3.Connection, article: str, passages: Sequence[Passage], *, keep_indexed: bool
) -> None:
    _remove_passages(batch, article, keep=[passage.id for passage in passages])
    # Refined vectors have no fields; those of the others change with the header.
    on_conflict = "" if keep_indexed else ", in_lexical = 0, in_vectors = 0"
    batch.executemany(
        'INSERT INTO passages (id, article_id, position, paragraph, start, "end", text) '
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "position = excluded.position, paragraph = excluded.paragraph, start = excluded.start, "
        f'"end" = excluded."end", text = excluded.text{on_conflict}',
        [(p.id, p.article_id, p.position, p.paragraph, p.start, p.end, p.text) for p in passages],
    )
    # An index that lags behind must not forget a passage that came back.
    batch.executemany("DELETE FROM removals WHERE passage_id = ?", [(p.id,) for p in passages])


def _remove_passages(batch: sqlite3.Connection, article: str, keep: Sequence[str]) -> None:
    kept = set(keep)
    rows = batch.execute("SELECT id, in_refined FROM passages WHERE article_id = ?", (article,))
    gone = {row["id"]: bool(row["in_refined"]) for row in rows if row["id"] not in kept}
    owing = [(id_, index) for id_ in gone for index in INDEXES]
    owing += [(id_, "refined") for id_, refined in gone.items() if refined]
    batch.executemany("INSERT OR IGNORE INTO removals VALUES (?, ?)", owing)
    batch.executemany("DELETE FROM passages WHERE id = ?", [(id_,) for id_ in gone])
