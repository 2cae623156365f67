"""The lower layers of a model are taught to tell texts apart: a tiny model, made on the spot."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFReader, GGUFWriter
from sklearn.metrics import roc_auc_score

from eval.calibrate import adapter
from eval.calibrate.layers import Layers

WORDS = [f"w{n}" for n in range(24)]
EMBEDDING, HIDDEN, HEADS, SHARED_HEADS, BLOCKS = 32, 48, 4, 2, 2


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Qwen2 model of two layers with weights drawn at random, and a word a token."""
    path = tmp_path_factory.mktemp("model") / "model.gguf"
    drawn = np.random.default_rng(0)
    writer = GGUFWriter(path, "qwen2")
    writer.add_block_count(BLOCKS)
    writer.add_context_length(64)
    writer.add_embedding_length(EMBEDDING)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(SHARED_HEADS)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    shared = EMBEDDING // HEADS * SHARED_HEADS
    shapes = {"token_embd.weight": (len(WORDS), EMBEDDING), "output_norm.weight": (EMBEDDING,)}
    for block in range(BLOCKS):
        of = {"attn_q": EMBEDDING, "attn_k": shared, "attn_v": shared}
        shapes |= {f"blk.{block}.{name}.weight": (size, EMBEDDING) for name, size in of.items()}
        shapes |= {f"blk.{block}.{name}.bias": (size,) for name, size in of.items()}
        shapes |= {f"blk.{block}.{name}.weight": (HIDDEN, EMBEDDING) for name in ("ffn_gate", "ffn_up")}
        shapes |= {f"blk.{block}.{name}.weight": (EMBEDDING,) for name in ("attn_norm", "ffn_norm")}
        shapes[f"blk.{block}.attn_output.weight"] = (EMBEDDING, EMBEDDING)
        shapes[f"blk.{block}.ffn_down.weight"] = (EMBEDDING, HIDDEN)
    for name, shape in shapes.items():
        norm = name.endswith("norm.weight")
        writer.add_tensor(
            name, np.ones(shape, np.float32) if norm else drawn.normal(0, 0.3, shape).astype("f4")
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def words(text: str) -> list[int]:
    return [WORDS.index(word) for word in text.split()]


@pytest.fixture
def layers(model: Path) -> Layers:
    return Layers(model, words)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    drawn = random.Random(1)
    return [" ".join(drawn.choices(WORDS, k=drawn.randint(3, 9))) for _ in range(240)]


@pytest.fixture(scope="module")
def holds(texts: list[str]) -> np.ndarray:
    """Whether one of four words is among a text's."""
    return np.array([bool({"w0", "w1", "w2", "w3"} & set(text.split())) for text in texts])


def test_what_was_taught_tells_texts_apart(
    layers: Layers, texts: list[str], holds: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FROM_LAYER", 0)
    monkeypatch.setattr(adapter, "_EPOCHS", 8)
    monkeypatch.setattr(adapter, "_RATE", 1e-2)
    steps: list[tuple[int, int]] = []
    found = adapter.train(texts, holds, layers, tmp_path / "kept.pt", lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1] == len(steps)
    assert roc_auc_score(holds, [adapter.logit(found, layers, text) for text in texts]) > 0.9


def test_a_stopped_run_goes_on_and_ends_alike(
    model: Path, texts: list[str], holds: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FROM_LAYER", 1)
    monkeypatch.setattr(adapter, "_EPOCHS", 1)

    def stopped(done: int, of: int) -> None:
        if done == 27:
            raise KeyboardInterrupt

    whole = adapter.train(texts, holds, Layers(model, words), tmp_path / "whole.pt", lambda done, of: None)
    with pytest.raises(KeyboardInterrupt):
        adapter.train(texts, holds, Layers(model, words), tmp_path / "kept.pt", stopped)
    begun: list[int] = []
    rest = adapter.train(
        texts, holds, Layers(model, words), tmp_path / "kept.pt", lambda done, of: begun.append(done)
    )
    assert begun[0] == 26
    assert np.allclose(whole.weights, rest.weights, atol=1e-6)
    assert all(np.allclose(whole.matrices[name], rest.matrices[name], atol=1e-6) for name in whole.matrices)


def test_the_file_holds_two_thin_matrices_for_each_that_is_adapted(
    layers: Layers, texts: list[str], holds: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FROM_LAYER", 1)
    monkeypatch.setattr(adapter, "_EPOCHS", 1)
    found = adapter.train(texts[:16], holds[:16], layers, tmp_path / "kept.pt", lambda done, of: None)
    adapter.keep(found, tmp_path / "adapter.gguf")
    shapes = {each.name: each.data.shape for each in GGUFReader(tmp_path / "adapter.gguf").tensors}
    assert len(shapes) == 14
    assert shapes["blk.1.ffn_down.weight.lora_a"] == (8, HIDDEN)
    assert shapes["blk.1.ffn_down.weight.lora_b"] == (EMBEDDING, 8)
