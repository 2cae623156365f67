"""Recognises a library whose embedding model or passage size differs from the settings, and rebuilds it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.shadow_index import ShadowIndex, tidy
from ingest.splitter import TARGET_CHARS
from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.store.catalogue import EMBEDDING_MODEL
from qa.store.library import Library

PASSAGE_CHARS = "passage_chars"
_CALLED = {PASSAGE_CHARS: "passages of characters:", EMBEDDING_MODEL: "the embedding model"}
_LOCK = "rebuild.lock"
_GRACE_SECONDS = 2.0  # A search that began on the old indexes ends within milliseconds.
Progress = Callable[[str, int, int], None]


def refuse_mixing(library: Library, settings: Settings) -> None:
    """Refuses to mix passages of two sizes or vectors of two models in one library.

    Raises:
        DatelineError: the library was built with other settings.
    """
    for key, wanted in _made_with(settings).items():
        made = library.meta(key)
        if made == wanted:
            continue
        if made is None or not _holds_any(library, key):
            library.set_meta(key, wanted)
        else:
            raise DatelineError(
                f"This library was built with {_CALLED[key]} {made}, and the settings say {wanted}. "
                f"Rebuild it with: python -m ingest rebuild --library {library.folder}"
            )


def rebuild(
    settings: Settings,
    progress: Progress = lambda what, done, all_: None,
    stop: Callable[[], bool] = lambda: False,
) -> int | None:
    """Splits and indexes every article anew, for the settings as they are now.

    The library can be read and added to meanwhile: the new index is made beside the old one and replaces it
    in one step. A rebuild that was stopped or killed is continued.

    Args:
        settings: the settings to rebuild for.
        progress: called with "articles", "words" or "vectors", how many are done, and how many there are.
        stop: asked between batches.

    Returns:
        How many passages there are now; None if it was stopped before it was done.

    Raises:
        UnavailableError: another process is rebuilding this library.
    """
    library = Library(settings.library)
    made_with = _made_with(settings)
    with _alone(library):
        tidy(library, settings)
        shadow = ShadowIndex(library)
        if shadow.exists() and not shadow.made_with(made_with):
            shadow.discard(settings)
        new = shadow.begin(made_with)
        while not stop():
            shadow.follow(lambda done, all_: progress("articles", done, all_), stop)
            _index(new, settings, progress, stop)
            if not stop() and shadow.take_place(made_with):
                time.sleep(_GRACE_SECONDS)
                tidy(library, settings)
                return library.stats().passages
    return None


def leave(settings: Settings) -> None:
    """Removes what rebuilds left: old indexes, and unfinished ones for other settings.

    Raises:
        UnavailableError: another process is rebuilding this library.
    """
    library = Library(settings.library)
    with _alone(library):
        tidy(library, settings)
        shadow = ShadowIndex(library)
        if shadow.exists() and not shadow.made_with(_made_with(settings)):
            shadow.discard(settings)


def waiting(library: Library) -> dict[str, int | bool] | None:
    """How far an unfinished rebuild is; None if there is none."""
    begun = ShadowIndex(library).opened()
    if begun is None:
        return None
    stats = begun.stats()
    try:
        with _alone(library):
            running = False
    except UnavailableError:
        running = True
    return {
        "running": running,
        "articles": stats.articles,
        "waiting_for_passages": max(0, library.stats().articles - stats.articles),
        "waiting_for_words": stats.waiting_lexical,
        "waiting_for_vectors": stats.waiting_vectors,
    }


def _index(library: Library, settings: Settings, progress: Progress, stop: Callable[[], bool]) -> None:
    from qa.models.chosen import load_embedder
    from qa.store.lexical import Lexical
    from qa.store.vectors import Vectors

    Lexical(library).sync(lambda done, all_: progress("words", done, all_), stop)
    if not stop():
        vectors = Vectors(library, load_embedder(settings), settings)
        vectors.sync(lambda done, all_: progress("vectors", done, all_), stop)


def _holds_any(library: Library, key: str) -> bool:
    """Whether a library has anything that was made with the fact of this key."""
    if key == EMBEDDING_MODEL:
        return library.meta("embedder") is not None  # Set with the first vectors.
    return library.stats().passages > 0


def _made_with(settings: Settings) -> dict[str, str]:
    """The facts about how a library is built, by their keys."""
    return {PASSAGE_CHARS: str(TARGET_CHARS), EMBEDDING_MODEL: settings.embedding_model}


@contextmanager
def _alone(library: Library) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(library.folder / _LOCK, timeout=0):
            yield
    except Timeout:
        raise UnavailableError("Another process is rebuilding this library; wait until it is done.") from None
