"""A transformer on ONNX Runtime: by default MiniLM with 8-bit weights, for refining a library.

all-MiniLM-L6-v2: twice as many passages a second of processor time as the same model on PyTorch (100
against 51, of 53 word pieces each), at a mean cosine of 0.993 to its vectors; a question takes some 5 ms
and no PyTorch. The graph is written once, from the model's own weights, and lies in the cache.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.core.settings import Settings
from qa.models import install
from qa.models.derived import ensure
from qa.models.distillation import DIMENSIONS, TEACHER, TOKENIZER
from qa.models.embedder import Embedder, Matrix

GRAPH = "model.onnx"
_MOST_PIECES = 256  # what the model was trained on
_BATCH = 8  # Texts of about one length; larger batches were slower.
_LONGER = 1.25  # times as many pieces as the shortest of a batch: a question's parts differ more.
_OPSET = 17


class TransformerEmbedder(Embedder):
    """The transformer's vector of each text, of unit length."""

    def __init__(
        self, folder: Path, most_pieces: int = _MOST_PIECES, question: str = "", passage: str = ""
    ) -> None:
        """Loads the graph.

        Args:
            folder: its graph and its tokenizer.
            most_pieces: what is longer is cut.
            question: what stands before a question.
            passage: what stands before a passage.
        """
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        self.name = folder.name
        self.dimensions = DIMENSIONS
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(most_pieces)
        self._tokenizer.no_padding()
        self._question, self._passage = question, passage
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # Others need the cores.
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )

    def embed(self, texts: Sequence[str]) -> Matrix:
        return self._vectors([self._passage + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        return self._vectors([self._question + text for text in texts])

    def _vectors(self, texts: list[str]) -> Matrix:
        pieces = [each.ids for each in self._tokenizer.encode_batch_fast(texts)]
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for some in _batches([len(each) for each in pieces]):
            vectors[some] = self._session.run(None, _padded([pieces[at] for at in some]))[0]
        return vectors


def load_transformer(settings: Settings) -> TransformerEmbedder:
    """The transformer; writes its graph if no process has done so before."""
    return TransformerEmbedder(ensure_transformer(settings))


def ensure_transformer(settings: Settings) -> Path:
    """The folder with the graph and the tokenizer."""
    folder = settings.cache / "models" / f"onnx-{TEACHER}-uint8"
    return ensure(folder, lambda scratch: _write(install.ensure(TEACHER, settings), scratch))


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Batches of texts of about the same length, as their positions, so that there is little padding."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):
        if batch and (len(batch) == _BATCH or lengths[at] > _LONGER * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _padded(pieces: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
    longest = max(map(len, pieces))
    ids = np.zeros((len(pieces), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, each in enumerate(pieces):
        ids[row, : len(each)] = each
        mask[row, : len(each)] = 1
    return {"ids": ids, "mask": mask}


def _write(teacher: Path, folder: Path) -> None:
    """Writes the graph and the tokenizer into a folder."""
    import logging
    import shutil
    import sys
    import warnings

    os.environ["HF_HUB_OFFLINE"] = "1"  # The model is on disk; the library would ask the hub all the same.
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"  # Else it reports weights that are not used.
    if not sys.stderr.isatty():
        os.environ["TQDM_DISABLE"] = "1"
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
    from transformers import AutoModel

    whole = folder / "whole.onnx"
    model = AutoModel.from_pretrained(teacher, attn_implementation="eager").eval()
    example = torch.ones(2, 16, dtype=torch.long), torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "texts", 1: "pieces"} for name in ("ids", "mask")} | {"vectors": {0: "texts"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # The older exporter needs one package less, and says so.
        torch.onnx.export(
            _pooled(model),
            example,
            str(whole),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
    # One scale for each row of weights: with one for all, the mean cosine is 0.980.
    logging.disable(logging.WARNING)  # It advises a step that the exporter has done.
    try:
        quantize_dynamic(whole, folder / GRAPH, weight_type=QuantType.QUInt8, per_channel=True)
    finally:
        logging.disable(logging.NOTSET)
    whole.unlink()
    shutil.copy(teacher / TOKENIZER, folder / TOKENIZER)


def _pooled(model: Any) -> Any:
    """The model with mean pooling: one vector a text, scaled to length 1."""
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: Any, mask: Any) -> Any:
            kinds = torch.zeros_like(ids)
            states = self.model(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1)
            return torch.nn.functional.normalize(mean, dim=1)

    return Pooled()
