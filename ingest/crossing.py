"""A hint after an ingest: the library is not only in English, and how to search it across languages."""

from __future__ import annotations

from qa.core.settings import Settings
from qa.models.multilingual import SWITCH
from qa.store import listing
from qa.store.library import Library
from qa.text.language import called

_TELLING = 0.05  # of the documents; fewer may be errors of the language identification


def to_cross(library: Library, settings: Settings) -> str | None:
    """A sentence about documents that are not in English; None if there is nothing to do."""
    if settings.embeddings_url or settings.embeddings not in ("static", "minilm"):
        return None
    counted = listing.languages(library)
    others = {code: count for code, count in counted.items() if code != "en"}
    if sum(others.values()) < _TELLING * sum(counted.values()) or not others:
        return None
    most, count = called(next(iter(others))), sum(others.values())
    if count == 1:
        return f"1 document is not in English: it is in {most}. {SWITCH}"
    return f"{count:,} documents are not in English, most of them in {most}. {SWITCH}"
