"""What everybody has: plain dense and plain BM25 search, over the same passages as Dateline's own.

Neither sees headlines, publishers, dates or filters; both rank passages, as a first pipeline would.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from qa.core.settings import Settings
from qa.core.types import Filters, Hit, Passage, Retrieval
from qa.models.embedder import Embedder, Matrix, SentenceTransformerEmbedder
from qa.store.library import Library

_WORD = re.compile(r"\w+")


class Searcher(Protocol):
    """What an evaluation needs of a retriever."""

    library: Library

    def search(
        self,
        query: str,
        *,
        filters: Filters = Filters(),
        k: int | None = None,
        today: dt.date | None = None,
    ) -> Retrieval:
        """The best passages for a query."""
        ...


class PlainDense:
    """The cosine of all-MiniLM-L6-v2's vectors, exactly: no approximate index between."""

    def __init__(self, library: Library, settings: Settings) -> None:
        """Embeds all passages, or takes them from beside the library if they were before."""
        from qa.models.install import ensure

        self.library = library
        self._passages = _passages(library)
        self._embedder = SentenceTransformerEmbedder(str(ensure("all-minilm-l6-v2", settings)))
        self._vectors = _embedded(self._passages, self._embedder, library.folder.parent / "plain-dense.npy")

    def search(
        self,
        query: str,
        *,
        filters: Filters = Filters(),
        k: int | None = None,
        today: dt.date | None = None,
    ) -> Retrieval:
        began = time.perf_counter()
        scores = self._vectors @ self._embedder.embed_queries([query])[0]
        best = np.argsort(-scores, kind="stable")[: k or 10]
        found = [(self._passages[i], float(scores[i])) for i in best]
        return Retrieval(query, _hits(found, self.library), ms=(time.perf_counter() - began) * 1_000)


class PlainWords:
    """Tantivy's BM25 (k1 1.2, b 0.75) with its English stemmer: any of the query's words."""

    def __init__(self, library: Library) -> None:
        import tantivy

        self.library = library
        self._passages = {passage.id: passage for passage in _passages(library)}
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        schema.add_text_field("text", tokenizer_name="en_stem")
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer()
        for passage in self._passages.values():
            writer.add_document(tantivy.Document(id=passage.id, text=passage.text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(
        self,
        query: str,
        *,
        filters: Filters = Filters(),
        k: int | None = None,
        today: dt.date | None = None,
    ) -> Retrieval:
        began = time.perf_counter()
        # Lower case, so that no word is taken for an operator.
        asked = self._index.parse_query(" ".join(_WORD.findall(query.lower())), ["text"])
        searcher = self._index.searcher()
        results = searcher.search(asked, k or 10).hits
        found = [(self._passages[str(searcher.doc(place)["id"][0])], score) for score, place in results]
        return Retrieval(query, _hits(found, self.library), ms=(time.perf_counter() - began) * 1_000)


def _passages(library: Library) -> list[Passage]:
    ids = [article.id for article in library.articles(limit=10_000_000)]
    return [passage for id_ in ids for passage in library.passages_of(id_)]


def _embedded(passages: Sequence[Passage], embedder: Embedder, kept: Path) -> Matrix:
    if not kept.exists():
        np.save(kept, embedder.embed([passage.text for passage in passages]))
    vectors: Matrix = np.load(kept)
    return vectors


def _hits(found: Sequence[tuple[Passage, float]], library: Library) -> tuple[Hit, ...]:
    articles = library.articles_by_id(passage.article_id for passage, _ in found)
    return tuple(
        Hit(passage, articles[passage.article_id], score, rank)
        for rank, (passage, score) in enumerate(found, start=1)
    )
