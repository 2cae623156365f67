"""A small real library for the tests of search: real embedder, real Chroma, real Tantivy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.core.settings import Settings
from qa.core.types import Article, Passage
from qa.models.embedder import StaticEmbedder, load_static
from qa.search.retriever import HybridRetriever, open_retriever
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id, passage_id
from qa.store.vectors import Vectors
from tests.qa.briefs import MEETING, PLANT, paragraphs

TEXTS = {
    "meeting": "The 4th meeting of the Joint Working Group (JWG) was held in Islamabad on 21 January 2024.",
    "port": "Dredging of the port's navigation channel cost 14.5 million dollars, the ministry said.",
    "railway": "The railway between Karachi and Peshawar will be upgraded to carry trains at 160 km an hour.",
    "chinese": "巴基斯坦和中国在伊斯兰堡举行了会议。",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")


@pytest.fixture
def library(settings: Settings) -> Library:
    return Library(settings.library, create=True)


@pytest.fixture(scope="session")
def embedder() -> StaticEmbedder:
    return load_static(Settings())


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    """Search over the tests' own two articles."""
    settings = Settings(library=tmp_path_factory.mktemp("briefs"))
    library = Library(settings.library, create=True)
    for article in (MEETING, PLANT):
        library.put(article, tuple(paragraphs(article)))
    retriever = open_retriever(settings, library)
    for index in (retriever.lexical, retriever.vectors):
        assert isinstance(index, Lexical | Vectors)
        index.sync()
    return retriever


@pytest.fixture
def vectors(library: Library, embedder: StaticEmbedder, settings: Settings) -> Vectors:
    return Vectors(library, embedder, settings)


@pytest.fixture
def lexical(library: Library) -> Lexical:
    return Lexical(library)


Store = Callable[..., Passage]


@pytest.fixture
def store(library: Library) -> Store:
    """Stores an article of one passage and returns the passage."""

    def put(name: str, text: str = "", **fields: object) -> Passage:
        body = text or TEXTS[name]
        id_ = article_id(name)
        fields = {"title": name.title(), "language": "en", "published": dt.date(2024, 1, 22)} | fields
        passage = Passage(passage_id(id_, 0, body), id_, 0, 0, 0, len(body), body)
        library.put(Article(id=id_, body=body, source=name, **fields), [passage])  # type: ignore[arg-type]
        return passage

    return put
