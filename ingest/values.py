"""The values that pass between the stages of an ingest.

A `Blob` is bytes from somewhere; a container unfolds into more blobs or into `Draft`s; a reader turns a blob
into a draft; `article.compose` turns a draft into an article; a `Prepared` is stored in the library. An input
that can't be taken becomes a `Refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from qa.core.errors import RefusedError
from qa.core.types import Article, Kind, Passage, PublishedFrom, Stripped

MAX_DOCUMENT_BYTES = 100_000_000  # One document; containers are streamed and may be larger.


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts in a document's metadata, as given there. None means "not known"."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: PublishedFrom = "metadata"
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    section: str | None = None
    place: str | None = None
    kind: Kind | None = None

    def or_else(self, other: Facts) -> Facts:
        """These facts, with missing ones taken from others."""
        gaps = {
            each.name: getattr(other, each.name)
            for each in fields(self)
            if each.name != "published_from" and not getattr(self, each.name)
        }
        if "published" in gaps:
            gaps["published_from"] = other.published_from
        return replace(self, **gaps)


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes to read, in memory (`data`) or in a file (`path`), and the facts known about them.

    `source` identifies them; `name` is a file name, whose suffix and date may help;
    `inside` is set if they come from an archive; `sure` if `facts` win over what the document says of itself.
    """

    source: str
    name: str
    data: bytes | None = None
    path: Path | None = None
    facts: Facts = Facts()
    media_type: str | None = None
    inside: bool = False
    sure: bool = False

    def bytes(self) -> bytes:
        """All of the bytes.

        Raises:
            RefusedError: there are none or more than `MAX_DOCUMENT_BYTES`, or they can't be read.
        """
        if self.data is not None:
            return self.data
        if self.path is None:
            return b""
        try:
            refuse_too_large(self.path)
            return self.path.read_bytes()
        except OSError as error:
            raise RefusedError(f"It can't be read ({error.strerror or error}).") from error


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one document and what its format says of it.

    `copied` is set if the text may have boilerplate of the page that it was copied from; `markup` if it is
    still HTML. `pages` has the offset in `text` at which each page starts.
    """

    source: str
    name: str
    text: str
    facts: Facts = Facts()
    copied: bool = False
    pages: tuple[int, ...] = ()
    stripped: tuple[Stripped, ...] = ()
    markup: bool = False


def refuse_too_large(path: Path) -> None:
    """Refuses a file that has more bytes than a document may.

    Raises:
        RefusedError: it has.
        OSError: it can't be read.
    """
    size = path.stat().st_size
    if size > MAX_DOCUMENT_BYTES:
        raise RefusedError(
            f"It has {size / 1e6:,.0f} MB, and a document may have "
            f"{MAX_DOCUMENT_BYTES / 1e6:,.0f} MB; split it."
        )


def size_of(item: Blob | Draft) -> int:
    """About how many bytes of its file an input takes."""
    if isinstance(item, Draft):
        return len(item.text)
    if item.data is not None:
        return len(item.data)
    return item.path.stat().st_size if item.path is not None and item.path.exists() else 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that can't be taken; `reason` is a sentence for the reader."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready for the library, with its passages.

    `source` is its input, `digest` the input's digest, `content` a digest of the text's words. `bands` are
    the bands of its MinHash (see `shingles`); a text that is too short has none.
    """

    article: Article
    passages: tuple[Passage, ...]
    source: str
    digest: str
    content: str
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are to be read, as the reader asked.

    `fields` maps our field names to those of JSON and CSV records. Facts given here win over what a document
    says of itself.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    publisher: str | None = None
    collection: str | None = None
    language: str | None = None
    kind: Kind | None = None
    ocr: bool = False
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an input, for a progress line or a JSON line.

    `published` is a day in ISO form and `published_from` where it was found. `share` is given with "read":
    about how much of the inputs has been read, 0 to 1.
    """

    event: Literal["added", "updated", "unchanged", "near_duplicate", "refused", "indexed", "read"]
    source: str
    article_id: str | None = None
    title: str | None = None
    passages: int = 0
    reason: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did: documents by outcome, passages written, seconds taken."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    near_duplicates: int = 0
    refused: tuple[Refusal, ...] = ()
    passages: int = 0
    seconds: float = 0.0
