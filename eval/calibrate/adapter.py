"""Teaches the lower layers of the built-in model to judge, by low-rank adaptation.

Hu et al. 2021 (https://arxiv.org/abs/2106.09685): to each matrix of the upper of these layers a product of
two thin ones is added, and only those are fitted, together with one regression a class over the state at the
last token (see `qa.models.probe`). So a file of some megabytes holds what was learned, and llama.cpp adds it
while it reads. It takes about half an hour on two cores, so what was reached is kept every few steps.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from eval.calibrate.layers import Layers

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer

FROM_LAYER = 10
"""The first layer that is adapted; below, words are hardly put together (see `qa.models.states`)."""

_RANK, _ALPHA = 8, 16.0
_BATCH, _EPOCHS, _WARM_UP = 8, 1, 20  # examples, passes, steps
_RATE, _REGRESSION_RATE = 3e-4, 1e-4  # of learning; a state's numbers are large
_DECAY = 0.01  # of the weights
_NORM = 1.0  # a step's gradients are cut to this length
_ALIKE = 8  # batches of examples of like length, so that little is read for nothing
_KEEP_EVERY = 25  # steps

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Adapted:
    """What was learned: the thin matrices by llama.cpp's names, and the regressions over the state.

    `weights` has the shape [classes, dimensions], `biases` [classes].
    """

    matrices: dict[str, Floats]
    weights: Floats
    biases: Floats


def train(
    texts: Sequence[str],
    holds: Floats,
    layers: Layers,
    kept: Path,
    advance: Callable[[int, int], None],
) -> Adapted:
    """What tells the texts of each class from the others.

    Args:
        texts: what the model reads.
        holds: whether each text is of each class, 1 or 0, and NaN where that is not known, [texts, classes].
        layers: the model's lower layers.
        kept: the file that a stopped run goes on from.
        advance: told how many of how many steps are done.
    """
    import torch

    torch.manual_seed(0)
    thin = layers.adapt(FROM_LAYER, _RANK, _ALPHA)
    weights = torch.zeros(holds.shape[1], layers.dimensions, requires_grad=True)
    biases = torch.zeros(holds.shape[1], requires_grad=True)
    fitted = [*thin.values(), weights, biases]
    rates = ((list(thin.values()), _RATE), ([weights, biases], _REGRESSION_RATE))
    optimizer = torch.optim.AdamW([{"params": of, "lr": rate} for of, rate in rates], weight_decay=_DECAY)
    done = _restore(kept, optimizer, fitted)
    tokens = [layers.tokens(text) for text in texts]
    steps = [batch for epoch in range(_EPOCHS) for batch in _batches([*map(len, tokens)], epoch)]
    for number, batch in enumerate(steps[done:], start=done):
        for group, (_, rate) in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * _share_of_rate(number, len(steps))
        logits = layers.states([tokens[n] for n in batch]) @ weights.T + biases
        target = torch.tensor(holds[batch], dtype=torch.float32)
        known = ~target.isnan()
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits[known], target[known])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, _NORM)
        optimizer.step()
        advance(number + 1, len(steps))
        if (number + 1) % _KEEP_EVERY == 0:
            _save(kept, number + 1, optimizer, fitted)
    return Adapted(
        {name: each.detach().numpy() for name, each in thin.items()},
        weights.detach().numpy(),
        biases.detach().numpy(),
    )


def logits(adapted: Adapted, layers: Layers, texts: Sequence[str]) -> Floats:
    """The log-odds of each class for texts, [texts, classes], by the layers as they were adapted."""
    import torch

    tokens = [layers.tokens(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda n: len(tokens[n]))
    found = np.empty((len(texts), len(adapted.biases)), dtype=np.float32)
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            states = layers.states([tokens[n] for n in batch]).numpy()
            found[batch] = states @ adapted.weights.T + adapted.biases
    return found


def keep(adapted: Adapted, path: Path) -> None:
    """Writes the thin matrices as llama.cpp reads them, a GGUF file."""
    from gguf import GGUFWriter

    writer = GGUFWriter(path, "qwen2")
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", _ALPHA)
    for name, matrix in adapted.matrices.items():
        writer.add_tensor(name, matrix.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _batches(lengths: Sequence[int], epoch: int) -> list[list[int]]:
    """The numbers of all examples, parted at random; those of a batch are of like length."""
    drawn = random.Random(epoch)
    order = drawn.sample(range(len(lengths)), len(lengths))
    batches = []
    for start in range(0, len(order), _BATCH * _ALIKE):
        near = sorted(order[start : start + _BATCH * _ALIKE], key=lengths.__getitem__)
        batches += [near[first : first + _BATCH] for first in range(0, len(near), _BATCH)]
    return drawn.sample(batches, len(batches))


def _share_of_rate(step: int, steps: int) -> float:
    """Of the learning rate, 0..1: up in a line, down along a cosine."""
    return min(1.0, (step + 1) / _WARM_UP) * (1 + math.cos(math.pi * step / steps)) / 2


def _save(path: Path, done: int, optimizer: Optimizer, fitted: Sequence[Tensor]) -> None:
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".part")
    torch.save({"done": done, "optimizer": optimizer.state_dict(), "fitted": list(fitted)}, scratch)
    scratch.replace(path)


def _restore(path: Path, optimizer: Optimizer, fitted: Sequence[Tensor]) -> int:
    """Puts back what a stopped run had reached; returns how many steps it had done."""
    import torch

    if not path.exists():
        return 0
    saved = torch.load(path)
    optimizer.load_state_dict(saved["optimizer"])
    with torch.no_grad():
        for each, value in zip(fitted, saved["fitted"], strict=True):
            each.copy_(value)
    done: int = saved["done"]
    return done
