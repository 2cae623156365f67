"""The dense side of a search: one transformer's vectors, or static ones at once and a transformer's later.

The two models' cosines have different scales, so a line maps static cosines to the transformer's scale.
It was fitted on the 60 nearest passages of 621 questions of SQuAD, MultiHop-RAG and NovelEval.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.core.settings import Settings
from qa.core.types import Filters, Passage
from qa.models.embedder import Matrix, StaticEmbedder
from qa.models.transformer import TransformerEmbedder, load_transformer
from qa.store.index_state import IndexState
from qa.store.library import Library
from qa.store.vectors import Vectors

_SLOPE = 0.5
_OFFSET = 0.0


class QuestionVectors(NamedTuple):
    """The vectors of questions by both models, [questions, dimensions]; with one model both are the same."""

    texts: Sequence[str]
    static: Matrix
    refined: Matrix


class Whole:
    """One transformer's vectors of all passages."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def share(self) -> float:
        """The share of the library's passages that have a vector."""
        return 1.0

    def embedded(self, texts: Sequence[str]) -> QuestionVectors:
        """Questions, embedded once for all that follows."""
        vectors = self._vectors.embedder().embed_queries(texts)
        return QuestionVectors(texts, vectors, vectors)

    def search(self, asked: QuestionVectors, at: int, k: int, filters: Filters) -> dict[str, float]:
        """The nearest passages to one of the questions: cosines by id."""
        return dict(self._vectors.search(asked.refined[at], k, filters))

    def cosines(self, asked: QuestionVectors, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """How near passages are to the questions, [questions, passages]; 0 for a passage without a vector."""
        return np.nan_to_num(self._vectors.cosines([passage.id for passage in passages], asked.refined))


class DenseSearch:
    """The vectors of both models, searched as one. Safe to share between threads."""

    def __init__(
        self, library: Library, static: Vectors, embedder: StaticEmbedder, settings: Settings
    ) -> None:
        self._library = library
        self._refined = IndexState(library, "refined")
        self._static = static
        self._embedder = embedder
        self._settings = settings
        self._lock = threading.Lock()
        self._transformer: TransformerEmbedder | None = None
        self._vectors: Vectors | None = None
        self._counted = (-1, 0, 0)

    def share(self) -> float:
        """The share of the library's passages that are refined, 0..1."""
        generation = self._library.generation()
        if generation != self._counted[0]:
            self._counted = (generation, self._refined.count(), self._library.stats().passages)
        return self._counted[1] / max(1, self._counted[2])

    def embedded(self, texts: Sequence[str]) -> QuestionVectors:
        """Questions, embedded once for all that follows. Loads the transformer if need be."""
        return QuestionVectors(
            texts, self._embedder.embed_queries(texts), self._opened().embed_queries(texts)
        )

    def search(self, asked: QuestionVectors, at: int, k: int, filters: Filters) -> dict[str, float]:
        """The nearest passages to one of the questions: cosines by id, all on the transformer's scale."""
        assert self._vectors is not None
        found = dict(self._vectors.search(asked.refined[at], k, filters))
        if self.share() < 1:
            static = dict(self._static.search(asked.static[at], k, filters))
            refined = set(self._refined.having(static))
            found |= {id_: _moved(cosine) for id_, cosine in static.items() if id_ not in refined}
        return found

    def cosines(self, asked: QuestionVectors, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """How near passages are to the questions, [questions, passages], on the transformer's scale."""
        assert self._vectors is not None
        near = self._vectors.cosines([passage.id for passage in passages], asked.refined)
        missing = np.isnan(near[0])
        if missing.any():
            texts = [passage.text for passage, lacks in zip(passages, missing, strict=True) if lacks]
            near[:, missing] = _moved(asked.static @ self._embedder.embed(texts).T)
        return near

    def _opened(self) -> TransformerEmbedder:
        with self._lock:
            if self._transformer is None:
                self._transformer = load_transformer(self._settings)
                self._vectors = Vectors(self._library, self._transformer, self._settings, "refined")
            return self._transformer


def _moved(static: Any) -> Any:
    return _OFFSET + _SLOPE * static
