"""The made-up library that the pages are timed over."""

from __future__ import annotations

from pathlib import Path

from eval.large_library import large_library
from qa.store.lexical import Lexical


def test_a_made_up_library_is_whole(tmp_path: Path) -> None:
    library = large_library(tmp_path / "library", 40)
    articles = library.articles_by_id(next(library.batches_of_ids(40)))
    assert len(articles) == 40
    assert library.count_stories() < 40
    assert all(
        article.body[day.start : day.end] == day.text for article in articles.values() for day in article.days
    )
    assert {id_.rpartition("-")[0] for id_, _ in Lexical(library).with_phrase("Gwadar", 500)} == set(articles)
