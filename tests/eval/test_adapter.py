"""The lower layers of a model are taught to tell texts apart: a tiny model, made on the spot."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFReader, GGUFWriter
from sklearn.metrics import roc_auc_score

from eval.calibrate import adapter
from eval.calibrate.adapter import Floats
from eval.calibrate.judges import Example, fit, keep, lines
from eval.calibrate.layers import Layers
from eval.drawn import drawn
from qa.answer import builtin_judge
from qa.verify import state_verifier

WORDS = [f"w{n}" for n in range(24)]
FIRST, SECOND = {"w0", "w1", "w2", "w3"}, {"w4", "w5", "w6", "w7"}
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
def holds(texts: list[str]) -> Floats:
    """Whether one of four words is among a text's; whether one of four others is, for every second text."""
    found = [[bool(words & set(text.split())) for words in (FIRST, SECOND)] for text in texts]
    holds = np.array(found, dtype=np.float32)
    holds[::2, 1] = np.nan
    return holds


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning for a tiny model."""
    monkeypatch.setattr(adapter, "FROM_LAYER", 0)
    monkeypatch.setattr(adapter, "_EPOCHS", 8)
    monkeypatch.setattr(adapter, "_RATE", 1e-2)
    monkeypatch.setattr(adapter, "_REGRESSION_RATE", 1e-2)


def silent(done: int, of: int) -> None:
    """Nobody is told."""


@pytest.mark.usefixtures("quick")
def test_what_was_taught_tells_the_texts_of_each_class(
    layers: Layers, texts: list[str], holds: Floats, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    found = adapter.train(texts, holds, layers, tmp_path / "kept.pt", lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1] == len(steps)
    logits = adapter.logits(found, layers, texts)
    for number, words in enumerate((FIRST, SECOND)):
        assert roc_auc_score([bool(words & set(text.split())) for text in texts], logits[:, number]) > 0.85


@pytest.mark.usefixtures("quick")
def test_the_judges_are_as_sure_as_they_are_right(
    layers: Layers, texts: list[str], holds: Floats, tmp_path: Path
) -> None:
    nan, examples = float("nan"), []
    for text, (first, second) in zip(texts, holds.tolist(), strict=True):
        examples.append(Example("pairs", text, text, (first, second, nan)))
        examples.append(Example("replies", text, text, (nan, nan, first)))
    found = fit(examples, layers, tmp_path / "kept.pt", silent)
    assert all(found.area[key][1] > 0.85 for key in (("entails", "pairs"), ("right", "replies")))
    assert {*found.area} == {("entails", "pairs"), ("contradicts", "pairs"), ("right", "replies")}
    assert len(list(lines(found))) == 6
    keep(found, tmp_path / "out")
    out = [each for each in examples if drawn(each.text, 8)]
    states = layers.states([words(each.read) for each in out]).detach().numpy()
    for name, column in ((state_verifier.WEIGHTS.name, 0), (builtin_judge.WEIGHTS.name, 2)):
        with np.load(tmp_path / "out" / name) as kept:
            probable = 1 / (1 + np.exp(-(states @ kept["weights"][0] + kept["biases"][0])))
        told = np.array([each.classes[column] for each in out])
        known = ~np.isnan(told)
        assert abs(probable[known].mean() - told[known].mean()) < 0.02


def test_a_stopped_run_goes_on_and_ends_alike(
    model: Path, texts: list[str], holds: Floats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FROM_LAYER", 1)

    def stopped(done: int, of: int) -> None:
        if done == 27:
            raise KeyboardInterrupt

    whole = adapter.train(texts, holds, Layers(model, words), tmp_path / "whole.pt", silent)
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
    layers: Layers, texts: list[str], holds: Floats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FROM_LAYER", 1)
    found = adapter.train(texts[:16], holds[:16], layers, tmp_path / "kept.pt", silent)
    adapter.keep(found, tmp_path / "adapter.gguf")
    shapes = {each.name: each.data.shape for each in GGUFReader(tmp_path / "adapter.gguf").tensors}
    assert len(shapes) == 14
    assert shapes["blk.1.ffn_down.weight.lora_a"] == (8, HIDDEN)
    assert shapes["blk.1.ffn_down.weight.lora_b"] == (EMBEDDING, 8)
