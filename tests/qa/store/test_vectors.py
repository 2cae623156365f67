from __future__ import annotations

import datetime as dt
import sqlite3

import httpx
import pytest
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma

from qa.core.settings import Settings
from qa.core.types import Filters
from qa.models.embedder import StaticEmbedder
from qa.store.chroma import Chroma as ChromaStore
from qa.store.index_state import IndexState
from qa.store.library import Library
from qa.store.migrations import WITHOUT_TEXT
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


def test_a_corrected_header_counts_at_once_and_goes_beside_the_vectors_with_the_next_sync(
    vectors: Vectors, library: Library, store: Store
) -> None:
    store("port", publisher="Dawn")
    vectors.sync()
    passage = store("port", publisher="APP")
    assert library.stats().waiting_vectors == 1
    assert library.stats().waiting_lexical == 1
    assert [id_ for id_, _ in vectors.search("x", 5, Filters(publishers=("APP",)))] == [passage.id]


def opened(library: Library, embedder: StaticEmbedder, settings: Settings) -> Chroma:
    """The library's vectors as any LangChain user opens a Chroma store."""
    name, quiet = library.meta("chroma_collection") or "", ChromaSettings(anonymized_telemetry=False)
    if settings.chroma_url:
        server = httpx.URL(settings.chroma_url)
        return Chroma(
            name, embedding_function=embedder, host=server.host, port=server.port, client_settings=quiet
        )
    folder = str(library.indexes / "chroma")
    quiet.is_persistent = True
    return Chroma(name, embedding_function=embedder, persist_directory=folder, client_settings=quiet)


def test_langchains_own_chroma_finds_the_passages_and_filters_by_their_fields(
    vectors: Vectors, library: Library, embedder: StaticEmbedder, settings: Settings, store: Store
) -> None:
    port = store("port", publisher="Dawn", published=dt.date(2024, 1, 21))
    store("railway", publisher="The Nation", published=dt.date(2023, 5, 2))
    store("meeting", publisher=None, published=None, language=None)
    vectors.sync()
    chroma = opened(library, embedder, settings)
    (found,) = chroma.similarity_search("dredging the channel", 1)
    assert (found.id, found.page_content) == (port.id, port.text)
    assert found.metadata == {
        "article_id": port.article_id,
        "publisher": "Dawn",
        "day": 20240121,
        "language": "en",
    }
    later = chroma.similarity_search("trains", 5, filter={"day": {"$gte": 20240101}})
    assert [each.id for each in later] == [port.id]


def test_fields_follow_their_article(
    vectors: Vectors, library: Library, embedder: StaticEmbedder, settings: Settings, store: Store
) -> None:
    passage = store("port", publisher="Dawn")
    vectors.sync()
    store("port", publisher="The Nation")
    assert vectors.sync() == 1
    (found,) = opened(library, embedder, settings).similarity_search("dredging", 5)
    assert (found.id, found.metadata["publisher"]) == (passage.id, "The Nation")


def test_text_is_put_beside_the_vectors_of_an_older_layout(
    vectors: Vectors, library: Library, embedder: StaticEmbedder, settings: Settings, store: Store
) -> None:
    """Nothing is embedded anew, and what is there can be found meanwhile."""
    passage = store("port")
    library.set_meta("embedder", embedder.name)
    with ChromaStore(library, "vectors", settings).writing() as collection:
        collection.upsert(ids=[passage.id], embeddings=embedder.embed([passage.text]))
    IndexState(library, "vectors").mark_indexed([passage.id])
    with sqlite3.connect(library.path) as connection:
        connection.execute("PRAGMA user_version = 2")
    older = Library(library.folder)
    assert IndexState(older, "vectors").waiting() == ()
    assert Vectors(older, embedder, settings).sync() == 0
    (found,) = opened(older, embedder, settings).similarity_search("dredging", 5)
    assert found.page_content == passage.text
    assert older.meta(WITHOUT_TEXT) == ""


def test_vectors_may_stand_alone_and_get_their_text_when_that_is_wanted_again(
    library: Library, embedder: StaticEmbedder, settings: Settings, store: Store
) -> None:
    passage = store("port")
    alone = settings.model_copy(update={"chroma_text": False})
    assert Vectors(library, embedder, alone).sync() == 1
    with ChromaStore(library, "vectors", settings).writing() as collection:
        assert collection.get()["documents"] == [None]
    assert Vectors(library, embedder, settings).sync() == 0
    (found,) = opened(library, embedder, settings).similarity_search("dredging", 5)
    assert found.page_content == passage.text
