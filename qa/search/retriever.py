"""Hybrid search as a LangChain retriever: words and vectors fused, then the best compared word by word."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, PrivateAttr

from qa.core.settings import Settings
from qa.core.types import Article, Filters, Hit, Passage, Retrieval, Timeframe
from qa.models.chosen import load_embedder
from qa.models.embedder import StaticEmbedder, load_static
from qa.models.multilingual import SWITCH
from qa.models.rerank import CrossEncoderReranker
from qa.search.diversity import SUMMARY, broad, distinct
from qa.search.event_time import resolve
from qa.search.fusion import fuse, spread
from qa.search.maxsim import LateInteraction, Scores, TokenizedPassages
from qa.search.parts import Part, Publishers, parts
from qa.search.time_ranking import narrowed, score_by_time
from qa.store.dense import DenseSearch, QuestionVectors, Whole
from qa.store.lexical import Lexical
from qa.store.library import Header, Library
from qa.store.vectors import Vectors
from qa.text.language import called, foreign

CANDIDATES = 100  # passages that each index gives for a question
POOL = 50  # the best of them, which are compared word by word
RERANKED = 20  # passages that a cross-encoder reads, where one is set
PART_CANDIDATES = 100
PART_POOL = 20
_MOST = 0.5  # From this share of known words on, a question is in a language of the library.
BREADTH = 5  # times as many passages are read for a summary as are kept
PUBLISHER_WEIGHT = 0.5  # beside a relevance of 0..1
PARTS_SHARE = (
    0.5  # of a passage's score, from the best part of the question; the rest from the whole question
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the scores.

    They were fitted with a listwise loss on half of SQuAD's questions, rounded by hand, and checked on the
    other half and on MultiHop-RAG: development values. Small changes matter little.
    `dense` is for static vectors, `refined` for a library that has a transformer's for all passages.
    """

    lexical: float = 0.4
    dense: float = 0.05
    refined: float = 0.5
    passage: float = 0.3
    sentence: float = 0.15
    meaning: float = 0.15

    def for_words(self, known: float) -> Weights:
        """Weights for a question of whose words the library has only a share: words count less."""
        return replace(
            self,
            lexical=known * self.lexical,
            passage=known * self.passage,
            sentence=known * self.sentence,
            meaning=known * self.meaning,
        )


