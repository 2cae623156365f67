"""Opens Chroma's collections so that threads and processes do not harm each other.

An embedded Chroma keeps its graph in memory and writes it out whole, so a client that missed another
process's write destroys it. A client's first read writes too, as it takes in the log. So writing and opening
need a file lock, and a client is opened anew after another's write. chromadb's clients of one folder share
one system; here each collection has a system of its own, which ends with its last user.
"""

from __future__ import annotations

import threading
import uuid
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

import numpy as np
from numpy.typing import NDArray

from qa.core.disk import flush, told_plainly
from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.store.index_state import Differences, IndexState
from qa.store.library import Library
from qa.store.schema import Index
from qa.store.served_chroma import Within, served, within

if TYPE_CHECKING:
    from chromadb.api import ServerAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import System

FOLDER = "chroma"
_LOCK = "chroma.lock"
_LOCK_SECONDS = 120.0  # A writer holds it for a batch: some seconds.
_POLL_SECONDS = 0.01
_READ = 2_000  # Vectors read at a time to be compared.
_TOLERANCE = 1e-4  # of a checksum: a server may round vectors differently.
_COSINE: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}


class _Opened(NamedTuple):
    """A collection, its place, and the last write that it has seen."""

    folder: Path
    name: str
    version: str | None
    collection: Collection


class Chroma:
    """The collection of one of a library's dense indexes. Safe to share between threads."""

    def __init__(self, library: Library, index: Index, settings: Settings) -> None:
        """Opens nothing yet.

        Args:
            library: the catalogue.
            index: "vectors" or "refined".
            settings: which Chroma server; none is the embedded one.
        """
        self._library = library
        self._index = index
        self._state = IndexState(library, index)
        self._settings = settings
        self._served = settings.chroma_url is not None
        self._mutex = threading.Lock()
        self._opened: _Opened | None = None
        self._generation = -1

    @contextmanager
    def writing(self) -> Iterator[Collection]:
        """The collection for one writer at a time; what is written is on the disk at the end.

        Raises:
            UnavailableError: another process holds it for too long, or the disk fails.
        """
        with told_plainly(self._library.folder), self._alone(_LOCK_SECONDS):
            opened = self._current()
            version = uuid.uuid4().hex
            self._library.set_meta(self._version, version, announce=False)
            try:
                yield opened.collection
            except BaseException:
                self._opened = None  # It may be in the middle of a write.
                raise
            if not self._served:
                folder = opened.folder / FOLDER
                flush(folder, *folder.rglob("*"))
            self._opened = opened._replace(version=version)

    def reading(self) -> Collection:
        """The collection with all announced writes; as it was a moment ago while another process writes."""
        generation, opened = self._library.generation(), self._opened
        if opened is not None and (generation == self._generation or opened[:3] == self._place()):
            self._generation = generation
            return opened.collection
        moved = opened is None or opened.folder != self._library.indexes
        try:
            with told_plainly(self._library.folder), self._alone(_LOCK_SECONDS if moved else 0):
                self._generation, opened = generation, self._current()
        except UnavailableError:
            if opened is None or moved:
                raise
        return opened.collection

    def forget(self) -> None:
        """Removes the passages that are no longer in the library."""
        while self._state.removals(1):
            with self.writing() as collection:
                gone = self._state.removals()  # Inside the lock: before it, one may have come back.
                if gone:
                    collection.delete(ids=list(gone))
            self._state.mark_removed(gone)

    def differences(self) -> Differences:
        """Where the index differs from the catalogue; reads every vector."""
        with self.writing() as collection:
            expected = self._state.checksums()
            held = set(collection.get(include=[])["ids"])
            there = [id_ for id_ in expected if id_ in held]
            wrong: list[str] = []
            for first in range(0, len(there), _READ):
                found = collection.get(ids=there[first : first + _READ], include=["embeddings"])
                wrong += _altered(found["ids"], np.asarray(found["embeddings"]), expected)
            unknown = self._state.unknown(held - expected.keys())
        return Differences(tuple(expected.keys() - held), tuple(unknown), tuple(wrong))

    def start_anew(self) -> None:
        """Deletes the index, whatever its state; the next sync fills it again."""
        self._drop()
        self._state.forget_all()

    def _drop(self) -> None:
        import shutil

        with self._alone(_LOCK_SECONDS):
            folder, name, _ = self._place()
            self._library.set_meta(self._version, uuid.uuid4().hex)
            self._opened = None
            if self._served:
                _drop(self._settings, name)
                return
            try:
                _delete_embedded(folder / FOLDER, name)
            except Exception:  # It is too damaged: the other index in the folder goes too.
                shutil.rmtree(folder / FOLDER, ignore_errors=True)

    @property
    def _version(self) -> str:
        return f"{self._index}_version"

    def _place(self) -> tuple[Path, str, str | None]:
        return self._library.indexes, self._name, self._library.meta(self._version)

    def _current(self) -> _Opened:
        """The collection with all writes of all processes. Call it with the lock."""
        with self._mutex:
            place = self._place()
            if self._opened is None or self._opened[:3] != place:
                self._opened = _Opened(*place, self._open(place[0], place[1]))
            return self._opened

    def _open(self, folder: Path, name: str) -> Collection:
        if self._served:
            return _collection(served(self._settings), name, **within(self._settings))
        collection = _embedded(folder / FOLDER, name)
        collection.count()  # The first read, which takes in the log and may write.
        return collection

    @property
    def _name(self) -> str:
        """The collection's name; in a served Chroma, which may hold several libraries, each has its own."""
        name = self._library.first_meta("chroma_collection", f"dateline-{uuid.uuid4().hex[:12]}")
        return name if self._index == "vectors" else f"{name}-{self._index}"

    @contextmanager
    def _alone(self, seconds: float) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            folder = self._library.indexes
            with FileLock(folder / _LOCK, timeout=seconds, poll_interval=_POLL_SECONDS):
                if folder == self._library.indexes:
                    yield
                    return
        except Timeout as error:
            raise UnavailableError(
                "Another process is writing to the vectors of this library; try again later."
            ) from error
        with self._alone(seconds):  # A rebuild has replaced the indexes.
            yield


