"""Refines a library: adds a transformer's vectors for passages that have only static ones.

All passages can be found before; afterwards they are found better by their meaning. It works in batches, and
can be stopped or killed at any moment and continued.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.store.index_state import IndexState
from qa.store.library import Library

AT_ONCE = 2_000  # An ingest refines so many passages by itself: half a minute on two cores.
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
    if known and Chroma(library, "refined", settings).reading().count() < known:
        state.forget_all()  # A lost file had some.
    if not library.stats().waiting_refined:
        return 0
    return Vectors(library, load_transformer(settings), settings, "refined").sync(progress, stop)
