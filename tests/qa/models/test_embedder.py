from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding

from qa.core.settings import Settings
from qa.core.types import Article, Passage
from qa.models.embedder import LangChainEmbedder, SentenceTransformerEmbedder, StaticEmbedder, unit
from qa.store.library import Library
from qa.store.vectors import Vectors


def test_vectors_have_unit_length_and_know_meaning(embedder: StaticEmbedder) -> None:
    ship, boat, tax = embedder.embed(["a ship at sea", "a boat on the ocean", "income tax law"])
    assert np.allclose(np.linalg.norm(ship), 1.0, atol=1e-5)
    assert ship @ boat > ship @ tax
    assert len(ship) == embedder.dimensions == 384


def test_an_empty_text_is_a_zero_vector(embedder: StaticEmbedder) -> None:
    assert not embedder.embed([""]).any()
    assert not unit(np.zeros((1, 3))).any()


def test_the_static_model_loads_without_torch() -> None:
    code = (
        "import sys; from qa.models.embedder import load_static; from qa.core.settings import Settings;"
        "load_static(Settings()).embed(['x']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_embedder_is_one_of_langchains(embedder: StaticEmbedder) -> None:
    (vector,) = embedder.embed_documents(["a ship at sea"])
    assert vector == embedder.embed_query("a ship at sea")
    assert len(vector) == embedder.dimensions


def test_one_of_langchains_is_an_embedder(library: Library, settings: Settings) -> None:
    texts = ("A ship at sea.", "Income tax law.")
    body = " ".join(texts)
    passages = [
        Passage(str(at), "a", at, 0, body.index(text), body.index(text) + len(text), text)
        for at, text in enumerate(texts)
    ]
    library.put(Article(id="a", title="", body=body, source="a"), passages)
    fake = LangChainEmbedder(DeterministicFakeEmbedding(size=16), "fake")
    vectors = Vectors(library, fake, settings)
    assert vectors.sync() == 2
    ((best, cosine),) = vectors.search("Income tax law.", 1)
    assert best == "1"
    assert np.isclose(cosine, 1.0, atol=1e-5)


def test_a_model_with_prompts_of_its_own_gets_them(tmp_path: Path, embedder: StaticEmbedder) -> None:
    """A question and a passage of the same words have other vectors; one's prompt is as if written out."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    module = StaticEmbedding(embedder._tokenizer, embedding_weights=embedder.pieces)
    prompts = {"query": "question: ", "document": "newspaper: "}
    SentenceTransformer(modules=[module], device="cpu", prompts=prompts).save(str(tmp_path / "prompted"))
    prompted = SentenceTransformerEmbedder(str(tmp_path / "prompted"))
    for found, prompt in (
        (prompted.embed_query("tax"), "question"),
        (prompted.embed(["tax"])[0], "newspaper"),
    ):
        assert np.allclose(found, embedder.embed([f"{prompt} : tax"])[0], atol=1e-4)
