"""Finds and repairs what a kill, another program or a failing disk did to a library."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.indexer import catch_up
from ingest.integrity import mend_catalogue
from ingest.rebuild import leave, refuse_mixing
from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.store.chroma import FOLDER, Chroma
from qa.store.index_state import Differences, IndexState
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.schema import Index
from qa.store.vectors import EMBEDDERS

_SECONDS, _SECONDS_A_PASSAGE = 300, 0.02  # A reader may never end on a damaged graph.


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was repaired.

    lexical, vectors: how many passages were added to each index.
    rebuilt: the indexes that were built anew.
    refined: how many passages lost the vectors that `refine` gives, and wait for them again.
    damaged: sources of documents whose text is damaged and must be added again.
    resplit: how many documents were divided into passages anew.
    """

    lexical: int
    vectors: int
    rebuilt: tuple[Index, ...] = ()
    refined: int = 0
    damaged: tuple[str, ...] = ()
    resplit: int = 0

    def sentence(self) -> str:
        """The outcome for a reader."""
        said = []
        if self.lexical or self.vectors or self.rebuilt:
            anew = f" ({' and '.join(self.rebuilt)} built anew)" if self.rebuilt else ""
            said.append(
                f"Indexed {self.lexical:,} passages by their words "
                f"and {self.vectors:,} by their vectors{anew}."
            )
        if self.resplit:
            said.append(f"Divided {self.resplit:,} documents anew, whose passages were damaged.")
        if self.refined:
            said.append(f"{self.refined:,} passages lost their finer vectors: python -m ingest refine")
        if self.damaged:
            said.append(
                f"The text of {len(self.damaged):,} documents is damaged, and they are no longer found; "
                f"add them again: {', '.join(self.damaged[:10])}"
            )
        return " ".join(said) or "Nothing was missing."


def repair(settings: Settings) -> Repaired:
    """Makes both indexes agree with the catalogue, passage by passage; checks the catalogue's checksums.

    Raises:
        DatelineError: the catalogue is too damaged.
    """
    library = Library(settings.library)
    refuse_mixing(library, settings)
    leave(settings)
    catalogue = mend_catalogue(library)
    refined = IndexState(library, "refined")
    before = refined.count()
    rebuilt = tuple(index for index in _indexes(library) if _mended(library, settings, index))
    words, vectors = catch_up(library, settings)
    return Repaired(
        words, vectors, rebuilt, before - refined.count(), catalogue.damaged, len(catalogue.resplit)
    )


def compare_index(library: Library, settings: Settings, index: Index) -> Differences:
    """Where an index differs from the catalogue; a separate process reads it, as damage may kill the reader.

    Raises:
        UnavailableError: the index can't be read.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    seconds = _SECONDS + _SECONDS_A_PASSAGE * library.stats().passages
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    try:
        return pool.submit(_compare, settings, index).result(seconds)
    except (BrokenProcessPool, TimeoutError) as error:
        for process in list((pool._processes or {}).values()):
            process.kill()
        raise UnavailableError(f"The index of {index} can't be read.") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _compare(settings: Settings, index: Index) -> Differences:
    try:
        return _opened(Library(settings.library), settings, index).differences()
    except DatelineError:
        raise
    except BaseException as error:  # Rust's panics are not Exceptions, and may not be passed to the parent.
        raise UnavailableError(str(error)) from None


def _indexes(library: Library) -> list[Index]:
    dense: list[Index] = [index for index in ("vectors", "refined") if library.meta(EMBEDDERS[index])]
    if "vectors" not in dense and (library.indexes / FOLDER).exists():  # It was killed before the first one.
        dense.insert(0, "vectors")
    return ["lexical", *dense]


def _mended(library: Library, settings: Settings, index: Index) -> bool:
    """Notes what an index lacks or has too many of, or starts it anew. Returns whether it did so."""
    try:
        found = compare_index(library, settings, index)
    except UnavailableError:
        found = None
    if found is None or found.wrong:
        _opened(library, settings, index).start_anew()
        return True
    if found.missing:
        IndexState(library, index).mark_missing(found.missing)
    if found.extra:
        IndexState(library, index).owe_removal(found.extra)
    return False


def _opened(library: Library, settings: Settings, index: Index) -> Lexical | Chroma:
    return Lexical(library) if index == "lexical" else Chroma(library, index, settings)
