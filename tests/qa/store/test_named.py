"""The names of a library's articles are read once, kept, and follow what is added, changed and removed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.core.settings import Settings
from qa.core.sqlite import connected
from qa.core.types import Article
from qa.models.recogniser import load_recogniser
from qa.store import named
from qa.store.library import Library, article_id

HERE = Settings()


@pytest.fixture(scope="module", autouse=True)
def model() -> None:
    if load_recogniser(HERE) is None:
        pytest.skip("the model can't be had")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", create=True)


def put(library: Library, source: str, body: str, language: str = "en", place: str | None = None) -> str:
    id_ = article_id(source)
    article = Article(
        id_, source, body, source, "Pakistan Today", date(2024, 1, 21), language=language, place=place
    )
    library.put(article, [])
    return id_


def test_names_are_counted_by_the_articles_that_have_them(library: Library) -> None:
    first = put(library, "1", "Angela Merkel spoke in Beijing. Angela Merkel left Beijing.")
    second = put(library, "2", "Angela Merkel came to Beijing. Pakistan Today said so.")
    put(library, "3", "Barack Obama was in Paris. Pakistan Today said so.")
    named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {"Angela Merkel": 2}  # One article names Barack Obama.
    assert named.main(library, "place", 9) == {"Beijing": 2}
    assert named.main(library, "organisation", 9) == {}  # Publishers are told elsewhere.
    assert named.named_in(library, [second])["person"] == {second: ["Angela Merkel"]}
    assert named.named_in(library, [first, second])["place"] == {first: ["Beijing"], second: ["Beijing"]}
    assert named.mentioned(library, first) == ["Angela Merkel", "Beijing"]
    assert named.mentioned(library, second) == []


def test_where_an_article_was_written_is_a_place(library: Library) -> None:
    for source in "12":
        put(library, source, "The port of Gwadar grows.", place="GWADAR")
    named.catch_up(library, HERE)
    assert named.main(library, "place", 9) == {"Gwadar": 2}


def test_what_changes_is_read_again_and_what_is_removed_is_forgotten(library: Library) -> None:
    put(library, "1", "Angela Merkel spoke.")
    put(library, "2", "Angela Merkel spoke again.")
    named.catch_up(library, HERE)
    put(library, "2", "Barack Obama spoke.")
    third = put(library, "3", "Barack Obama listened.")
    named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {"Barack Obama": 2}
    library.remove(third)
    named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {}


def test_nothing_is_read_twice(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "1", "Angela Merkel spoke.")
    put(library, "2", "Angela Merkel spoke again.")
    named.catch_up(library, HERE)
    monkeypatch.setattr(named, "load_recogniser", None)  # Calling it would fail.
    named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {"Angela Merkel": 2}


def test_names_that_another_version_kept_are_read_anew(library: Library) -> None:
    ids = [put(library, source, "Angela Merkel spoke.") for source in "12"]
    with connected(library.folder / "named.sqlite3", named._SCHEMA) as connection:
        rows = library.read("SELECT id, checksum FROM articles").fetchall()
        connection.executemany("INSERT INTO read VALUES (?, ?)", [tuple(row) for row in rows])
        connection.execute("INSERT INTO mentions VALUES (?, 'Merkel', 'place', 1)", (ids[0],))
        connection.execute("PRAGMA user_version = 99")
    named.catch_up(library, HERE)
    assert named.named_in(library, ids)["person"] == {id_: ["Angela Merkel"] for id_ in ids}
    assert named.main(library, "place", 9) == {}


def test_other_languages_are_not_read_for_names(library: Library) -> None:
    for source in "12":
        put(library, source, "Angela Merkel sprach in Paris.", "de")
    named.catch_up(library, HERE)
    assert all(named.main(library, each, 9) == {} for each in named.KINDS)


def test_without_the_model_nothing_is_named_and_nothing_counts_as_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in "12":
        put(library, source, "Angela Merkel spoke.")
    with monkeypatch.context() as patch:
        patch.setattr(named, "load_recogniser", lambda settings: None)
        named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {}
    named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {"Angela Merkel": 2}


def test_names_that_cannot_be_read_fail_no_page_and_are_read_again(library: Library) -> None:
    id_ = put(library, "1", "Angela Merkel spoke. Angela Merkel left.")
    put(library, "2", "Angela Merkel spoke.")
    (library.folder / "named.sqlite3").write_bytes(b"no database" * 1_000)
    assert named.main(library, "person", 9) == {}
    assert named.named_in(library, [id_]) == {each: {} for each in named.KINDS}
    assert named.mentioned(library, id_) == []
    named.catch_up(library, HERE)
    assert named.main(library, "person", 9) == {"Angela Merkel": 2}


def test_of_as_many_readings_a_place_is_more_than_none(library: Library) -> None:
    for source in "12":
        put(library, source, "")
    articles = [id_ for (id_,) in library.read("SELECT id FROM articles").fetchall()]
    with connected(library.folder / "named.sqlite3", named._SCHEMA) as opened:
        opened.execute("INSERT INTO mentions VALUES (?, 'Peshawar', 'place', 1)", (articles[0],))
        opened.execute("INSERT INTO mentions VALUES (?, 'Peshawar', '', 1)", (articles[1],))
        opened.execute("INSERT INTO mentions VALUES (?, 'Quetta', 'place', 1)", (articles[0],))
        opened.execute("INSERT INTO mentions VALUES (?, 'Quetta', '', 2)", (articles[1],))
    named._decide(library, [])
    assert named.main(library, "place", 9) == {"Peshawar": 2}
