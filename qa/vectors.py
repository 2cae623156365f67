"""The passages' vectors in Chroma, embedded in this process or served. Derived: can be rebuilt."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.embedder import Embedder, load_embedder
from qa.errors import DatelineError, UnavailableError
from qa.library import EMBEDDING_MODEL, Index, Library
from qa.settings import Settings
from qa.types import Filters, Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

# Passages at a time: Chroma takes 5,461 at most; fewer show progress and lose less to a kill.
_BATCHES = {"vectors": 2_000, "refined": 256}
# A reader opens a new client for what is new: after each batch of vectors, but only so often for
# refined ones, as their passages can be found meanwhile.
_ANNOUNCED_SECONDS = 60.0
EMBEDDERS = {"vectors": "embedder", "refined": "refiner"}  # The keys that the models' names are kept under.
# Chroma's own filter takes 50 to 340 ms of processor time at 88,000 passages, so the catalogue filters.
# A filter is first tried on this many times as many of the nearest (6 ms); where it leaves fewer than a
# part of those asked for, the search is among the passages that pass it (25 ms for 20,000).
_WIDER = 4
_ENOUGH = 1 / 4
_NARROW_PASSAGES = 20_000
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class Vectors:
    """The dense index. Safe to share between threads."""

    def __init__(
        self, library: Library, embedder: Embedder, settings: Settings, index: Index = "vectors"
    ) -> None:
        """Opens nothing yet.

        Args:
            library: the catalogue.
            embedder: what passages and questions are embedded with.
            settings: where Chroma is.
            index: "vectors", which all passages are in, or "refined", which a transformer fills.
        """
        self._library = library
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._url = settings.chroma_url
        self._place: tuple[Path, str] | None = None
        self._other: Embedder | None = None
        self._lock = threading.Lock()
        self._collection: Collection | None = None
        self._generation = -1

    def sync(self, progress: Progress | None = None, stop: Stop | None = None) -> int:
        """Brings the index up to the library. Returns how many passages were added.

        Args:
            progress: called with passages done and passages to do.
            stop: asked between batches; what is left waits for the next sync.
        """
        self._forget_other_embedder()
        self.forget()
        stats = self._library.stats()
        total = stats.waiting_vectors if self._index == "vectors" else stats.waiting_refined
        done, announced = 0, time.monotonic()
        while batch := self._library.waiting(self._index, _BATCHES[self._index]):
            if stop and stop():
                break
            self._add(batch)
            due = self._index == "vectors" or time.monotonic() - announced > _ANNOUNCED_SECONDS
            self._library.mark_indexed(self._index, [passage.id for passage in batch], announce=due)
            announced = time.monotonic() if due else announced
            done += len(batch)
            if progress:
                progress(done, max(total, done))
        if done:
            self._library.mark_indexed(self._index, ())
        return done

    def forget(self) -> None:
        """Takes out what went away from the library; the refined vectors too, which need no model for it."""
        if self._index == "vectors" and self._library.removals("refined", 1):
            Vectors(self._library, self._embedder, self._settings, "refined").forget()
        while gone := self._library.removals(self._index):
            self._open().delete(ids=list(gone))
            self._library.mark_removed(self._index, gone)

    def search(
        self, query: str | NDArray[np.float32], k: int, filters: Filters = Filters()
    ) -> list[tuple[str, float]]:
        """The nearest passages: their ids and cosines, best first.

        Raises:
            DatelineError: the library's vectors come from another model.
        """
        from chromadb.errors import InternalError

        vector = self._embedder_of_library().embed([query])[0] if isinstance(query, str) else query
        if not filters:
            return self._query(vector, k)
        nearest = self._query(vector, k * _WIDER)
        admitted = self._library.admitted([id_ for id_, _ in nearest], filters)
        found = [each for each in nearest if each[0] in admitted][:k]
        if len(found) >= _ENOUGH * k or len(nearest) < k * _WIDER:
            return found
        among = self._library.indexed(self._index, filters, _NARROW_PASSAGES + 1)
        if len(among) > _NARROW_PASSAGES:
            return found
        try:
            return self._query(vector, k, among)
        except InternalError:  # One of them came or went since this client was opened.
            return found

    def cosines(self, passages: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How near passages (by id) are to some vectors, [vectors, passages]; NaN where it has none."""
        from chromadb.errors import InternalError

        near = np.full((len(vectors), len(passages)), np.nan, dtype=np.float32)
        known = self._library.having(self._index, passages)
        try:
            found = self._fresh().get(ids=known, include=["embeddings"]) if known else None
        except InternalError:  # One of them came or went since this client was opened.
            return near
        if found is not None and len(found["ids"]):
            places = {id_: at for at, id_ in enumerate(passages)}
            near[:, [places[id_] for id_ in found["ids"]]] = vectors @ np.asarray(found["embeddings"]).T
        return near

    def _embedder_of_library(self) -> Embedder:
        """The embedder that the vectors come from, whatever the settings name by now."""
        known = self._library.meta(EMBEDDERS[self._index])
        if self._index != "vectors" or known in (None, self._embedder.name):
            return self._embedder
        with self._lock:
            if self._other is None or self._other.name != known:
                model = self._library.meta(EMBEDDING_MODEL)
                named = self._settings.with_embedding_model(model) if model else None
                self._other = load_embedder(named) if named else None
        if self._other is None or self._other.name != known:
            raise DatelineError(
                f"The library is embedded with {known!r}, the settings name {self._embedder.name!r}: "
                "change DATELINE_EMBEDDINGS back, or embed anew with: python -m ingest rebuild"
            )
        return self._other

    def _query(
        self, vector: NDArray[np.float32], k: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Ids and cosines of the nearest, of all or among some."""
        found = self._fresh().query(
            query_embeddings=vector[np.newaxis],
            n_results=k,
            ids=None if among is None else list(among),
            include=["distances"],
        )
        cosines = [1.0 - distance for distance in (found["distances"] or [[]])[0]]
        return list(zip(found["ids"][0], cosines, strict=True))

    def count(self) -> int:
        """How many passages the index holds."""
        return self._fresh().count()

    def _add(self, batch: Sequence[Passage]) -> None:
        self._open().upsert(
            ids=[passage.id for passage in batch],
            embeddings=self._embedder.embed([passage.text for passage in batch]),
        )

    def _forget_other_embedder(self) -> None:
        """Starts the index anew when the library's vectors come from another model."""
        from chromadb.errors import NotFoundError

        known = self._library.meta(EMBEDDERS[self._index])
        if known == self._embedder.name:
            return
        if known is not None:
            with suppress(NotFoundError):
                self._client().delete_collection(self._name)
            self._collection = None
            self._library.forget_index(self._index)
        self._library.set_meta(EMBEDDERS[self._index], self._embedder.name)

    def _fresh(self) -> Collection:
        """The collection, opened anew when the library has changed: see the catalogue's docstring."""
        generation = self._library.generation()
        with self._lock:
            if generation != self._generation and self._url is None:
                from chromadb.api.shared_system_client import SharedSystemClient

                SharedSystemClient.clear_system_cache()
                self._collection = None
            self._generation = generation
        return self._open()

    def _open(self) -> Collection:
        with self._lock:
            place = (self._library.indexes, self._name)
            if self._collection is None or self._place != place:
                self._place = place
                self._collection = self._client().get_or_create_collection(
                    self._name,
                    configuration={"hnsw": {"space": "cosine"}},
                    embedding_function=None,
                )
            return self._collection

    @property
    def _name(self) -> str:
        """A served Chroma may hold several libraries, so each has a name of its own."""
        name = self._library.meta("chroma_collection")
        if name is None:
            name = f"dateline-{uuid.uuid4().hex[:12]}"
            self._library.set_meta("chroma_collection", name)
        return name if self._index == "vectors" else f"{name}-{self._index}"

    def _client(self) -> ClientAPI:
        if self._url is not None:
            return _served(self._url)
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        quiet = ChromaSettings(anonymized_telemetry=False)
        return chromadb.PersistentClient(str(self._library.indexes / "chroma"), quiet)


def drop_served(collection: str, url: str) -> None:
    """Removes a collection that no library uses any more from a Chroma server."""
    from chromadb.errors import NotFoundError

    for name in (collection, f"{collection}-refined"):
        with suppress(NotFoundError):
            _served(url).delete_collection(name)


def _served(url: str) -> ClientAPI:
    import chromadb
    import httpx
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    address = httpx.URL(url)
    try:
        return chromadb.HttpClient(
            host=address.host, port=address.port or 8000, ssl=address.scheme == "https", settings=quiet
        )
    except Exception as error:
        raise UnavailableError(
            f"There is no Chroma server at {url!r}: start it, or unset DATELINE_CHROMA_URL."
        ) from error
