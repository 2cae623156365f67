"""Reads PDFs with PDFium: in the order of columns, without hyphens, running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from ingest.readers.headline import SITE_SUFFIX
from ingest.readers.layout import Line, in_reading_order, paragraphs
from ingest.sanitiser import strip_characters
from ingest.values import Blob, Draft, Facts, Options
from qa.core.errors import RefusedError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MAX_PAGES = 3_000
_PAGE_COUNT = re.compile(r"^\d{1,4}\b|\b(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?$|^[ivxlc]+\b|\b[ivxlc]+$")
# Without a full stop: "2022." on a page's last line ends a sentence.
_PAGE_NUMBER = re.compile(
    r"^\W*+(?:page|seite|p\.|صفحہ|第)?\s*+\d{1,4}\s*+(?:(?:of|/|von)\s*+\d{1,4})?+\s*+(?:页|頁)?[^\w.]*+$",
    re.IGNORECASE,
)
# What a browser prints at the edges of a page: the time and the address.
_BROWSERS_OWN = re.compile(
    r"^\s*+(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?|"
    r"(?:https?|file)://\S++(?: \d+/\d+)?+\s*+$)"
)
_EDGE_LINES = 2
_MAX_TITLE_CHARS = 500
_PASSWORD = "password"
_GENERATORS = re.compile(
    r"^(?:untitled|microsoft word|document\d*|.*\.(?:docx?|odt|pdf|html?|indd|tmp))", re.IGNORECASE
)


def read_pdf(blob: Blob, data: bytes, options: Options) -> Draft:
    """The text of a PDF page by page, and the offset at which each page starts.

    Raises:
        RefusedError: it is damaged, needs a password, or is a scan and OCR wasn't asked for.
    """
    document = _open(data)
    try:
        if len(document) > _MAX_PAGES:
            raise RefusedError(
                f"It has {len(document):,} pages, and {_MAX_PAGES:,} are read at most; split it."
            )
        pages = [_lines(document, number) for number in range(len(document))]
        if not any(pages):
            pages = _scanned(document, options)
        facts = blob.facts.or_else(_facts(document, blob.name))
    finally:
        document.close()
    blocks = [paragraphs(_without_running(page, pages)) for page in pages]
    text, invisible = strip_characters("\f".join("\n\n".join(page) for page in blocks))
    text, starts = _joined([page.split("\n\n") if page else [] for page in text.split("\f")])
    if not text.strip():
        raise RefusedError("There is no text in it.")
    return Draft(blob.source, blob.name, text, facts, True, starts, invisible)


def _open(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
        len(document)
        return document
    except PdfiumError as error:
        if _PASSWORD in str(error).lower():
            raise RefusedError("It needs a password; save it without one.") from error
        raise RefusedError("It is a damaged PDF.") from error


def _lines(document: PdfDocument, number: int) -> list[Line]:
    """A page's lines in reading order."""
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        return in_reading_order(_segments(page), page.get_width())
    except PdfiumError as error:
        raise RefusedError("One of its pages is damaged.") from error


def _segments(page: PdfPage) -> list[Line]:
    """The characters that the page draws, in pieces of one line each.

    PDFium's own rectangles overlap for kerned letters, so the boxes are computed from the letters.
    """
    text = page.get_textpage()
    written = text.get_text_range()
    found: list[Line] = []
    run: list[str] = []
    box: tuple[float, float, float, float] | None = None
    # Characters beyond the basic plane take two of PDFium's places.
    places = min(text.count_chars(), len(written.encode("utf-16-le")) // 2)
    at = 0
    for char in written:
        if char in "\r\n":
            if box and "".join(run).strip():
                found.append(Line(*box, "".join(run)))
            run, box = [], None
        else:
            run.append(char)
            if not char.isspace() and at < places:
                left, bottom, right, top = text.get_charbox(at, loose=True)
                box = (left, bottom, right, top) if box is None else _around(box, left, bottom, right, top)
        at += 2 if char > "\uffff" else 1
    if box and "".join(run).strip():
        found.append(Line(*box, "".join(run)))
    return found


def _around(
    box: tuple[float, float, float, float], left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    return min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)


def _scanned(document: PdfDocument, options: Options) -> list[list[Line]]:
    if not options.ocr:
        raise RefusedError(
            "Its pages are pictures without text, as from a scanner; use --ocr to have them read."
        )
    from ingest.readers.ocr import recognise

    return [recognise(page, options.language) for page in document]


def _facts(document: PdfDocument, name: str) -> Facts:
    """Title and author from the file's metadata; its dates only tell when the file was made."""
    metadata = {name: value.strip() for name, value in document.get_metadata_dict(skip_empty=True).items()}
    title = metadata.get("Title", "")[:_MAX_TITLE_CHARS]
    if title == PurePath(name).stem:
        title = ""
    author = metadata.get("Author", "")
    return Facts(
        title=SITE_SUFFIX.sub("", title) if len(title) > 3 and not _GENERATORS.match(title) else None,
        authors=(author,) if author and " " in author else (),
    )


def _without_running(page: Sequence[Line], pages: Sequence[Sequence[Line]]) -> list[Line]:
    """A page without its page number and its running heads and feet."""
    running = _running(pages)
    edges = {id(line) for line in (*_top(page), *_bottom(page))}

    def runs(line: Line) -> bool:
        numbered = _PAGE_NUMBER.match(line.text) or _BROWSERS_OWN.match(line.text)
        return id(line) in edges and (bool(numbered) or _shape(line.text) in running)

    return [line for line in page if not runs(line)]


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The shapes of lines at the top or foot of most pages."""
    if len(pages) < 2:
        return set()
    counts = Counter(
        shape for page in pages for shape in {_shape(line.text) for line in (*_top(page), *_bottom(page))}
    )
    return {shape for shape, count in counts.items() if count >= max(2, 0.6 * len(pages)) and shape}


def _shape(text: str) -> str:
    """A line without a page number at its beginning or end."""
    return _PAGE_COUNT.sub("", text.strip().casefold()).strip(" |-–—·")


def _top(page: Sequence[Line]) -> list[Line]:
    return sorted(page, key=lambda line: -line.top)[:_EDGE_LINES]


def _bottom(page: Sequence[Line]) -> list[Line]:
    return sorted(page, key=lambda line: line.bottom)[:_EDGE_LINES]


def _joined(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[int, ...]]:
    """All pages' text and the offset of each page; a sentence may continue on the next page."""
    text = ""
    starts: list[int] = []
    for blocks in pages:
        if text and blocks:
            text += " " if _runs_on(text, blocks[0]) else "\n\n"
        starts.append(len(text))
        text += "\n\n".join(blocks)
    return text, tuple(starts)


def _runs_on(before: str, after: str) -> bool:
    return (before[-1].isalnum() and after[:1].islower()) or before.endswith(",")
