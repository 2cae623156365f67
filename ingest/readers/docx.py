"""Reads Word documents with python-docx: paragraphs, headings, lists and tables in order.

The text is what Word shows with all tracked changes accepted; python-docx's own text lacks insertions,
content controls, fields and text boxes. Text that is not read is reported.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.plain import is_date_line
from ingest.readers.headline import SITE_SUFFIX
from ingest.readers.wordprocessing import WordReader
from ingest.values import Blob, Draft, Facts
from qa.core.errors import RefusedError
from qa.core.types import Stripped

if TYPE_CHECKING:
    from docx.document import Document

_MAX_UNPACKED_BYTES = 300_000_000
_MAX_RATIO = 200
_MAX_TITLE_CHARS = 500
_NOTES = "/footnotes", "/endnotes"
_COMMENTS = "/comments"


def read_docx(blob: Blob, data: bytes) -> Draft:
    """The text of a Word document, with blank lines between blocks and bars between table cells."""
    _check(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        reading = WordReader(document)
        blocks = [*reading.blocks(document.element.body)]
        blocks += [text for part in _parts(document, _NOTES) for text in reading.blocks(part)]
        edges = list(_edges(document))
        facts = blob.facts.or_else(_facts(document, edges))
        comments = [
            text for part in _parts(document, _COMMENTS) for text in WordReader(document).blocks(part)
        ]
        unread = (("a page's head or foot", edges), ("a comment", comments))
        stripped = [Stripped(text, what, "stripped") for what, texts in unread for text in texts]
    except RefusedError:
        raise
    except Exception as error:  # python-docx raises many kinds of errors for broken XML.
        raise RefusedError(f"It is no readable Word document ({type(error).__name__}).") from error
    text = "\n\n".join(blocks)
    if not text.strip():
        raise RefusedError("There is no text in it.")
    return Draft(blob.source, blob.name, text, facts, True, (), (*reading.stripped, *stripped))


def _check(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {info.filename: info for info in package.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RefusedError("It is a damaged archive or Word document.") from error
    if "word/document.xml" not in names:
        raise RefusedError("It is an archive of a kind that is not read here; unpack it first.")
    unpacked = sum(info.file_size for info in names.values())
    if unpacked > _MAX_UNPACKED_BYTES or unpacked > _MAX_RATIO * max(len(data), 100_000):
        raise RefusedError("It unpacks to far more than a document holds.")


def _facts(document: Document, edges: list[str]) -> Facts:
    """The title and author in the file's properties, and the day of its letterhead.

    The dates in its properties tell when it was saved, not when it was published.
    """
    properties = document.core_properties
    author = (properties.author or "").strip()
    return Facts(
        title=SITE_SUFFIX.sub("", (properties.title or "").strip()[:_MAX_TITLE_CHARS]) or None,
        published=next(filter(is_date_line, edges), None),
        published_from="page",
        authors=(author,) if author and author.lower() not in ("python-docx", "unknown", "user") else (),
        language=(properties.language or "").strip()[:2].lower() or None,
    )


def _parts(document: Document, endings: str | tuple[str, ...]) -> Iterator[Any]:
    """The XML of a document's parts of the given kinds; each note and comment by itself."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(endings) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{{{note.nsmap.get('w')}}}type") is None:  # Others are separator lines.
                    yield note


def _edges(document: Document) -> Iterator[str]:
    """The lines of the pages' headers and footers, each once."""
    seen: set[str] = set()
    for section in document.sections:
        for edge in (section.first_page_header, section.header, section.first_page_footer, section.footer):
            if edge.is_linked_to_previous:
                continue
            for text in WordReader(document).blocks(edge._element):
                if text not in seen:
                    seen.add(text)
                    yield text
