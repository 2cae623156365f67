"""Updates both indexes in a thread while more documents are read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from ingest.rebuild import refuse_mixing
from ingest.values import Event
from qa.core.settings import Settings
from qa.store.index_state import IndexState
from qa.store.library import Library

if TYPE_CHECKING:
    from ingest.on_ray import Embedded

EVERY_PASSAGES = 2_000
MAX_BEHIND = 20_000


class Indexer:
    """A thread that updates the indexes from the catalogue whenever passages arrive.

    As a context manager it ends when all is indexed, and raises the thread's errors. `embedded` has vectors
    that were made with the documents.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        progress: Callable[[Event], None],
        stop: Callable[[], bool],
        embedded: Embedded | None = None,
    ) -> None:
        self._library = library
        self._settings = settings
        self._progress = progress
        self._stop = stop
        self._embedded = embedded
        self._wake = threading.Condition()
        self._passages = 0
        self._indexed = 0
        self._enough = 1  # The first passages open the indexes while more are read.
        self._done = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="indexer", daemon=True)

    def __enter__(self) -> Indexer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._wake:
            self._done = True
            self._wake.notify_all()
        self._thread.join()
        if self._error is not None and error is None:
            raise self._error

    def tell(self, passages: int) -> None:
        """Reports how many passages the catalogue has got so far; waits if indexing is far behind."""
        with self._wake:
            self._passages = passages
            if self._passages - self._indexed >= self._enough:
                self._wake.notify_all()
            while self._passages - self._indexed > MAX_BEHIND and self._error is None:
                self._wake.wait(1)
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            from qa.models.chosen import load_embedder
            from qa.store.lexical import Lexical
            from qa.store.vectors import Vectors

            lexical = Lexical(self._library)
            vectors: Vectors | None = None
            while self._waits():
                passages = self._passages
                refuse_mixing(self._library, self._settings)  # A rebuild may have happened meanwhile.
                done = lexical.sync(stop=self._stop)
                if vectors is None and self._owes_vectors():
                    model = load_embedder(self._settings)
                    embedder = self._embedded.over(model) if self._embedded else model
                    vectors = Vectors(self._library, embedder, self._settings)
                done = max(done, vectors.sync(stop=self._stop) if vectors else 0)
                if done:
                    self._progress(Event("indexed", str(self._library.folder), passages=done))
                with self._wake:
                    self._indexed = passages
                    self._wake.notify_all()
        except BaseException as error:
            with self._wake:
                self._error = error
                self._wake.notify_all()

    def _waits(self) -> bool:
        """Waits for work. Returns false when all is done."""
        with self._wake:
            while not self._done and self._passages - self._indexed < self._enough:
                self._wake.wait()
            self._enough = EVERY_PASSAGES
            return not self._done or (self._owes() and not self._stop())

    def _owes(self) -> bool:
        stats = self._library.stats()
        gone = IndexState(self._library, "lexical").removals(1)
        return bool(stats.waiting_lexical or gone or self._owes_vectors())

    def _owes_vectors(self) -> bool:
        return _owes_vectors(self._library)


def _owes_vectors(library: Library) -> bool:
    gone = IndexState(library, "vectors").removals(1) or IndexState(library, "refined").removals(1)
    return bool(gone or library.stats().waiting_vectors)


def catch_up(library: Library, settings: Settings) -> tuple[int, int]:
    """Updates both indexes from the catalogue now.

    Returns:
        How many passages were added to the lexical index and to the vectors.
    """
    from qa.models.chosen import load_embedder
    from qa.store.lexical import Lexical
    from qa.store.vectors import Vectors

    lexical = Lexical(library).sync()
    if not _owes_vectors(library):
        return lexical, 0
    return lexical, Vectors(library, load_embedder(settings), settings).sync()
