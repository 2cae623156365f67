"""MinHash of a text's words in bands: two texts that share most words share a band.

128 hashes in 32 bands of 4 rows: of texts whose shingles overlap by half, 87 in 100 share a band; by 0.6, 99
in 100; of unrelated ones (0.03), 3 in 100,000. Texts that share a band are then compared word by word
(`alike`), so false matches do no harm.

A hash is a word hash mixed by MurmurHash3's finalizer (A. Appleby, public domain), then put through h -> a *
h + b modulo 2^32 with odd a (Carter and Wegman). These few lines of numpy give the same as the datasketch
package, which needs scipy: half a second for each process that reads documents.
"""

from __future__ import annotations

import re
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

HASHES = 128
BANDS = 32
WORDS_PER_SHINGLE = 3
_MIN_SHINGLES = 20
_MAX_WORDS = 6_000
# Scripts without spaces: each character is a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


def words(text: str) -> list[str]:
    """A text's words, case folded, without punctuation."""
    return _WORD.findall(text.casefold())


def bands(body: str) -> tuple[int, ...]:
    """The band hashes of a text, 64-bit signed; none if the text is too short.

    Of a very long text only the first words are used.
    """
    found = words(body)[:_MAX_WORDS]
    shingles = {
        " ".join(found[at : at + WORDS_PER_SHINGLE]) for at in range(len(found) - WORDS_PER_SHINGLE + 1)
    }
    if len(shingles) < _MIN_SHINGLES:
        return ()
    hashes = np.fromiter((zlib.crc32(shingle.encode()) for shingle in shingles), np.uint32, len(shingles))
    multiply, add = _permutations()
    least = (_mixed(hashes)[:, np.newaxis] * multiply + add).min(axis=0)
    rows = least.reshape(BANDS, HASHES // BANDS)
    return tuple(_band(number, row.tobytes()) for number, row in enumerate(rows))


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The factors and summands of the hashes, which must never change, since bands are stored."""
    draw = np.random.RandomState(1)
    factors = draw.randint(0, 1 << 31, HASHES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, HASHES, dtype=np.uint32)


def _mixed(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Hashes whose every bit depends on every bit."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return np.asarray(hashes ^ (hashes >> np.uint32(16)))


def _band(number: int, row: bytes) -> int:
    """A band's hash with its number, as a 64-bit integer for SQLite."""
    value = zlib.crc32(row, number) << 32 | zlib.crc32(row[::-1], number ^ 0x5BD1E995)
    return value - (1 << 64) if value >= 1 << 63 else value
