"""Refining a library: the transformer's vectors for passages that have only static ones so far.

Everything can be found before; afterwards it is found better by its meaning. The pass can be stopped
or killed at any moment and goes on where it was, a batch at a time.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.store.index_state import IndexState
from qa.store.library import Library

AT_ONCE = 2_000  # So many passages an ingest refines by itself: half a minute on two cores.
_LOCK = "refine.lock"
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


def refine(
    settings: Settings, progress: Progress = lambda done, all_: None, stop: Stop = lambda: False
) -> int:
    """Gives passages the transformer's vectors, until all have them or it is stopped.

    Args:
        settings: the settings; `settings.library` is the library's folder.
        progress: called with passages done and passages to do.
        stop: asked between batches.

    Returns:
        How many passages were refined.

    Raises:
        DatelineError: the settings name an embedding model other than the static one.
        UnavailableError: another process is refining this library.
    """
    from filelock import FileLock, Timeout

    if not can_refine(settings):
        raise DatelineError(
            f"Only static vectors are refined, and the embedding model is {settings.embedding_model}: "
            "there is nothing to do."
        )
    library = Library(settings.library)
    try:
        with FileLock(library.folder / _LOCK, timeout=0):
            return _refine(library, settings, progress, stop)
    except Timeout:
        raise UnavailableError("Another process is refining this library; wait until it is done.") from None


def can_refine(settings: Settings) -> bool:
    """Whether the settings' vectors are static ones."""
    return settings.embedding_model == "static"


def _refine(library: Library, settings: Settings, progress: Progress, stop: Stop) -> int:
    from qa.models.transformer import load_transformer
    from qa.store.chroma import Chroma
    from qa.store.vectors import Vectors

    state = IndexState(library, "refined")
    known = state.count()
    if known and Chroma(library, "refined", settings.chroma_url).reading().count() < known:
        state.forget_all()  # A lost file took some.
    if not library.stats().waiting_refined:
        return 0
    return Vectors(library, load_transformer(settings), settings, "refined").sync(progress, stop)
