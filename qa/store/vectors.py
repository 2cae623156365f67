"""The passages' vectors in Chroma, in this process or on a server. They can be rebuilt from the catalogue.

Beside a vector stand the passage's text, its `article_id`, `publisher`, `day` (as a number: 20240121) and
`language`, so that any client of Chroma's sees passages. Dateline itself reads these in the catalogue.
Chroma keeps a text four times over (with an index of its trigrams): 5,000 passages take 26.8 MB in the place
of 13.9, and a whole library half as much again. `chroma_text` turns that off.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.core.disk import told_plainly
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.core.types import Filters, Passage
from qa.models.chosen import load_embedder
from qa.models.embedder import Embedder
from qa.store.catalogue import EMBEDDING_MODEL
from qa.store.chroma import Chroma, checksum
from qa.store.index_state import IndexState
from qa.store.library import Header, Library
from qa.store.migrations import WITHOUT_TEXT
from qa.store.schema import Index

# Passages at a time: Chroma takes 5,461 at most; fewer show progress and lose less to a kill.
_BATCHES = {"vectors": 2_000, "refined": 256}
# Readers open a new client after each batch of vectors; after refined ones, whose passages can be found
# already, only so often.
_ANNOUNCED_SECONDS = 60.0
EMBEDDERS = {"vectors": "embedder", "refined": "refiner"}  # The keys of the models' names.
# Chroma's own filter takes 50 to 340 ms of processor time at 88,000 passages, so the catalogue filters.
# So many times as many nearest passages are filtered first (6 ms). If too few are left, the search is among
# the passages that pass the filter (25 ms for 20,000).
_WIDER = 4
_ENOUGH = 1 / 4
_NARROW_PASSAGES = 20_000
_TURN_SECONDS = 600.0
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
            index: "vectors", which has all passages, or "refined", with a transformer's vectors.
        """
        self._library = library
        self._index = index
        self._state = IndexState(library, index)
        self._embedder = embedder
        self._settings = settings
        self._other: Embedder | None = None
        self._lock = threading.Lock()
        self._chroma = Chroma(library, index, settings)

    def sync(self, progress: Progress | None = None, stop: Stop | None = None) -> int:
        """Brings the index up to the library. Returns how many passages were added.

        While another process adds passages, this one waits, as both would add the same.

        Args:
            progress: called with passages done and passages to do.
            stop: asked between batches; what is left waits for the next sync.
        """
        from filelock import FileLock, Timeout

        self.forget()
        try:
            with (
                told_plainly(self._library.folder),
                FileLock(self._library.indexes / f"{self._index}.lock", timeout=_TURN_SECONDS),
            ):
                return self._sync(progress, stop)
        except Timeout:
            return 0

    def _sync(self, progress: Progress | None, stop: Stop | None) -> int:
        self._forget_other_embedder()
        self._add_texts(stop)
        stats = self._library.stats()
        total = stats.waiting_vectors if self._index == "vectors" else stats.waiting_refined
        done, announced = 0, time.monotonic()
        while batch := self._state.waiting(_BATCHES[self._index]):
            if stop and stop():
                break
            due = self._index == "vectors" or time.monotonic() - announced > _ANNOUNCED_SECONDS
            self._add(batch, announce=due)
            announced = time.monotonic() if due else announced
            done += len(batch)
            if progress:
                progress(done, max(total, done))
        if done:
            self._state.mark_indexed(())
        return done

    def forget(self) -> None:
        """Removes passages that are no longer in the library, from the refined vectors too."""
        if self._index == "vectors":
            Chroma(self._library, "refined", self._settings).forget()
        self._chroma.forget()

    def search(
        self, query: str | NDArray[np.float32], k: int, filters: Filters = Filters()
    ) -> list[tuple[str, float]]:
        """The nearest passages: their ids and cosines, best first.

        Raises:
            DatelineError: the library's vectors come from another model.
        """
        from chromadb.errors import InternalError

        vector = self.embedder().embed_queries([query])[0] if isinstance(query, str) else query
        if not filters:
            return self._query(vector, k)
        nearest = self._query(vector, k * _WIDER)
        admitted = self._library.admitted([id_ for id_, _ in nearest], filters)
        found = [each for each in nearest if each[0] in admitted][:k]
        if len(found) >= _ENOUGH * k or len(nearest) < k * _WIDER:
            return found
        among = self._state.admitted(filters, _NARROW_PASSAGES + 1)
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
        known = self._state.having(passages)
        try:
            found = self._chroma.reading().get(ids=known, include=["embeddings"]) if known else None
        except InternalError:  # One of them came or went since this client was opened.
            return near
        if found is not None and len(found["ids"]):
            places = {id_: at for at, id_ in enumerate(passages)}
            near[:, [places[id_] for id_ in found["ids"]]] = vectors @ np.asarray(found["embeddings"]).T
        return near

    def embedder(self) -> Embedder:
        """The embedder that the vectors come from, whatever the settings name by now.

        Raises:
            DatelineError: it is not known.
        """
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
        """Ids and cosines of the nearest passages, among all or some."""
        found = self._chroma.reading().query(
            query_embeddings=vector[np.newaxis],
            n_results=k,
            ids=None if among is None else list(among),
            include=["distances"],
        )
        cosines = [1.0 - distance for distance in (found["distances"] or [[]])[0]]
        return list(zip(found["ids"][0], cosines, strict=True))

    def count(self) -> int:
        """How many passages the index holds."""
        return self._chroma.reading().count()

    def _add(self, batch: Sequence[Passage], *, announce: bool) -> None:
        vectors = self._embedder.embed(
            [passage.text for passage in batch]
        )  # Others may read and write between batches.
        with self._chroma.writing() as collection:
            collection.upsert(**self._records(batch, vectors))
        checksums = dict(zip((passage.id for passage in batch), checksum(vectors), strict=True))
        self._state.mark_indexed(checksums, announce=announce)

    def _records(self, batch: Sequence[Passage], vectors: NDArray[np.float32]) -> dict[str, Any]:
        """What Chroma stores. Refined vectors have no text: it is in "vectors"."""
        records: dict[str, Any] = {"ids": [passage.id for passage in batch], "embeddings": vectors}
        if self._index == "vectors" and self._settings.chroma_text:
            headers = self._library.headers(passage.article_id for passage in batch)
            records["documents"] = [passage.text for passage in batch]
            records["metadatas"] = [
                _fields(each.article_id, headers.get(each.article_id, Header())) for each in batch
            ]
        return records

    def _add_texts(self, stop: Stop | None) -> None:
        """Adds the passages' text to vectors that an older Dateline or a setting stored without it."""
        if self._index != "vectors" or bool(self._library.meta(WITHOUT_TEXT)) != self._settings.chroma_text:
            return
        if not self._settings.chroma_text:
            self._library.set_meta(WITHOUT_TEXT, "1")  # In case the setting changes again.
            return
        with self._chroma.writing() as collection:
            ids = collection.get(include=[])["ids"]
        for first in range(0, len(ids), _BATCHES["vectors"]):
            if stop and stop():
                return
            with self._chroma.writing() as collection:
                found = collection.get(ids=ids[first : first + _BATCHES["vectors"]], include=["embeddings"])
                passages = self._library.passages_by_id(found["ids"])
                known = [at for at, id_ in enumerate(found["ids"]) if id_ in passages]
                batch = [passages[found["ids"][at]] for at in known]
                if batch:
                    collection.upsert(**self._records(batch, np.asarray(found["embeddings"])[known]))
        self._library.set_meta(WITHOUT_TEXT, "")

    def _forget_other_embedder(self) -> None:
        """Starts the index anew if the library's vectors come from another model."""
        known = self._library.meta(EMBEDDERS[self._index])
        if known == self._embedder.name:
            return
        if known is not None:
            self._chroma.start_anew()
        self._library.set_meta(EMBEDDERS[self._index], self._embedder.name)


def _fields(article: str, header: Header) -> dict[str, str | int]:
    """The plain fields of a passage in Chroma, without unknown ones."""
    fields: dict[str, str | int | None] = {
        "article_id": article,
        "publisher": header.publisher,
        "day": int(f"{header.published:%Y%m%d}") if header.published else None,
        "language": header.language,
    }
    return {name: value for name, value in fields.items() if value is not None}
