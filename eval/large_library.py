"""A library of made-up articles in any amount, for measuring the pages.

It is written straight into the catalogue and the word index, which are all that the pages read,
so that a hundred thousand articles take minutes and not the hour of a whole ingest.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from filelock import FileLock

from eval.corpus import made_up, real_text
from eval.types import Document
from ingest.splitter import split
from qa.core.types import Article, Day, Kind
from qa.store import writing
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id
from qa.text.sentences import spans

_AT_ONCE = 2_000
_TELLINGS = (1, 1, 1, 2, 3, 5)
"""Articles that tell one story, drawn for each."""
_KINDS: tuple[Kind, ...] = ("report", "report", "report", "official", "opinion")
_LANGUAGES = ("en", "en", "en", "en", "ur", "zh")


def large_library(folder: Path, count: int) -> Library:
    """The library in a folder, made if it isn't there.

    Args:
        folder: of the library, and of nothing else.
        count: how many articles.
    """
    with FileLock(f"{folder}.lock"):
        library = Library(folder, create=True)
        if library.count() < count:
            _write(library, made_up(count, real_text()))
        Lexical(library).sync()
    return library


def _write(library: Library, documents: Iterator[Document]) -> None:
    draw = random.Random(1)
    articles = _articles(documents, draw)
    while part := list(islice(articles, _AT_ONCE)):
        with library.batch() as batch:
            for article in part:
                writing.put(batch, article, split(article.id, article.body, spans(article.body)))
            batch.execute("UPDATE passages SET in_vectors = 1 WHERE in_vectors = 0")


def _articles(documents: Iterator[Document], draw: random.Random) -> Iterator[Article]:
    for first in documents:
        day = first.published or dt.date(2020, 1, 1)
        for document in (first, *islice(documents, draw.choice(_TELLINGS) - 1)):
            yield _article(document, day, article_id(first.url), draw)


def _article(document: Document, day: dt.date, story: str, draw: random.Random) -> Article:
    body, days = document.body, []
    for n, date in enumerate((day, day + dt.timedelta(days=draw.randrange(1, 200)))):
        said = f"{date.day} {date:%B %Y}"
        body += f"\n\nThe {('meeting', 'opening')[n]} in Gwadar was on {said}, the ministry said."
        start = body.rindex(said)
        days.append(Day(said, start, start + len(said), date, date))
    return Article(
        id=article_id(document.url),
        title=document.title or "",
        body=body,
        source=document.url,
        publisher=document.publisher,
        published=day + dt.timedelta(days=draw.randrange(4)),
        language=draw.choice(_LANGUAGES),
        kind=draw.choice(_KINDS),
        story=story,
        days=tuple(days),
    )
