"""The content words of a text as stems: what is left when the small words are taken out."""

from __future__ import annotations

from functools import lru_cache

from qa.text.facts import COMMON
from qa.text.terms import terms

_STOP_STEMS = frozenset(stem for word in COMMON for stem in terms(word)) | frozenset(
    stem
    for word in "am isn aren wasn weren don doesn didn won wouldn just only very into out up down off again "
    "once own same too now still already even upon within toward towards along across per via etc "
    "much many often day including include includes included state states stated respectively source "
    "sources library".split()
    for stem in terms(word)
)


@lru_cache(maxsize=16_384)
def content(text: str, language: str | None = None) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(term for term in terms(text, language) if term not in _STOP_STEMS and len(term) > 1)


def coverage(wanted: str, text: str) -> float:
    """The share of one text's content words that another has, 0..1; 1 when there are none."""
    stems = content(wanted)
    return len(stems & content(text)) / len(stems) if stems else 1.0
