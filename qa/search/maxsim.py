"""Late interaction: each word of the question is compared with the words of the best passages.

Khattab and Zaharia's MaxSim (ColBERT, https://arxiv.org/abs/2004.12832) over static vectors,
which are looked up and need no storage. Rare words count more: the distilled vectors of frequent word pieces
are shorter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from qa.models.embedder import Matrix, StaticEmbedder, unit
from qa.text.sentences import spans

Scores = NDArray[np.float32]


class LateInteraction:
    """Scores texts against a question, word piece by word piece."""

    def __init__(self, embedder: StaticEmbedder) -> None:
        self._embedder = embedder
        # The products are small: with several threads, waiting took four times as long as the work.
        ThreadpoolController().select(internal_api="openblas").limit(limits=1)

    def score(self, query: str, texts: Mapping[str, str]) -> dict[str, float]:
        """How closely each text matches the query's word pieces: -1..1."""
        pieces = _Pieces(self._embedder, list(texts.values()))
        asked = _Asked(self._embedder, query)
        return dict(zip(texts, asked.weighed(pieces.best(asked)).tolist(), strict=True))

    def read(self, passages: Sequence[str], headers: Sequence[str]) -> TokenizedPassages:
        """Passages with their headlines, cut into word pieces once for several queries."""
        return TokenizedPassages(self._embedder, passages, headers)


class Closeness(NamedTuple):
    """How close passages are to a query, [passages] each, -1..1.

    `passage`: MaxSim with the whole passage and its headline. `sentence`: MaxSim with the best
    sentence. `meaning`: cosine with the best sentence's mean vector.
    """

    passage: Scores
    sentence: Scores
    meaning: Scores


class TokenizedPassages:
    """Passages, cut into sentences and these into word pieces."""

    def __init__(self, embedder: StaticEmbedder, passages: Sequence[str], headers: Sequence[str]) -> None:
        sentences = [_sentences(text) for text in passages]
        self._embedder = embedder
        self._sentences = _Pieces(embedder, [each for those in sentences for each in those])
        self._headers = _Pieces(embedder, headers)
        self._means = self._sentences.means()
        self._starts = np.cumsum([0, *map(len, sentences)])[:-1]

    def closeness(self, query: str) -> Closeness:
        """How close each passage is to a query."""
        asked = _Asked(self._embedder, query)
        best = self._sentences.best(asked)
        whole = np.maximum(np.maximum.reduceat(best, self._starts, axis=1), self._headers.best(asked))
        meaning = self._means @ self._embedder.embed([query])[0]
        return Closeness(
            asked.weighed(whole),
            np.maximum.reduceat(asked.weighed(best), self._starts),
            np.maximum.reduceat(meaning, self._starts),
        )


class _Asked:
    """A query's word pieces, each once."""

    def __init__(self, embedder: StaticEmbedder, query: str) -> None:
        vectors = embedder.pieces[np.unique(embedder.piece_ids([query])[0])]
        self.vectors = unit(vectors)
        self._weights = np.linalg.norm(vectors, axis=1)

    def weighed(self, best: Matrix) -> Scores:
        """The weighted mean of [pieces, texts] over the query's pieces."""
        return np.asarray(self._weights @ best / max(float(self._weights.sum()), 1e-9), dtype=np.float32)


class _Pieces:
    """The word pieces of texts, one text after another."""

    def __init__(self, embedder: StaticEmbedder, texts: Sequence[str]) -> None:
        pieces = embedder.piece_ids(texts)
        self._lengths = np.array([len(ids) for ids in pieces], dtype=np.int64)
        joined = np.concatenate([*pieces, np.zeros(0, dtype=np.int64)])
        known, self._places = np.unique(joined, return_inverse=True)
        self._vectors = embedder.pieces[known]
        self._units = unit(self._vectors)
        self._full = self._lengths > 0  # `reduceat` can't take an empty run.
        self._starts = (np.cumsum(self._lengths) - self._lengths)[self._full]

    def best(self, asked: _Asked) -> Matrix:
        """Each asked piece's best cosine in each text, [asked, texts]; 0 in an empty text."""
        best = np.zeros((len(asked.vectors), len(self._full)), dtype=np.float32)
        if len(self._starts):
            cosines = asked.vectors @ self._units.T
            best[:, self._full] = np.maximum.reduceat(cosines[:, self._places], self._starts, axis=1)
        return best

    def means(self) -> Matrix:
        """Each text's mean vector, unit length, [texts, dimensions]."""
        shape = len(self._full), len(self._vectors)
        cells = np.repeat(np.arange(shape[0]) * shape[1], self._lengths) + self._places
        counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
        return unit(counts.astype(np.float32) @ self._vectors)


@lru_cache(maxsize=8_192)
def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)] or [text]
