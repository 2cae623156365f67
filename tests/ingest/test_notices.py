"""Retractions, corrections and satire, as their publishers mark them."""

from __future__ import annotations

import sqlite3

import pytest

from ingest.notices import notice_of
from ingest.pipeline import ingest
from qa.store.library import Library
from qa.verify.spans import cite
from tests.ingest.pages import PARAGRAPHS

STORY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("title", "note", "kind"),
    [
        ("Ferry sinks", "Correction: Jan. 21, 2024. An earlier version of this article misstated the number.", "correction"),
        ("Ferry sinks", "This article was amended on 21 January 2024. It was first said that 30 were aboard.", "correction"),
        ("Ferry sinks", "Correction 21 January 2024: The ministry's name has been changed.", "correction"),
        ("Ferry sinks", "(Corrects paragraph 3 to say 26, not 62)", "correction"),
        ("CORRECTED-Ferry sinks near harbour", "", "correction"),
        ("Le ferry a coulé", "Rectificatif : le nom du ministre a été corrigé.", "correction"),
        ("El ferri se hundió", "Fe de errores: una versión anterior de este artículo daba otra cifra.", "correction"),
        ("渡轮沉没", "更正：早前版本误写了人数。", "correction"),
        ("RETRACTED: Ferries are never late", "", "retraction"),
        ("Ferry sinks", "Editor's note: This story has been retracted after a review found its source invented.", "retraction"),
        ("Ferry sinks", "[Retraction] The Post no longer stands by this report.", "retraction"),
        ("Ferry sinks", "This article is satire.", "satire"),
        ("Satire | Ferry refuses to sail", "", "satire"),
    ],
)  # fmt: skip
def test_what_publishers_say_of_their_own_articles(title, note, kind):
    assert notice_of(title, f"{STORY}\n\n{note}") == kind
    assert notice_of(title, f"{note}\n\n{STORY}") == kind


@pytest.mark.parametrize(
    "title",
    [
        "Journal retracts study on ferries", "Correction of the exchange rate expected", "Court corrected the record, minister says",
        "Satire festival opens in the harbour", "Withdrawal of troops begins",
    ],
)  # fmt: skip
def test_news_about_retractions_and_corrections_are_none_themselves(title):
    assert notice_of(title, STORY) is None


def test_satire_is_known_by_its_publisher_and_section():
    assert notice_of("Ferry refuses", STORY, None, "https://www.theonion.com/a") == "satire"
    assert notice_of("Ferry refuses", STORY, "Satire") == "satire"
    assert notice_of("Ferry refuses", STORY, "World", "https://theonion.com.example/a") is None


def test_a_notice_is_stored_and_stands_on_citations_of_an_older_library_too(settings, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"RETRACTED: Ferry sinks\n\n{STORY}")
    Library(settings.library, create=True)
    with sqlite3.connect(settings.library / "catalogue.sqlite3") as connection:
        connection.execute("ALTER TABLE articles DROP COLUMN notice")
        connection.execute("PRAGMA user_version = 1")
    ingest([str(path)], settings)
    (article,) = Library(settings.library).articles()
    assert article.notice == "retraction"
    assert cite(article, 0, 20, 1).notice == "retraction"
