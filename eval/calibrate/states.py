"""The built-in model's states of many texts, each read once and kept: a killed run goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import digests
from qa.models.probe import State


def read(
    texts: Sequence[str], of: Callable[[str], State], cache: Path, advance: Callable[[int, int], None]
) -> NDArray[np.float64]:
    """The states of texts.

    Args:
        texts: what the model reads.
        of: what it makes of a text, which takes a second or two.
        cache: the folder to keep states under.
        advance: told how many of how many are there.

    Returns:
        The states, shape [texts, dimensions].
    """
    folder = cache / "eval" / "states"
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, text in enumerate(texts, start=1):
        kept = folder / f"{digests.digest(text)}.npy"
        if not kept.exists():
            scratch = kept.with_suffix(".part.npy")
            np.save(scratch, of(text).astype(np.float16))
            scratch.replace(kept)
        found.append(np.load(kept))
        advance(number, len(texts))
    return np.stack(found).astype(np.float64)
