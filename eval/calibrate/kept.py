"""What the built-in model makes of many examples, each read once and kept: a killed run goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eval import digests

T = TypeVar("T")


def read(
    examples: Sequence[T],
    key: Callable[[T], str],
    of: Callable[[T], ArrayLike],
    cache: Path,
    advance: Callable[[int, int], None],
) -> NDArray[np.float64]:
    """What the model makes of examples.

    Args:
        examples: what it reads.
        key: the text that it reads of an example.
        of: the numbers that it makes of it, which takes seconds.
        cache: the folder to keep them under.
        advance: told how many of how many are there.

    Returns:
        The numbers, shape [examples, numbers].
    """
    folder = cache / "eval" / "states"
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, example in enumerate(examples, start=1):
        kept = folder / f"{digests.digest(key(example))}.npy"
        if not kept.exists():
            scratch = kept.with_suffix(".part.npy")
            np.save(scratch, np.asarray(of(example), dtype=np.float16))
            scratch.replace(kept)
        found.append(np.load(kept))
        advance(number, len(examples))
    return np.stack(found).astype(np.float64)
