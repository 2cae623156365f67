from __future__ import annotations

import datetime as dt

import pytest

from qa.core.settings import Settings
from qa.core.types import Filters
from qa.models.embedder import StaticEmbedder
from qa.store.library import Library
from qa.store.vectors import Vectors
from tests.qa.conftest import Store


def test_meaning_finds_its_passage(vectors: Vectors, store: Store) -> None:
    passages = [store("meeting"), store("port"), store("railway")]
    assert vectors.sync() == 3
    best, cosine = vectors.search("How fast will trains go?", 3)[0]
    assert best == passages[2].id
    assert 0 < cosine <= 1


def test_sync_reports_removes_and_stops(vectors: Vectors, library: Library, store: Store) -> None:
    seen: list[tuple[int, int]] = []
    passage = store("port")
    assert vectors.sync(stop=lambda: True) == 0
    assert vectors.sync(lambda done, total: seen.append((done, total))) == 1
    assert seen == [(1, 1)]
    library.remove(passage.article_id)
    vectors.sync()
    assert vectors.search("dredging", 5) == []


def test_filters_hold(vectors: Vectors, store: Store) -> None:
    first = store("port", publisher="Dawn", published=dt.date(2024, 1, 1))
    store("railway", published=None)
    vectors.sync()
    assert len(vectors.search("x", 5)) == 2
    for filters in (
        Filters(publishers=("DAWN",)),
        Filters(until=dt.date(2024, 12, 31)),
        Filters(articles=(first.article_id,)),
        Filters(since=dt.date(2024, 1, 1), languages=("en",)),
    ):
        assert [id_ for id_, _ in vectors.search("x", 5, filters)] == [first.id]


def test_another_embedder_starts_the_index_anew(
    vectors: Vectors, library: Library, embedder: StaticEmbedder, settings: Settings, store: Store
) -> None:
    store("port")
    vectors.sync()
    other = StaticEmbedder.__new__(StaticEmbedder)
    other.__dict__ |= embedder.__dict__ | {"name": "other"}
    assert Vectors(library, other, settings).sync() == 1


@pytest.mark.parametrize("k", [1, 50])
def test_k_may_exceed_what_is_there(vectors: Vectors, store: Store, k: int) -> None:
    store("port")
    vectors.sync()
    assert len(vectors.search("port", k)) == 1


def test_a_narrow_filter_is_searched_among_what_passes_it(vectors: Vectors, store: Store) -> None:
    for number in range(30):
        store(f"near {number}", text=f"The railway will carry faster trains, plan {number}.", publisher="APP")
    far = store("far", text="Dredging of the port.", publisher="Dawn")
    vectors.sync()
    found = vectors.search("faster trains on the railway", 4, Filters(publishers=("dawn",)))
    assert [id_ for id_, _ in found] == [far.id]


def test_a_corrected_header_leaves_the_vectors_as_they_are(
    vectors: Vectors, library: Library, store: Store
) -> None:
    store("port", publisher="Dawn")
    vectors.sync()
    passage = store("port", publisher="APP")
    assert library.stats().waiting_vectors == 0
    assert library.stats().waiting_lexical == 1
    assert [id_ for id_, _ in vectors.search("x", 5, Filters(publishers=("APP",)))] == [passage.id]
