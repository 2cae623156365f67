"""Corrects the facts about an article, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.core.types import Article
from qa.dates.find import find_days
from qa.store.library import Library
from qa.text.credits import in_credit

CORRECTABLE = ("title", "publisher", "published", "kind", "issuer")


def amend(library: Library, settings: Settings, article: Article, **changes: Any) -> Article:
    """Stores an article with corrected facts, and updates the indexes.

    Args:
        library: the library.
        settings: the settings.
        article: the article as it is.
        changes: the right values, each under one of the names in `CORRECTABLE`.

    Returns:
        The corrected article; relative days in its text are resolved anew.

    Raises:
        DatelineError: the headline is empty, or the day is in the future.
    """
    from ingest.indexer import catch_up
    from ingest.rebuild import refuse_mixing

    refuse_mixing(library, settings)
    if not changes.get("title", "a headline").strip():
        raise DatelineError("A document needs a headline.")
    amended = replace(article, **changes)
    if "published" in changes:
        amended = _dated(amended)
    library.put(amended, library.passages_of(article.id))
    catch_up(library, settings)
    return amended


def _dated(article: Article) -> Article:
    if article.published and article.published > date.today():
        raise DatelineError(f"{article.published} is in the future; give the day of publication.")
    days = find_days(article.body, article.published, article.language)
    return replace(
        article,
        published_from="reader" if article.published else "none",
        precision="day",
        inferred=False,
        days=tuple(each for each in days if not in_credit(article.body, each.start)),
    )
