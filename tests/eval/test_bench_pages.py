"""The made-up library that the pages are timed over, and a round through the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench_pages import bench_pages
from eval.large_library import large_library
from qa.lexical import Lexical
from qa.settings import Settings


def test_a_made_up_library_is_whole(tmp_path: Path) -> None:
    library = large_library(tmp_path / "library", 40)
    articles = library.articles_by_id(next(library.batches_of_ids(40)))
    assert len(articles) == 40
    assert library.count_stories() < 40
    assert all(
        article.body[day.start : day.end] == day.text for article in articles.values() for day in article.days
    )
    assert {id_.rpartition("-")[0] for id_, _ in Lexical(library).with_phrase("Gwadar", 500)} == set(articles)


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_is_timed(settings: Settings, tmp_path: Path) -> None:
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("there is no Chromium at /usr/bin/chromium; install it with: apt install chromium")
    found = bench_pages(settings.model_copy(update={"cache": tmp_path}), 400, print, rounds=1)
    assert [row["page"] for row in found["rows"]] == [
        "Library",
        "Search",
        "Timeline",
        "Check",
        "Evaluation",
        "Ask",
    ]
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in found["rows"])
