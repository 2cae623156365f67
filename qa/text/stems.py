"""The stems of a text's content words: all words but the small ones."""

from __future__ import annotations

from functools import lru_cache

from qa.text.english import COMMON, small
from qa.text.terms import terms

_STOP_STEMS = frozenset(stem for word in COMMON | small("common_in_content") for stem in terms(word))


@lru_cache(maxsize=16_384)
def content(text: str, language: str | None = None) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(term for term in terms(text, language) if term not in _STOP_STEMS and len(term) > 1)


def coverage(wanted: str, text: str) -> float:
    """The share of one text's content words that another has, 0..1; 1 when there are none."""
    stems = content(wanted)
    return len(stems & content(text)) / len(stems) if stems else 1.0
