"""Undo of Remove, drawn in this process: the document comes back with its earlier text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from qa.store.library import Library
from qa.web import wording
from qa.web.removal import _REMOVED


def test_undo_brings_back_a_document_and_its_earlier_text(app: Callable[[], AppTest], folder: Path) -> None:
    library = Library(folder)
    article = library.articles(limit=1)[0]
    with library.batch() as batch:
        batch.execute(
            "INSERT INTO versions VALUES (?, '2024-01-22T00:00:00+00:00', 'Before', 'An earlier text.', NULL)",
            (article.id,),
        )
    versions, passages = library.versions(article.id), library.passages_of(article.id)
    at = app()
    at.session_state[_REMOVED] = library.take_out(article.id)
    at.switch_page("library.py").run()
    assert wording.plain(f"Removed: {article.title}") in "\n".join(each.value for each in at.markdown)
    next(button for button in at.button if button.label == "Undo").click().run()
    assert not at.exception
    assert library.versions(article.id) == versions
    assert library.passages_of(article.id) == passages
    assert _REMOVED not in at.session_state
