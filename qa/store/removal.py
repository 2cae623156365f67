"""An article taken out of the catalogue with all that belongs to it, and put back as it was."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from qa.store import writing

# In the order in which they refer to one another; each with the column that names the article.
_TABLES = {
    "articles": "id",
    "days": "article_id",
    "passages": "article_id",
    "versions": "article_id",
    "inputs": "article_id",
    "numbers": "article_id",  # Its MinHash bands stay in their table, under this number.
}
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that was taken out: its rows, by their table."""

    article: str
    rows: dict[str, list[_Row]]

    @property
    def title(self) -> str:
        return str(self.rows["articles"][0]["title"])

    @property
    def body(self) -> str:
        return str(self.rows["articles"][0]["body"])


def take_out(batch: sqlite3.Connection, article: str) -> Removed | None:
    """Removes an article and all that belongs to it. Returns what can be put back, None where it was not."""
    rows = {
        table: [dict(row) for row in batch.execute(f"SELECT * FROM {table} WHERE {column} = ?", (article,))]
        for table, column in _TABLES.items()
    }
    return Removed(article, rows) if writing.remove(batch, article) else None


def put_back(batch: sqlite3.Connection, removed: Removed) -> None:
    """Puts an article back with its earlier texts, what was corrected in it, and the day it was first seen.

    It takes the place of what was added from its source meanwhile. Its passages wait to be indexed.
    """
    writing.remove(batch, removed.article)
    for table, rows in removed.rows.items():
        for row in rows:
            _insert(batch, table, row)
    batch.execute(
        "UPDATE passages SET in_lexical = 0, in_vectors = 0, in_refined = 0 WHERE article_id = ?",
        (removed.article,),
    )
    back = [(row["id"],) for row in removed.rows["passages"]]
    batch.executemany("DELETE FROM removals WHERE passage_id = ?", back)


def _insert(batch: sqlite3.Connection, table: str, row: _Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    # Another article may have come of an input meanwhile, and keeps it.
    batch.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
