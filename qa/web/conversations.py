"""Conversations, kept in SQLite beside the catalogue so that a reader finds them again.

A conversation is a name and a list of `Exchange`s, and belongs to one reader. Nothing here touches
the catalogue: a saved question must not raise the library's generation.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from qa.core.sqlite import connected
from qa.core.types import Citation, Claim, Digest, Disagreement, Kind, Provenance, Step, Turn

Outcome = Literal["answered", "not_in_library", "stopped", "failed"]
_NAME_CHARS = 60

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, changed_at TEXT NOT NULL, owner TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS exchanges (
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, text TEXT NOT NULL, exchange TEXT NOT NULL,
    PRIMARY KEY (conversation_id, position)
);
CREATE INDEX IF NOT EXISTS exchanges_judged ON exchanges (conversation_id, position)
    WHERE json_extract(exchange, '$.vote') IS NOT NULL;
"""
_JUDGED = "json_extract(exchange, '$.vote') IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the search laid before the model, and its best passage in it."""

    article_id: str
    title: str
    publisher: str | None
    published: date | None
    kind: Kind
    passage: str
    start: int
    end: int
    story: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it. `text` is what was written, whole or until it was stopped.

    `message` tells the reader why an exchange failed; `vote` is 1, 0 or None (not given), `remark` the
    reader's word on it; `followups` are questions that may come next, `draft` is what the model
    wrote before it was checked. The rest is an `Answer`'s.
    """

    question: str
    asked_at: datetime
    outcome: Outcome
    text: str = ""
    standalone: str = ""
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str | None = None
    message: str = ""
    model: str = ""
    total_ms: float = 0.0
    vote: int | None = None
    remark: str = ""
    brief: str = ""
    confidence: float | None = None
    basis: Provenance = Provenance()
    steps: tuple[Step, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    corrections: tuple[Claim, ...] = ()
    nearest: tuple[Citation, ...] = ()
    advice: tuple[str, ...] = ()
    followups: tuple[str, ...] = ()
    draft: str = ""
    withheld: str = ""
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the list shows it."""

    id: str
    name: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """An exchange that its reader judged, and its place."""

    conversation: str
    position: int
    exchange: Exchange


@cache
def _exchange() -> TypeAdapter[Exchange]:
    return TypeAdapter(Exchange)


def turns(exchanges: list[Exchange]) -> list[Turn]:
    """What was said so far, for a model that has to understand a follow-up question."""
    said: list[Turn] = []
    for exchange in exchanges:
        if exchange.outcome in ("answered", "not_in_library"):
            asked = exchange.standalone or exchange.question  # "The one before?" was asked of a meeting.
            said += [Turn("user", asked), Turn("assistant", exchange.text)]
    return said


class Conversations:
    """One reader's conversations in a library folder. Safe to share between threads and processes.

    Args:
        folder: the library's folder.
        owner: whose conversations; "" where nobody signs in. Those of others can't be seen or changed.
    """

    def __init__(self, folder: Path, owner: str = "") -> None:
        self.path = folder / "conversations.sqlite3"
        self.owner = owner

    def of(self, owner: str) -> Conversations:
        """The conversations of a reader."""
        return Conversations(self.path.parent, owner)

    def start(self, question: str) -> str:
        """Begins a conversation named after its first question and returns its id."""
        id_ = secrets.token_urlsafe(9)
        name = question if len(question) <= _NAME_CHARS else question[: _NAME_CHARS - 1].rstrip() + "…"
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO conversations (id, name, changed_at, owner) VALUES (?, ?, ?, ?)",
                (id_, name, _now(), self.owner),
            )
        return id_

    def save(self, conversation: str, position: int, exchange: Exchange) -> None:
        """Stores an exchange at its place (from 0), replacing what stood there.

        An answer that arrives after its conversation was deleted is dropped.
        """
        with self._connection() as connection:
            found = connection.execute(
                "UPDATE conversations SET changed_at = ? WHERE id = ? AND owner = ?",
                (_now(), conversation, self.owner),
            ).rowcount
            if found:
                connection.execute(
                    "INSERT OR REPLACE INTO exchanges VALUES (?, ?, ?, ?, ?)",
                    (
                        conversation,
                        position,
                        exchange.question,
                        exchange.text,
                        _exchange().dump_json(exchange).decode(),
                    ),
                )

    def exchanges(self, conversation: str) -> list[Exchange]:
        """The exchanges of a conversation in order; none if there is no such conversation."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT exchange FROM exchanges JOIN conversations ON id = conversation_id "
                "WHERE conversation_id = ? AND owner = ? ORDER BY position",
                (conversation, self.owner),
            ).fetchall()
        return [_exchange().validate_json(row["exchange"]) for row in rows]

    def get(self, conversation: str) -> Conversation | None:
        """A conversation by its id."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT * FROM conversations WHERE id = ? AND owner = ?", (conversation, self.owner)
            ).fetchone()
        return None if row is None else _conversation(row)

    def find(self, words: str = "", limit: int = 50) -> tuple[Conversation, ...]:
        """Conversations whose name, questions or answers hold the words, the latest first."""
        like = "%" + words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT * FROM conversations WHERE owner = :owner AND (name LIKE :like ESCAPE '\\' OR id IN ("
                "  SELECT conversation_id FROM exchanges"
                "  WHERE question LIKE :like ESCAPE '\\' OR text LIKE :like ESCAPE '\\'))"
                " ORDER BY changed_at DESC, rowid DESC LIMIT :limit",
                {"like": like, "limit": limit, "owner": self.owner},
            ).fetchall()
        return tuple(_conversation(row) for row in rows)

    def rename(self, conversation: str, name: str) -> None:
        """Gives a conversation another name."""
        with self._connection() as connection:
            connection.execute(
                "UPDATE conversations SET name = ? WHERE id = ? AND owner = ?",
                (name, conversation, self.owner),
            )

    def delete(self, conversation: str) -> None:
        """Deletes a conversation with all its exchanges."""
        with self._connection() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE id = ? AND owner = ?", (conversation, self.owner)
            )

    def judged(self, *, everyone: bool = False) -> list[Judged]:
        """The exchanges that the reader, or everyone, judged."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT conversation_id, position, exchange FROM exchanges "
                "JOIN conversations ON id = conversation_id "
                f"WHERE {_JUDGED} AND (owner = ? OR ?) ORDER BY changed_at DESC, conversation_id, position",
                (self.owner, everyone),
            ).fetchall()
        return [Judged(row[0], row[1], _exchange().validate_json(row[2])) for row in rows]

    def before(self, judged: Judged) -> list[Turn]:
        """What was said in a conversation before an exchange was judged."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT exchange FROM exchanges WHERE conversation_id = ? AND position < ? ORDER BY position",
                (judged.conversation, judged.position),
            ).fetchall()
        return turns([_exchange().validate_json(row["exchange"]) for row in rows])

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, _SCHEMA) as connection:
            _bring_up_to_date(connection)
            yield connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Conversations kept before there were owners are those of whoever doesn't sign in."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(conversations)")}
    if "owner" not in columns:
        connection.execute("ALTER TABLE conversations ADD COLUMN owner TEXT NOT NULL DEFAULT ''")


def _conversation(row: Any) -> Conversation:
    return Conversation(row["id"], row["name"], datetime.fromisoformat(row["changed_at"]))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
