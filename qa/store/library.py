"""The library: articles and passages in SQLite. Both indexes are derived from it.

One transaction writes an article and its passages (`qa.store.writing`), and notes what each index now lacks
(`qa.store.index_state`). So an ingest may be killed at any moment: the library knows what is missing, and
`repair` or the next ingest finishes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from qa.core.types import Article, Day, Filters, Passage
from qa.store import removal, writing
from qa.store.catalogue import Catalogue
from qa.store.schema import article_of, conditions, date_of, day_of, now, passage_of


@dataclass(frozen=True, slots=True)
class Stats:
    """What a library holds: counts, its first and last day, and how many passages each index lacks.

    A passage that is not refined yet can be found already.
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


class Header(NamedTuple):
    """The fields that are shown above an article's text."""

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


class Library(Catalogue):
    """The articles and passages of one library folder. Safe to share between threads and processes."""

    def put(self, article: Article, passages: Sequence[Passage]) -> writing.Outcome:
        """Stores an article and its passages in a transaction of their own: see `qa.store.writing.put`."""
        with self.batch() as batch:
            return writing.put(batch, article, passages)

    def remove(self, article: str) -> bool:
        """Removes an article and all that belongs to it. Returns whether it was there."""
        with self.batch() as batch:
            return writing.remove(batch, article)

    def take_out(self, article: str) -> removal.Removed | None:
        """Removes an article as `remove` does. Returns what can be put back, None if it was not there."""
        with self.batch() as batch:
            return removal.take_out(batch, article)

    def put_back(self, removed: removal.Removed) -> None:
        """Puts an article back as it was; a text of its that was added meanwhile is its newer one."""
        with self.batch() as batch:
            newer, passages = self.article(removed.article), self.passages_of(removed.article)
            removal.put_back(batch, removed)
            if newer is not None and newer.body != removed.body:
                writing.put(batch, newer, passages)

    def set_visit(self, url: str, etag: str | None, modified: str | None, seen: Sequence[str]) -> None:
        """Records a visit to a feed: its version, and the keys of the entries that were in it."""
        with self.batch() as batch:
            batch.execute(
                "INSERT OR REPLACE INTO visits (url, etag, modified, visited_at, seen) "
                "VALUES (?, ?, ?, ?, ?)",
                (url, etag, modified, now(), json.dumps(list(seen))),
            )

    def article(self, id_: str) -> Article | None:
        """One article by its id, with the days it mentions."""
        return self.articles_by_id([id_]).get(id_)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by their ids; ids that are not there are left out."""
        days: dict[str, list[Day]] = {}
        wanted = list(dict.fromkeys(ids))
        for row in self.read_in("SELECT * FROM days WHERE article_id IN ({}) ORDER BY start", wanted):
            days.setdefault(row["article_id"], []).append(day_of(row))
        rows = self.read_in("SELECT * FROM articles WHERE id IN ({})", wanted)
        return {row["id"]: article_of(row, tuple(days.get(row["id"], ()))) for row in rows}

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by their ids; ids that are not there are left out."""
        rows = self.read_in("SELECT * FROM passages WHERE id IN ({})", list(dict.fromkeys(ids)))
        return {row["id"]: passage_of(row) for row in rows}

    def headers(self, articles: Iterable[str]) -> dict[str, Header]:
        """The headers of articles; their bodies are not read."""
        sql = "SELECT id, title, publisher, published, language FROM articles WHERE id IN ({})"
        return {
            row["id"]: Header(row["title"], row["publisher"], date_of(row["published"]), row["language"])
            for row in self.read_in(sql, list(set(articles)))
        }

    def admitted(self, passages: Iterable[str], filters: Filters) -> set[str]:
        """Those of some passages (by id) that pass the filters."""
        where, values = conditions(filters, of="a.")
        sql = (
            f"SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id {where or 'WHERE true'} "
            "AND p.id IN ({})"
        )
        return {row["id"] for row in self.read_in(sql, list(passages), values)}

    def times(self, passages: Iterable[str]) -> dict[str, tuple[date | None, tuple[Day, ...]]]:
        """By passage id: when its article was published, and the days that the passage mentions."""
        wanted = list(dict.fromkeys(passages))
        days: dict[str, list[Day]] = {}
        mentioned = (
            "SELECT p.id, d.* FROM passages p JOIN days d ON d.article_id = p.article_id "
            'AND d.start >= p.start AND d.start < p."end" WHERE p.id IN ({}) ORDER BY d.start'
        )
        for row in self.read_in(mentioned, wanted):
            days.setdefault(row["id"], []).append(day_of(row))
        dated = (
            "SELECT p.id, a.published FROM passages p "
            "JOIN articles a ON a.id = p.article_id WHERE p.id IN ({})"
        )
        return {
            row["id"]: (date_of(row["published"]), tuple(days.get(row["id"], ())))
            for row in self.read_in(dated, wanted)
        }

    def passages_of(self, article: str) -> tuple[Passage, ...]:
        """All passages of an article, in reading order."""
        rows = self.read("SELECT * FROM passages WHERE article_id = ? ORDER BY position", (article,))
        return tuple(passage_of(row) for row in rows)

    def articles(
        self, filters: Filters = Filters(), *, limit: int = 100, offset: int = 0
    ) -> tuple[Article, ...]:
        """Articles that pass the filters, the newest first, without the days they mention."""
        where, values = conditions(filters)
        rows = self.read(
            f"SELECT * FROM articles {where} ORDER BY published IS NULL, published DESC, id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return tuple(article_of(row, ()) for row in rows)

    def count(self, filters: Filters = Filters()) -> int:
        """How many articles pass the filters."""
        where, values = conditions(filters)
        return int(self.read(f"SELECT count(*) FROM articles {where}", values).fetchone()[0])

    def publishers(self) -> dict[str, int]:
        """Publishers and how many articles each has, the most first."""
        rows = self.read(
            "SELECT publisher, count(*) AS n FROM articles WHERE publisher IS NOT NULL "
            "GROUP BY publisher ORDER BY n DESC, publisher"
        )
        return {row["publisher"]: row["n"] for row in rows}

    def inputs(self, sources: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The digest and the article's id of each input that is known, by its source."""
        rows = self.read_in("SELECT * FROM inputs WHERE source IN ({})", sources)
        return {row["source"]: (row["digest"], row["article_id"]) for row in rows}

    def input_with_content(self, content: str) -> str | None:
        """The id of an article with this digest of its words; None if there is none."""
        row = self.read("SELECT article_id FROM inputs WHERE content = ? LIMIT 1", (content,)).fetchone()
        return None if row is None else str(row["article_id"])

    def visit(self, url: str) -> tuple[str | None, str | None, tuple[str, ...]] | None:
        """The ETag, Last-Modified and entries of the last visit to a feed, None if there was none."""
        row = self.read("SELECT * FROM visits WHERE url = ?", (url,)).fetchone()
        return None if row is None else (row["etag"], row["modified"], tuple(json.loads(row["seen"])))

    def sharing_bands(self, bands: Sequence[int], limit: int) -> list[str]:
        """Ids of the articles that share MinHash bands with a text, most bands first."""
        marks = ",".join("?" * len(bands))
        rows = self.read(
            f"SELECT article_id FROM (SELECT number, count(*) AS shared FROM bands WHERE hash IN ({marks}) "
            "GROUP BY number ORDER BY shared DESC LIMIT ?) JOIN numbers USING (number) "
            "ORDER BY shared DESC, number",
            (*bands, limit),
        )
        return [row["article_id"] for row in rows]

    def batches_of_ids(self, size: int) -> Iterator[list[str]]:
        """The ids of all articles, in batches; writes meanwhile do no harm."""
        last = ""
        while True:
            rows = self.read(
                "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, size)
            ).fetchall()
            if not rows:
                return
            last = rows[-1]["id"]
            yield [row["id"] for row in rows]

    def matching(self, wanted: str, limit: int = 20) -> tuple[str, ...]:
        """Ids of the articles with this id, source or address, or with an id that begins so."""
        rows = self.read(
            "SELECT id FROM articles WHERE id = ?1 OR source = ?1 OR url = ?1 LIMIT ?2", (wanted, limit)
        ).fetchall()
        if not rows and len(wanted) >= 4 and wanted.isalnum():
            rows = self.read(
                "SELECT id FROM articles WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT ?2", (wanted, limit)
            ).fetchall()
        return tuple(row["id"] for row in rows)

    def story(self, story: str) -> tuple[Article, ...]:
        """All versions of a story, the oldest first, without the days they mention."""
        rows = self.read(
            "SELECT * FROM articles WHERE story = ? ORDER BY published IS NULL, published, rowid",
            (story,),
        )
        return tuple(article_of(row, ()) for row in rows)

    def count_stories(self) -> int:
        """How many stories the articles tell."""
        return int(self.read("SELECT count(DISTINCT story) FROM articles").fetchone()[0])

    def versions(self, article: str) -> tuple[Version, ...]:
        """The older texts of an article, the oldest first."""
        rows = self.read("SELECT * FROM versions WHERE article_id = ? ORDER BY rowid", (article,))
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

    def languages(self) -> tuple[str, ...]:
        """The languages that the articles are in."""
        rows = self.read("SELECT DISTINCT language FROM articles WHERE language IS NOT NULL ORDER BY 1")
        return tuple(row["language"] for row in rows)

    def stats(self) -> Stats:
        """Counts over the whole library."""
        row = self.read(
            "SELECT count(*) AS n, count(DISTINCT publisher) AS publishers, "
            "min(published) AS since, max(published) AS until FROM articles"
        ).fetchone()
        return Stats(
            articles=row["n"],
            passages=self.count_of("passages"),
            publishers=row["publishers"],
            since=date_of(row["since"]),
            until=date_of(row["until"]),
            languages=self.languages(),
            waiting_vectors=self.count_of("passages WHERE in_vectors = 0"),
            waiting_lexical=self.count_of("passages WHERE in_lexical = 0"),
            waiting_refined=self.count_of("passages") - self.count_of("passages WHERE in_refined = 1"),
        )