class HybridRetriever(BaseRetriever):
    """Finds passages by their words and their meaning."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    vectors: Vectors
    lexical: Lexical
    late: LateInteraction
    k: int = Field(8, ge=1)
    refinement: DenseSearch | None = None
    reranker: CrossEncoderReranker | None = None
    weights: Weights = Weights()
    headed: bool = True  # Count headline and publisher among a passage's words; off to measure it.
    split: bool = True  # Search for a question's parts too; off to measure what it brings.
    diverse: bool = True  # Fold the same story, join neighbours; off to measure what it brings.
    timed: bool = True  # Use the time that a question asks about; off to measure what it brings.

    _known_publishers: tuple[int, Publishers] = PrivateAttr((-1, Publishers(())))

    def search(
        self,
        query: str,
        *,
        filters: Filters = Filters(),
        k: int | None = None,
        today: dt.date | None = None,
    ) -> Retrieval:
        """The best passages for a question, and how it was understood."""
        while True:
            indexes = self.library.indexes
            found = self._searched(query, filters, k, today or dt.date.today())
            if indexes == self.library.indexes:  # Else a rebuild replaced them meanwhile.
                return found

    def _searched(self, query: str, filters: Filters, k: int | None, today: dt.date) -> Retrieval:
        began = time.perf_counter()
        timeframe = self._timeframe(query, filters, today)
        note = None
        summary = self.diverse and SUMMARY.search(query) is not None
        about = SUMMARY.sub(" ", query) if summary else query
        if timeframe is None:
            scores = self._scores(about, filters)
        else:
            scores, note = self._timed_scores(about, filters, timeframe)
        hits = self._hits(scores, k or self.k, summary=summary)
        note = self._not_crossed(query) or note
        elapsed_ms = (time.perf_counter() - began) * 1_000
        return Retrieval(query, hits, timeframe, filters, note, elapsed_ms)

    def _not_crossed(self, query: str) -> str | None:
        """A note if neither the library's words nor its vectors know the question's language."""
        if self.vectors.embedder().crosses_languages or self.lexical.known(query) >= _MOST:
            return None
        language = foreign(query)
        if language is None or language in self.library.languages():
            return None
        return f"The question is in {called(language)}, the documents are not. {SWITCH}"

    def _timeframe(self, query: str, filters: Filters, today: dt.date) -> Timeframe | None:
        if not self.timed:
            return None
        return resolve(query, today, lambda words: self._hits(self._scores(words, filters), self.k))

    def _timed_scores(
        self, query: str, filters: Filters, timeframe: Timeframe
    ) -> tuple[dict[str, float], str | None]:
        """Scores that use the question's time, and a note if nothing is from that time."""
        # With a filter for the time, the words "in 2024" would only find other things of 2024.
        words = query.replace(timeframe.text, " ") if timeframe.on == "published" else query
        scores = self._scores(words, narrowed(filters, timeframe))
        timed = score_by_time(scores, self.library.times(scores), timeframe)
        if timed.scores:
            note = None if timed.found else f"Nothing found is from the time asked about ({timeframe.text})."
            return timed.scores, note
        note = f"Nothing was published in the time asked about ({timeframe.text}); this is from other dates."
        return self._scores(query, filters), note

    def _scores(self, query: str, filters: Filters) -> dict[str, float]:
        """Relevance by passage id, 0..1: from the whole question and from its best part."""
        asked = [Part(query, self.publishers().named(query))]
        if self.split:
            asked += parts(query, self.publishers())
        dense = self._dense()
        share = dense.share() if dense and self.weights.dense else 0.0
        meant = (dense, dense.embedded([part.text for part in asked])) if dense and share else None
        found = [self._found_by(part, at, filters, meant) for at, part in enumerate(asked)]
        pool = dict.fromkeys(id_ for each in found for id_ in each.best)
        passages = self.library.passages_by_id(pool)
        if not passages:
            return {}
        known = self.library.headers(passage.article_id for passage in passages.values())
        headers = [known.get(passage.article_id, Header()) for passage in passages.values()]
        reading = self.late.read(
            [passage.text for passage in passages.values()],
            [header.title if self.headed else "" for header in headers],
        )
        if meant:
            near = meant[0].cosines(meant[1], list(passages.values()))
        else:
            near = np.array([[each.dense.get(id_, 0.0) for id_ in passages] for each in found])
        weights = replace(self.weights, dense=share * self.weights.refined + (1 - share) * self.weights.dense)
        scored = [
            _scored(each, list(passages), cosines, reading, headers, weights.for_words(each.known))
            for each, cosines in zip(found, near, strict=True)
        ]
        total = scored[0]
        if len(scored) > 1:
            total = (1 - PARTS_SHARE) * total + PARTS_SHARE * np.max(scored[1:], axis=0)
        if self.reranker is not None:
            total = self._reranked(query, [passage.text for passage in passages.values()], total)
        return dict(zip(passages, total.tolist(), strict=True))

    def _reranked(self, query: str, texts: Sequence[str], scores: Scores) -> Scores:
        """The best passages in the cross-encoder's order, before all others."""
        assert self.reranker is not None
        best = np.argsort(-scores, kind="stable")[:RERANKED]
        reranked: Scores = scores / np.float32(2)
        reranked[best] = 0.5 + spread(self.reranker.score(query, [texts[at] for at in best])) / 2
        return reranked

    def _dense(self) -> DenseSearch | Whole | None:
        """The dense search of this library; None if it has static vectors only."""
        static = isinstance(self.vectors.embedder(), StaticEmbedder)
        return self.refinement if static else Whole(self.vectors)

    def _found_by(
        self, part: Part, at: int, filters: Filters, meant: tuple[DenseSearch | Whole, QuestionVectors] | None
    ) -> _Found:
        """What both indexes give for a part, and the best of each publisher that it names."""
        whole = at == 0
        k = CANDIDATES if whole else PART_CANDIDATES
        narrower = [filters]
        if part.publishers and not filters.publishers:
            narrower.append(replace(filters, publishers=part.publishers))
        lexical: dict[str, float] = {}
        if self.weights.lexical:
            lexical = dict(self.lexical.search(part.text, k, *narrower, headed=self.headed))
        dense: dict[str, float] = {}
        if meant:
            dense = meant[0].search(meant[1], at, k, filters)
        elif whole and self.weights.dense:
            dense = dict(self.vectors.search(part.text, k, filters))
        known = self.lexical.known(part.text) if self.vectors.embedder().crosses_languages else 1.0
        fused = fuse([lexical, dense], [0.5 * known, 1 - 0.5 * known])
        best = sorted(fused, key=lambda id_: (-fused[id_], id_))[: POOL if whole else PART_POOL]
        return _Found(part, lexical, dense, best, known)

    def sentence_scores(self, query: str, sentences: Sequence[str]) -> list[float]:
        """The late-interaction score of each sentence for a query."""
        scores = self.late.score(query, {str(at): text for at, text in enumerate(sentences)})
        return [scores[str(at)] for at in range(len(sentences))]

    def publishers(self) -> Publishers:
        """Recognises the library's publishers."""
        generation = self.library.generation()
        if generation != self._known_publishers[0]:
            self._known_publishers = (generation, Publishers(self.library.publishers()))
        return self._known_publishers[1]

    def _hits(self, scores: Mapping[str, float], k: int, *, summary: bool = False) -> tuple[Hit, ...]:
        most = BREADTH * k if summary else 2 * k + 10
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:most]
        passages, articles = self._found(best)
        hits = (
            Hit(passages[id_], articles[passages[id_].article_id], scores[id_], rank)
            for rank, id_ in enumerate((id_ for id_ in best if id_ in passages), start=1)
        )
        if not self.diverse:
            return tuple(hits)[:k]
        return broad(distinct(hits, most), k) if summary else distinct(hits, k)

    def _found(self, ids: Iterable[str]) -> tuple[dict[str, Passage], dict[str, Article]]:
        """Passages and their articles, by id."""
        passages = self.library.passages_by_id(ids)
        return passages, self.library.articles_by_id(each.article_id for each in passages.values())

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        return [_document(hit) for hit in self.search(query, **kwargs).hits]


