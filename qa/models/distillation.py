"""The default embedder's weights: a vector for each word piece, distilled from MiniLM once.

A static model looks vectors up instead of running a network: a passage takes a millisecond instead of fifty.
The retriever makes up for what is lost. Distilling takes half a minute on two cores, at set-up; the result is
two files in the cache that load without PyTorch.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from qa.core.settings import Settings
from qa.models import install
from qa.models.derived import ensure

TEACHER = "all-minilm-l6-v2"
DIMENSIONS = 384
VECTORS = "vectors.npy"
TOKENIZER = "tokenizer.json"


def ensure_static(settings: Settings, *, progress: bool = True) -> Path:
    """The folder with the static model; distils it if no process has done so before."""

    def make(folder: Path) -> None:
        teacher = install.ensure(TEACHER, settings, progress=progress)
        if progress:
            print("Preparing the embedder (once, about half a minute)...", file=sys.stderr)
        _distill(teacher, folder)

    return ensure(settings.cache / "models" / f"static-{TEACHER}", make)


def _distill(teacher: Path, folder: Path) -> None:
    """Writes the static model's files into a folder."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # The teacher is on disk; the library would ask the hub all the same.
    # Else it reports weights of the teacher that are not used.
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    if not sys.stderr.isatty():
        os.environ["TQDM_DISABLE"] = "1"
    import numpy as np
    from model2vec.distill import distill_from_model
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(teacher)
    tokenizer: Any = AutoTokenizer.from_pretrained(teacher)
    static = distill_from_model(model, tokenizer, pca_dims=DIMENSIONS, quantize_to="float32")
    np.save(folder / VECTORS, static.embedding.astype(np.float32))
    static.tokenizer.save(str(folder / TOKENIZER))
