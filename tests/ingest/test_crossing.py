"""After an ingest: what is told of a library that is not in English alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.crossing import to_cross
from qa.core.settings import Settings
from qa.core.types import Article
from qa.store.library import Library, article_id


@pytest.mark.parametrize(
    ("languages", "embeddings", "said"),
    [
        ("en en", "static", None),
        ("en ur ur zh", "static", "3 documents are not in English, most of them in Urdu."),
        ("zh", "minilm", "1 document is not in English: it is in Chinese."),
        ("en ur", "multilingual", None),
        ("en " * 40 + "fr", "static", None),
    ],
)
def test_it_is_told_where_documents_are_in_other_languages(
    tmp_path: Path, languages: str, embeddings: str, said: str | None
) -> None:
    library = Library(tmp_path / "library", create=True)
    for number, code in enumerate(languages.split()):
        id_ = article_id(str(number))
        library.put(Article(id=id_, title="", body="-", source=str(number), language=code), [])
    told = to_cross(library, Settings(embeddings=embeddings))
    assert (told or "").partition(" To search")[0] == (said or "")