def checksum(vectors: NDArray[np.float32]) -> list[float]:
    """A number for each vector, to tell it from any other or a damaged one."""
    weights = np.linspace(1, 2, vectors.shape[1])
    return [float(each) for each in vectors.astype(np.float64) @ weights]


def _altered(
    ids: Sequence[str], vectors: NDArray[np.float32], expected: Mapping[str, float | None]
) -> list[str]:
    """The vectors whose checksums differ from the recorded ones."""
    sums = ((id_, is_, expected[id_]) for id_, is_ in zip(ids, checksum(vectors), strict=True))
    return [id_ for id_, is_, was in sums if was is not None and not abs(is_ - was) < _TOLERANCE]


def drop_served(collection: str, settings: Settings) -> None:
    """Removes the collections of an index that no library uses any more from a Chroma server."""
    for name in (collection, f"{collection}-refined"):
        _drop(settings, name)


def _drop(settings: Settings, name: str) -> None:
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        served(settings).delete_collection(name, **within(settings))


def _embedded(folder: Path, name: str) -> Collection:
    """A collection of the store in a folder, with a system of its own that ends with it."""
    system, server = _system(folder)
    collection = _collection(server, name)
    # A system and its parts refer to each other; only users refer to the collection.
    weakref.finalize(collection, system.stop).atexit = False
    return collection


def _collection(server: ServerAPI, name: str, **within: Unpack[Within]) -> Collection:
    from chromadb.api.models.Collection import Collection

    model = server.get_or_create_collection(name, configuration=_COSINE, **within)
    return Collection(client=server, model=model, embedding_function=None)


def _delete_embedded(folder: Path, name: str) -> None:
    from chromadb.errors import NotFoundError

    system, server = _system(folder)
    try:
        with suppress(NotFoundError):
            server.delete_collection(name)
    finally:
        system.stop()


def _system(folder: Path) -> tuple[System, ServerAPI]:
    from chromadb.api import ServerAPI
    from chromadb.config import Settings, System

    system = System(Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)))
    server = system.instance(ServerAPI)  # type: ignore[type-abstract]
    system.start()
    return system, server
