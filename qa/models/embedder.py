"""Text to vectors. Every embedder is a LangChain embedder, and any LangChain embedder can be used.

The default looks up a distilled vector for each word piece and averages them, with numpy and
tokenizers alone. A transformer on ONNX Runtime, any sentence-transformers model and an
OpenAI-compatible server can be chosen by a setting (see `chosen.py`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models.distillation import TOKENIZER, VECTORS, ensure_static

Matrix = NDArray[np.float32]
_REMEMBERED_WORDS = 300_000  # some 60 MB


class Embedder(Embeddings):
    """Gives texts their vectors, all of unit length."""

    name: str
    dimensions: int
    crosses_languages: bool = False
    """Whether a text and its translation have near vectors."""

    @abstractmethod
    def embed(self, texts: Sequence[str]) -> Matrix:
        """The passages' vectors, [texts, dimensions]."""

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        """The questions' vectors, [texts, dimensions]; some models embed them otherwise than passages."""
        return self.embed(texts)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.embed_queries([text])[0].tolist()
        return vector


class StaticEmbedder(Embedder):
    """Averages the distilled vectors of a text's word pieces."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.name = folder.name
        self.pieces: Matrix = np.load(folder / VECTORS)
        self.dimensions = int(self.pieces.shape[1])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, bytes] = {}

    def piece_ids(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """The word pieces of each text, as rows of `pieces`.

        Pieces never cross white space, so each word is cut once and remembered. That is five times as fast as
        cutting whole texts, and a search reads fifty of them.
        """
        words = [text.split() for text in texts]
        known = self._known
        every = set(chain.from_iterable(words))
        new = list(every.difference(known))
        if new:
            if len(known) > _REMEMBERED_WORDS:
                known, new = {}, list(every)
            encoded = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
            known |= {
                word: np.array(each.ids, np.int64).tobytes() for word, each in zip(new, encoded, strict=True)
            }
            self._known = known  # Never emptied in place: another thread may be reading it.
        return [np.frombuffer(b"".join(map(known.__getitem__, text)), np.int64) for text in words]

    def embed(self, texts: Sequence[str]) -> Matrix:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, ids in enumerate(self.piece_ids(texts)):
            if len(ids):
                vectors[row] = self.pieces[ids].mean(axis=0)
        return unit(vectors)

    def token_vectors(self, text: str) -> Matrix:
        """A unit vector for each word piece of a text, [pieces, dimensions]."""
        return unit(self.pieces[self.piece_ids([text])[0]])


class SentenceTransformerEmbedder(Embedder):
    """Any sentence-transformers model, with its own prompts for questions and passages."""

    def __init__(self, name: str, prompts: dict[str, str] | None = None) -> None:
        """Loads the model.

        Args:
            name: its name on the hub, or its folder.
            prompts: what stands before a "query" and a "document", if the model has no prompts of its own.
        """
        from sentence_transformers import SentenceTransformer

        self.name = Path(name).name
        try:
            self._model = SentenceTransformer(name, prompts=prompts)
        except (OSError, ValueError) as error:
            raise UnavailableError(
                f"The embedding model {name!r} can't be loaded: check DATELINE_EMBEDDINGS and the network."
            ) from error
        self.dimensions = int(self._model.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> Matrix:
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        vectors = self._model.encode_query(list(texts), normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)


class LangChainEmbedder(Embedder):
    """Any embedding model that LangChain knows.

    Args:
        name: the model, as a library notes it; another name means another model.
    """

    def __init__(self, model: Embeddings, name: str) -> None:
        self.name = name
        self._model = model
        self.dimensions = self.embed(["dimensions"]).shape[1]

    def embed(self, texts: Sequence[str]) -> Matrix:
        return self._vectors(lambda: self._model.embed_documents(list(texts)), len(texts))

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        return self._vectors(lambda: [self._model.embed_query(text) for text in texts], len(texts))

    def _vectors(self, embedded: Callable[[], list[list[float]]], wanted: int) -> Matrix:
        try:
            vectors = np.asarray(embedded(), dtype=np.float32)
        except UnavailableError:
            raise
        except Exception as error:  # LangChain and OpenAI's client each have errors of their own.
            raise UnavailableError(
                f"No vectors came from the embedding model {self.name} ({_reason(error)}): see that its "
                "server runs and that DATELINE_EMBEDDINGS_URL is its address."
            ) from error
        if vectors.shape[:1] != (wanted,) or vectors.ndim != 2 or not np.isfinite(vectors).all():
            raise UnavailableError(
                f"What came from the embedding model {self.name} are not {wanted:,} vectors; see what "
                "its server reports."
            )
        return unit(vectors)


def load_static(settings: Settings) -> StaticEmbedder:
    """The static embedder, which late interaction needs whatever the passages are embedded with."""
    return StaticEmbedder(ensure_static(settings))


def unit(vectors: NDArray[Any]) -> Matrix:
    """Rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
