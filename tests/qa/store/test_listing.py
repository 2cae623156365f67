"""The library's list: sorted, narrowed, paged and counted, whatever indexes a catalogue has."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from qa.core.types import Article
from qa.store import listing
from qa.store.library import Library
from qa.store.listing import Order, Wanted

ARTICLES = (
    ("a", "Beta", "Dawn", date(2024, 1, 2), "en", "s1"),
    ("b", "alpha 100%", "The Nation", date(2023, 5, 1), "ur", "s1"),
    ("c", "Gamma", None, None, "en", "s2"),
    ("d", "Delta", "Dawn", date(2024, 1, 1), None, "s3"),
)


@pytest.fixture(params=["new", "old"])
def library(request: pytest.FixtureRequest, library: Library) -> Library:
    for id_, title, publisher, published, language, story in ARTICLES:
        made = Article(id_, title, "", id_, publisher, published, language=language, story=story)
        library.put(made, [])
    if request.param == "old":  # made before there were indexes for lists
        with sqlite3.connect(library.path) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE name LIKE 'articles_listed%'"
            ).fetchall()
            for (name,) in names:
                connection.execute(f"DROP INDEX {name}")
            connection.execute("PRAGMA user_version = 0")
        library = Library(library.folder)
    return library


def ids(library: Library, wanted: Wanted = Wanted(), order: Order = "newest") -> str:
    return "".join(row.id for row in listing.rows(library, wanted, order, limit=10))


@pytest.mark.parametrize(
    ("order", "expected"), [("newest", "adbc"), ("oldest", "bdac"), ("title", "badc"), ("publisher", "adbc")]
)
def test_orders_with_the_unknown_last(library: Library, order: Order, expected: str) -> None:
    assert ids(library, order=order) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted("alpha"), "b"),
        (Wanted("nation 100%"), "b"),
        (Wanted("1_0"), ""),
        (Wanted(publishers=("Dawn",)), "ad"),
        (Wanted(languages=("en",)), "ac"),
        (Wanted(since=date(2024, 1, 1), until=date(2024, 1, 1)), "d"),
        (Wanted(story="s1"), "ab"),
        (Wanted("beta", publishers=("The Nation",)), ""),
    ],
)
def test_filters_narrow_rows_and_count_alike(library: Library, wanted: Wanted, expected: str) -> None:
    assert ids(library, wanted) == expected
    assert listing.count(library, wanted) == len(expected)


def test_pages_follow_each_other(library: Library) -> None:
    pages = [listing.rows(library, Wanted(), "newest", limit=2, offset=at) for at in (0, 2)]
    assert "".join(row.id for page in pages for row in page) == "adbc"


def test_counts(library: Library) -> None:
    assert listing.publishers(library) == {"Dawn": 2, "The Nation": 1}
    assert listing.languages(library) == {"en": 2, "ur": 1}
    assert listing.months(library) == {"2023-05": 1, "2024-01": 2}
    assert listing.months_of_publishers(library) == {("2023-05", "The Nation"): 1, ("2024-01", "Dawn"): 2}


def test_the_next_ingest_gives_an_older_catalogue_its_indexes(library: Library) -> None:
    Library(library.folder, create=True)
    with sqlite3.connect(library.path) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT id, title, publisher, published, language, kind FROM articles "
            "ORDER BY published DESC NULLS LAST, id LIMIT 25"
        ).fetchall()
    assert "COVERING INDEX articles_listed" in plan[0][3]
