"""The catalogue's tables, and the conversion of values to rows and back."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime
from typing import Any, Literal

from qa.core.types import Article, Day, Filters, Passage, Speech, Stripped

Index = Literal["vectors", "lexical", "refined"]  # The columns `in_...` of passages.
INDEXES: tuple[Index, ...] = ("vectors", "lexical")  # Those that a passage must be in to be found.

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, source TEXT NOT NULL UNIQUE, content_hash TEXT NOT NULL,
    title TEXT NOT NULL, body TEXT NOT NULL, publisher TEXT, published TEXT,
    published_from TEXT NOT NULL, precision TEXT NOT NULL, inferred INTEGER NOT NULL,
    place TEXT, authors TEXT NOT NULL, language TEXT, url TEXT, section TEXT, collection TEXT,
    kind TEXT NOT NULL, issuer TEXT, story TEXT NOT NULL, copy_of TEXT,
    pages TEXT NOT NULL, speech TEXT NOT NULL, stripped TEXT NOT NULL, added_at TEXT NOT NULL,
    checksum TEXT, notice TEXT
);
CREATE INDEX IF NOT EXISTS articles_by_published ON articles (published);
CREATE INDEX IF NOT EXISTS articles_by_publisher ON articles (publisher);
CREATE INDEX IF NOT EXISTS articles_by_language ON articles (language);
CREATE INDEX IF NOT EXISTS articles_by_collection ON articles (collection) WHERE collection IS NOT NULL;
CREATE INDEX IF NOT EXISTS articles_listed ON articles (published DESC, id, title, publisher, language, kind);
CREATE INDEX IF NOT EXISTS articles_listed_by_title ON articles
    (title COLLATE NOCASE, id, publisher, published, language, kind);
CREATE INDEX IF NOT EXISTS articles_listed_by_publisher ON articles
    (publisher COLLATE NOCASE, published DESC, id, title, language, kind);
CREATE INDEX IF NOT EXISTS articles_by_story ON articles (story);
CREATE INDEX IF NOT EXISTS articles_by_content ON articles (content_hash);
CREATE TABLE IF NOT EXISTS versions (
    article_id TEXT NOT NULL, replaced_at TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, published TEXT
);
CREATE INDEX IF NOT EXISTS versions_by_article ON versions (article_id);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL,
    in_vectors INTEGER NOT NULL DEFAULT 0, in_lexical INTEGER NOT NULL DEFAULT 0,
    in_refined INTEGER NOT NULL DEFAULT 0, vectors_checksum REAL, refined_checksum REAL
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id, position);
CREATE INDEX IF NOT EXISTS passages_without_vectors ON passages (id) WHERE in_vectors = 0;
CREATE INDEX IF NOT EXISTS passages_without_lexical ON passages (id) WHERE in_lexical = 0;
CREATE INDEX IF NOT EXISTS passages_refined ON passages (id) WHERE in_refined = 1;
CREATE TABLE IF NOT EXISTS days (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, date TEXT NOT NULL, until TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS days_by_article ON days (article_id);
CREATE INDEX IF NOT EXISTS days_by_date ON days (date, until);
CREATE INDEX IF NOT EXISTS days_told ON days (date, until, article_id, start)
    WHERE julianday(until) - julianday(date) <= 31;
CREATE TABLE IF NOT EXISTS inputs (
    source TEXT PRIMARY KEY, digest TEXT NOT NULL, content TEXT NOT NULL, article_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inputs_by_content ON inputs (content);
CREATE INDEX IF NOT EXISTS inputs_by_article ON inputs (article_id);
CREATE TABLE IF NOT EXISTS numbers (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS bands (
    hash INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (hash, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS visits (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, visited_at TEXT NOT NULL, seen TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS removals (
    passage_id TEXT NOT NULL, "index" TEXT NOT NULL, PRIMARY KEY (passage_id, "index")
);
"""


def header(article: Article) -> tuple[object, ...]:
    """The fields of an article that the indexes hold beside its passages' text."""
    return (
        article.title,
        article.publisher,
        article.published,
        article.language,
        article.section,
        article.collection,
        article.kind,
    )


def conditions(filters: Filters, of: str = "") -> tuple[str, list[str]]:
    """The filters as a WHERE clause over articles, and its values; `of` stands before each column."""
    parts: list[str] = []
    values: list[str] = []
    if filters.since is not None:
        parts.append(f"{of}published >= ?")
        values.append(filters.since.isoformat())
    if filters.until is not None:
        parts.append(f"{of}published <= ?")
        values.append(filters.until.isoformat())
    for field, wanted in filters.listed().items():
        column = "id" if field == "article" else f"{field} COLLATE NOCASE"
        parts.append(f"{of}{column} IN ({','.join('?' * len(wanted))})")
        values.extend(wanted)
    return ("WHERE " + " AND ".join(parts) if parts else ""), values


def article_row(article: Article, digest: str) -> dict[str, Any]:
    return {
        "id": article.id,
        "source": article.source,
        "content_hash": digest,
        "title": article.title,
        "body": article.body,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "precision": article.precision,
        "inferred": int(article.inferred),
        "place": article.place,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "language": article.language,
        "url": article.url,
        "section": article.section,
        "collection": article.collection,
        "kind": article.kind,
        "issuer": article.issuer,
        "story": article.story or article.id,
        "copy_of": article.copy_of,
        "pages": json.dumps(article.pages),
        "speech": json.dumps([[s.start, s.end, s.speaker, s.role] for s in article.speech]),
        "stripped": json.dumps([[s.text, s.reason, s.action] for s in article.stripped]),
        "added_at": now(),
        "notice": article.notice,
    }


def article_of(row: sqlite3.Row, days: tuple[Day, ...]) -> Article:
    return Article(
        id=row["id"],
        title=row["title"],
        body=row["body"],
        source=row["source"],
        publisher=row["publisher"],
        published=date_of(row["published"]),
        published_from=row["published_from"],
        precision=row["precision"],
        inferred=bool(row["inferred"]),
        place=row["place"],
        authors=tuple(json.loads(row["authors"])),
        language=row["language"],
        url=row["url"],
        section=row["section"],
        collection=row["collection"],
        kind=row["kind"],
        issuer=row["issuer"],
        story=row["story"],
        copy_of=row["copy_of"],
        pages=tuple(json.loads(row["pages"])),
        days=days,
        speech=tuple(Speech(*each) for each in json.loads(row["speech"])),
        stripped=tuple(Stripped(*each) for each in json.loads(row["stripped"])),
        notice=row["notice"],
    )


def passage_of(row: sqlite3.Row) -> Passage:
    return Passage(
        row["id"],
        row["article_id"],
        row["position"],
        row["paragraph"],
        row["start"],
        row["end"],
        row["text"],
    )


def day_of(row: sqlite3.Row) -> Day:
    return Day(
        row["text"],
        row["start"],
        row["end"],
        date.fromisoformat(row["date"]),
        date.fromisoformat(row["until"]),
    )


def date_of(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