def open_retriever(settings: Settings, library: Library | None = None) -> HybridRetriever:
    """The retriever over a library, with the embedder that the settings name."""
    library = library or Library(settings.library)
    embedder = load_embedder(settings)
    static = embedder if isinstance(embedder, StaticEmbedder) else load_static(settings)
    vectors = Vectors(library, embedder, settings)
    return HybridRetriever(
        library=library,
        vectors=vectors,
        lexical=Lexical(library),
        late=LateInteraction(static),
        refinement=DenseSearch(library, vectors, static, settings),
        reranker=CrossEncoderReranker(settings.reranker) if settings.reranker else None,
        k=settings.k,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the indexes gave for a part: scores by passage id, and the best ids in order.

    `known` is the share of its words that the library has, if the embedder crosses languages; else 1.
    """

    part: Part
    lexical: Mapping[str, float]
    dense: Mapping[str, float]
    best: Sequence[str]
    known: float


def _scored(
    found: _Found,
    ids: Sequence[str],
    cosines: Scores,
    reading: TokenizedPassages,
    headers: Sequence[Header],
    weights: Weights,
) -> Scores:
    """The scores of the pool's passages for a part, 0..1."""
    close = reading.closeness(found.part.text)
    total = (
        weights.lexical * spread(np.array([found.lexical.get(id_, 0.0) for id_ in ids]))
        + weights.dense * spread(cosines)
        + weights.passage * spread(close.passage)
        + weights.sentence * spread(close.sentence)
        + weights.meaning * spread(close.meaning)
    )
    named = np.array([header.publisher in found.part.publishers for header in headers], np.float32)
    return spread(spread(np.asarray(total)) + PUBLISHER_WEIGHT * named)


def _document(hit: Hit) -> Document:
    passage, article = hit.passage, hit.article
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
            "rank": hit.rank,
        },
    )
