"""The sample's library with what search and timelines need: the word index, days, an Urdu and a Chinese text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import scripted

from qa.core.types import Article, Passage
from qa.dates.find import find_days
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id, passage_id

URDU = "گوادر: وزیر اعظم نے پیر کو گوادر بندرگاہ پر نئے ٹرمینل کا افتتاح کیا۔"
CHINESE = "瓜达尔电：巴基斯坦总理为瓜达尔港新码头揭幕，中国驻巴基斯坦大使出席仪式。"


def fill(folder: Path) -> Library:
    """A library that can be searched, without vectors."""
    library = scripted.fill(folder)
    for article in library.articles(limit=1_000):
        days = find_days(article.body, article.published, "en")
        library.put(replace(article, days=days), library.passages_of(article.id))
    _put(library, "urdu", "گوادر بندرگاہ پر نئے ٹرمینل کا افتتاح", URDU, "ur")
    _put(library, "chinese", "瓜达尔港新码头启用", CHINESE, "zh")
    Lexical(library).sync()
    return library


def _put(library: Library, source: str, title: str, body: str, language: str) -> None:
    id_ = article_id(source)
    passage = Passage(passage_id(id_, 0, body), id_, 0, 0, 0, len(body), body)
    article = Article(id_, title, body, source, "روزنامہ", date(2024, 3, 4), language=language)
    library.put(article, [passage])
