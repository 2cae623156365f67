"""Finishing what a killed ingest left, and rebuilding an index that lost something."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.indexer import catch_up
from ingest.rebuild import check, leave
from qa.library import INDEXES, Index, Library
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many passages each index was given, and which indexes were built anew."""

    lexical: int
    vectors: int
    rebuilt: tuple[Index, ...] = ()

    def sentence(self) -> str:
        """The outcome for a reader."""
        if not (self.lexical or self.vectors):
            return "Nothing was missing."
        anew = f" ({' and '.join(self.rebuilt)} built anew)" if self.rebuilt else ""
        return (
            f"Indexed {self.lexical:,} passages by their words and {self.vectors:,} by their vectors{anew}."
        )


def repair(settings: Settings) -> Repaired:
    """Brings both indexes to what the catalogue holds; one that holds another number is built anew."""
    library = Library(settings.library)
    check(library, settings)
    leave(settings)
    words, vectors = catch_up(library, settings)
    passages = library.stats().passages
    lost = tuple(index for index in INDEXES if _count(library, settings, index) != passages)
    for index in lost:
        library.forget_index(index)
    again = catch_up(library, settings) if lost else (0, 0)
    return Repaired(words + again[0], vectors + again[1], lost)


def _count(library: Library, settings: Settings, index: Index) -> int:
    from qa.embedder import load_embedder
    from qa.lexical import Lexical
    from qa.vectors import Vectors

    if index == "lexical":
        return Lexical(library).count()
    return Vectors(library, load_embedder(settings), settings).count()
