"""Which passages each index has, lacks, and still has to forget.

The catalogue notes for each passage whether each index has it. Removed passages wait in `removals` until each
index has forgotten them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.core.types import Filters, Passage
from qa.store.catalogue import Catalogue
from qa.store.schema import Index, conditions, passage_of


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of passages that the index lacks, has without need, or has differently."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class IndexState:
    """The catalogue's book-keeping for one index. Safe to share between threads and processes."""

    def __init__(self, catalogue: Catalogue, index: Index) -> None:
        self._catalogue = catalogue
        self._index = index

    def waiting(self, limit: int = 2_000) -> tuple[Passage, ...]:
        """Passages that the index does not have yet."""
        rows = self._catalogue.read(
            f"SELECT * FROM passages WHERE in_{self._index} = 0 ORDER BY rowid LIMIT ?", (limit,)
        )
        return tuple(passage_of(row) for row in rows)

    def removals(self, limit: int = 2_000) -> tuple[str, ...]:
        """Ids of removed passages that the index still has to forget."""
        rows = self._catalogue.read(
            'SELECT passage_id FROM removals WHERE "index" = ? LIMIT ?', (self._index, limit)
        )
        return tuple(row["passage_id"] for row in rows)

    def admitted(self, filters: Filters, limit: int) -> list[str]:
        """Ids of passages that pass the filters and that the index has, at most so many."""
        where, values = conditions(filters, of="a.")
        rows = self._catalogue.read(
            f"SELECT p.id FROM articles a JOIN passages p ON p.article_id = a.id {where or 'WHERE true'} "
            f"AND p.in_{self._index} = 1 LIMIT ?",
            (*values, limit),
        )
        return [row["id"] for row in rows]

    def having(self, passages: Iterable[str]) -> list[str]:
        """Those of some passages (by id) that the index has."""
        sql = f"SELECT id FROM passages WHERE in_{self._index} = 1 AND id IN ({{}})"
        return [row["id"] for row in self._catalogue.read_in(sql, list(passages))]

    def checksums(self) -> dict[str, float | None]:
        """All passages (by id) that the index has, with their vectors' checksums where these are kept."""
        column = "NULL" if self._index == "lexical" else f"{self._index}_checksum"
        rows = self._catalogue.read(f"SELECT id, {column} AS sum FROM passages WHERE in_{self._index} = 1")
        return {row["id"]: row["sum"] for row in rows}

    def unknown(self, passages: Iterable[str]) -> list[str]:
        """Those of some ids that belong to no passage and are not about to be forgotten."""
        wanted = list(passages)
        known = {
            row["id"] for row in self._catalogue.read_in("SELECT id FROM passages WHERE id IN ({})", wanted)
        }
        return sorted(set(wanted) - known - set(self.removals(-1)))

    def count(self) -> int:
        """How many passages the index has."""
        return self._catalogue.count_of(f"passages WHERE in_{self._index} = 1")

    def mark_indexed(self, passages: Iterable[str] | Mapping[str, float], *, announce: bool = True) -> None:
        """Records that the index now has these passages (by id); for vectors, with their checksums.

        Args:
            announce: raise the generation; false if readers need not see it at once.
        """
        sums: Mapping[str, float | None]
        sums = passages if isinstance(passages, Mapping) else dict.fromkeys(passages)
        kept = "" if self._index == "lexical" else f", {self._index}_checksum = :sum"
        with self._catalogue.batch(announce=announce) as batch:
            batch.executemany(
                f"UPDATE passages SET in_{self._index} = 1{kept} WHERE id = :id",
                [{"id": id_, "sum": sum_} for id_, sum_ in sums.items()],
            )

    def mark_missing(self, passages: Sequence[str]) -> None:
        """Records that the index lacks these passages (by id)."""
        with self._catalogue.batch() as batch:
            batch.executemany(
                f"UPDATE passages SET in_{self._index} = 0 WHERE id = ?", [(id_,) for id_ in passages]
            )

    def owe_removal(self, passages: Sequence[str]) -> None:
        """Records that the index must forget passages (by id)."""
        with self._catalogue.batch() as batch:
            batch.executemany(
                "INSERT OR IGNORE INTO removals VALUES (?, ?)", [(id_, self._index) for id_ in passages]
            )

    def mark_removed(self, passages: Sequence[str]) -> None:
        """Records that the index has forgotten these passages (by id)."""
        with self._catalogue.batch() as batch:
            batch.executemany(
                'DELETE FROM removals WHERE passage_id = ? AND "index" = ?',
                [(id_, self._index) for id_ in passages],
            )

    def forget_all(self) -> None:
        """Marks every passage as missing from the index, so that it is built anew."""
        with self._catalogue.batch() as batch:
            batch.execute(f"UPDATE passages SET in_{self._index} = 0")
            batch.execute('DELETE FROM removals WHERE "index" = ?', (self._index,))
