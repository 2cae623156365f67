from __future__ import annotations

import subprocess
import sys

import numpy as np

from qa.models.embedder import StaticEmbedder, unit


def test_vectors_have_unit_length_and_know_meaning(embedder: StaticEmbedder) -> None:
    ship, boat, tax = embedder.embed(["a ship at sea", "a boat on the ocean", "income tax law"])
    assert np.allclose(np.linalg.norm(ship), 1.0, atol=1e-5)
    assert ship @ boat > ship @ tax
    assert len(ship) == embedder.dimensions == 384


def test_an_empty_text_is_a_zero_vector(embedder: StaticEmbedder) -> None:
    assert not embedder.embed([""]).any()
    assert not unit(np.zeros((1, 3))).any()


def test_the_static_model_loads_without_torch_and_langchain() -> None:
    code = (
        "import sys; from qa.models.embedder import load_static; from qa.core.settings import Settings;"
        "load_static(Settings()).embed(['x']); sys.exit(bool({'torch', 'langchain_core'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
