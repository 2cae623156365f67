"""The catalogue's layout: older ones are brought forward with a copy kept, newer and too old ones refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from qa.core.errors import DatelineError, LibraryEmptyError
from qa.store.library import Library
from qa.store.migrations import VERSION, checksum
from tests.qa.conftest import Store


def alter(library: Library, *statements: str) -> None:
    with sqlite3.connect(library.path) as connection:
        for statement in statements:
            connection.execute(statement)


def layout(library: Library) -> int:
    with sqlite3.connect(library.path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def older(library: Library) -> None:
    """Makes it one of before there were versions, checksums and refined vectors."""
    alter(
        library,
        "DROP INDEX passages_refined",
        *(
            f"ALTER TABLE {table} DROP COLUMN {column}"
            for table, column in (
                ("passages", "in_refined"),
                ("passages", "vectors_checksum"),
                ("passages", "refined_checksum"),
                ("articles", "checksum"),
            )
        ),
        "PRAGMA user_version = 0",
    )


def test_an_older_layout_is_brought_forward_and_a_copy_of_it_kept(library: Library, store: Store) -> None:
    passage = store("port")
    older(library)
    new = Library(library.folder)
    assert layout(new) == VERSION
    assert new.stats().waiting_refined == 1
    assert new.passages_by_id([passage.id]) == {passage.id: passage}
    with sqlite3.connect(library.path) as connection:
        ((title, body, sum_),) = connection.execute("SELECT title, body, checksum FROM articles").fetchall()
    assert sum_ == checksum(title.encode(), body.encode())
    with sqlite3.connect(library.folder / "catalogue-layout-0.sqlite3") as copy:
        assert copy.execute("SELECT count(*) FROM passages").fetchone() == (1,)


def test_a_newer_layout_is_refused_in_a_sentence(library: Library) -> None:
    alter(library, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(DatelineError, match="newer Dateline"):
        Library(library.folder)


def test_a_layout_that_lacks_what_can_t_be_made_up_is_refused_untouched(
    library: Library, store: Store
) -> None:
    store("port")
    alter(library, "ALTER TABLE articles DROP COLUMN precision", "PRAGMA user_version = 0")
    before = library.path.read_bytes()
    with pytest.raises(DatelineError, match="too old"):
        Library(library.folder)
    assert library.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", None])
def test_a_catalogue_that_was_killed_before_it_had_tables_is_an_empty_one(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "catalogue.sqlite3"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    else:
        path.write_bytes(content)
    with pytest.raises(LibraryEmptyError):
        Library(tmp_path)
    assert Library(tmp_path, create=True).stats().articles == 0


def test_a_file_that_is_no_catalogue_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite3").write_bytes(b"no database at all" * 1000)
    with pytest.raises(DatelineError, match="can't be opened"):
        Library(tmp_path)
