"""Documents taken out of the library, and out of its indexes."""

from __future__ import annotations

from collections.abc import Iterable

from qa.store.library import Library
from qa.web.engine import engine


def remove(library: Library, articles: Iterable[str]) -> None:
    """Removes articles (by id); what they were found by goes at once."""
    from ingest.indexer import catch_up

    for id_ in articles:
        library.remove(id_)
    catch_up(library, engine().settings)
