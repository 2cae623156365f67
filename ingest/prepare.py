"""Turns one input into a prepared article: read, composed, split. Without side effects, in any process."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.article import compose
from ingest.readers.formats import read_document
from ingest.sanitiser import addressed_to_model
from ingest.shingles import bands
from ingest.speech import find_speech
from ingest.splitter import TARGET_CHARS, split
from ingest.values import Blob, Draft, Options, Prepared, Refusal, refuse_too_large
from qa.core.errors import RefusedError
from qa.core.types import Article, Passage, Stripped
from qa.text.sentences import spans

VERSION = "5"  # Raised when reading improves, so that a rerun reads unchanged inputs anew.
_NO_WORD = re.compile(r"\W+")


def digest(item: Blob | Draft, options: Options) -> str:
    """A digest of an input, so that an unchanged one need not be read again."""
    sum_ = hashlib.sha256(
        f"{VERSION} {TARGET_CHARS} {options!r} {item.facts!r} {item.name}".encode("utf-8", "replace")
    )
    if isinstance(item, Draft):
        sum_.update(item.text.encode("utf-8", "replace"))
    elif item.path is None:
        sum_.update(item.bytes())
    else:
        refuse_too_large(item.path)
        with item.path.open("rb") as stream:
            while part := stream.read(1 << 20):
                sum_.update(part)
    return sum_.hexdigest()[:32]


def prepare(item: Blob | Draft, digest: str, options: Options) -> Prepared | Refusal:
    """The article and the passages of one input, or why there are none."""
    try:
        draft = read_document(item, options) if isinstance(item, Blob) else item
        if draft.markup:
            from ingest.readers.html import read_fragment

            draft = read_fragment(draft)
        article, passages = _passages(compose(draft, options))
    except RefusedError as error:
        return Refusal(item.source, str(error))
    except (RecursionError, MemoryError):
        return Refusal(item.source, "It is nested too deeply or too large to be read.")
    except Exception as error:  # A bug of a parser must cost one document, not the run.
        return Refusal(
            item.source, f"Its reader failed over it ({type(error).__name__}: {error}); it may be damaged."
        )
    return Prepared(article, passages, item.source, digest, content_digest(article.body), bands(article.body))


def prepare_all(items: Sequence[tuple[Blob | Draft, str]], options: Options) -> Iterator[Prepared | Refusal]:
    """The result of `prepare` for each input with its digest, in order."""
    for item, sum_ in items:
        yield prepare(item, sum_, options)


def _passages(article: Article) -> tuple[Article, tuple[Passage, ...]]:
    """The passages, and the article with its speakers and its sentences that address a language model."""
    body = article.body
    sentences = spans(body)
    quarantined = addressed_to_model(body, sentences)
    passages = split(article.id, body, sentences, quarantined)
    if not passages:
        raise RefusedError("Nothing in it is text for a reader.")
    notes = tuple(
        Stripped(body[start:end], "it addresses a language model", "quarantined")
        for start, end in quarantined
    )
    said = find_speech(body, sentences, article.language)
    speech = tuple(each for each in said if (each.start, each.end) not in quarantined)
    return replace(article, speech=speech, stripped=article.stripped + notes), passages


def content_digest(body: str) -> str:
    """A digest of a text's words, without white space, punctuation and case."""
    words = _NO_WORD.sub(" ", body.casefold()).strip()
    return hashlib.sha256((words or body).encode("utf-8", "replace")).hexdigest()[:32]
