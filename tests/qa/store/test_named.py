"""The names of a library's articles are read once, kept, and follow what is added, changed and removed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qa.core.types import Article
from qa.store import named
from qa.store.library import Library, article_id


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", create=True)


def put(library: Library, source: str, body: str, language: str = "en") -> str:
    id_ = article_id(source)
    library.put(Article(id_, source, body, source, "Murree Post", date(2024, 1, 21), language=language), [])
    return id_


def test_names_are_counted_by_the_articles_that_have_them(library: Library) -> None:
    first = put(library, "1", "Ambassador Sun Weidong spoke in Murree. Sun Weidong left.")
    second = put(library, "2", "Mr Sun Weidong came to Murree. The Murree Post wrote so.")
    put(library, "3", "Dr Anna Weber was in Gilgit.")
    named.catch_up(library)
    assert named.main(library, "person", 9) == {"Sun Weidong": 2}  # One article names Anna Weber.
    assert named.main(library, "place", 9) == {"Murree": 2}
    assert named.main(library, "organisation", 9) == {}  # Publishers are told elsewhere.
    assert named.named_in(library, [second])["person"] == {second: ["Sun Weidong"]}
    assert named.named_in(library, [first, second])["place"] == {first: ["Murree"], second: ["Murree"]}


def test_what_changes_is_read_again_and_what_is_removed_is_forgotten(library: Library) -> None:
    put(library, "1", "Ambassador Sun Weidong spoke.")
    put(library, "2", "Ambassador Sun Weidong spoke again.")
    named.catch_up(library)
    put(library, "2", "Ambassador Jiang Zaidong spoke.")
    third = put(library, "3", "Ambassador Jiang Zaidong listened.")
    named.catch_up(library)
    assert named.main(library, "person", 9) == {"Jiang Zaidong": 2}
    library.remove(third)
    named.catch_up(library)
    assert named.main(library, "person", 9) == {}


def test_nothing_is_read_twice(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "1", "Ambassador Sun Weidong spoke.")
    put(library, "2", "Ambassador Sun Weidong spoke again.")
    named.catch_up(library)
    monkeypatch.setattr(named, "signs", None)  # Calling it would fail.
    named.catch_up(library)
    assert named.main(library, "person", 9) == {"Sun Weidong": 2}


def test_other_languages_are_not_read_for_names(library: Library) -> None:
    for source in "12":
        put(library, source, "Botschafter Sun Weidong sprach in Murree.", "de")
    named.catch_up(library)
    assert all(named.main(library, each, 9) == {} for each in named.KINDS)
