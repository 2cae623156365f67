"""Word documents, with python-docx: paragraphs, headings, lists and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.readers.headline import SITE_SUFFIX
from ingest.values import Blob, Draft, Facts
from qa.errors import RefusedError
from qa.types import Stripped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MAX_UNPACKED_BYTES = 300_000_000
_MAX_RATIO = 200


def read_docx(blob: Blob, data: bytes) -> Draft:
    """The text of a Word document, a blank line between blocks, table cells parted by bars."""
    _check(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        stripped: list[Stripped] = []
        text = "\n\n".join(_blocks(document, stripped))
    except RefusedError:
        raise
    except Exception as error:  # python-docx raises whatever its XML runs into.
        raise RefusedError(f"It is no readable Word document ({type(error).__name__}).") from error
    if not text.strip():
        raise RefusedError("There is no text in it.")
    return Draft(
        blob.source, blob.name, text, blob.facts.or_else(_facts(document)), True, (), tuple(stripped)
    )


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


def _facts(document: Document) -> Facts:
    """The title and author that the file itself names.

    Its dates tell when the file was saved, not when the document was published.
    """
    properties = document.core_properties
    author = (properties.author or "").strip()
    return Facts(
        title=SITE_SUFFIX.sub("", (properties.title or "").strip()) or None,
        authors=(author,) if author and author.lower() not in ("python-docx", "unknown", "user") else (),
        language=(properties.language or "").strip()[:2].lower() or None,
    )


def _blocks(document: Document, stripped: list[Stripped]) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows = (" | ".join(_cells(row)) for row in block.rows)
            text = "\n".join(row for row in rows if row.strip(" |"))
        else:
            text = _visible(block, stripped)
        if text.strip():
            yield text.strip()


def _cells(row: Any) -> Iterator[str]:
    last = None
    for cell in row.cells:
        if cell._tc is not last:  # A merged cell comes once for each column that it spans.
            yield " ".join(cell.text.split())
        last = cell._tc


def _visible(paragraph: Paragraph, stripped: list[Stripped]) -> str:
    """A paragraph without the runs that a reader of the page can't see."""
    from docx.text.run import Run

    shown = []
    for piece in paragraph.iter_inner_content():
        runs = [piece] if isinstance(piece, Run) else piece.runs
        for run in runs:
            reason = _hidden(run)
            if reason and run.text.strip():
                stripped.append(Stripped(run.text.strip(), reason, "stripped"))
            else:
                shown.append(run.text)
    mark = "- " if (paragraph.style is not None and "List" in (paragraph.style.name or "")) else ""
    return mark + "".join(shown) if "".join(shown).strip() else ""


def _hidden(run: Any) -> str | None:
    font = run.font
    if font.hidden:
        return "hidden text"
    if font.size is not None and font.size.pt <= 1:
        return "text too small to see"
    colour = font.color.rgb if font.color is not None and font.color.type is not None else None
    if (
        colour is not None
        and str(colour) == "FFFFFF"
        and run._r.find(".//{*}shd") is None
        and not font.highlight_color
    ):
        return "white text"
    return None
