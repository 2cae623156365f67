"""Chooses the reader for a document: by its bytes, then by its name."""

from __future__ import annotations

from pathlib import PurePath

from ingest.decoding import decode
from ingest.values import Blob, Draft, Options
from qa.core.errors import RefusedError

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst", ""})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
DOCUMENT_SUFFIXES = TEXT_SUFFIXES - {""} | HTML_SUFFIXES | {".pdf", ".docx"}
_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file or an encrypted one; save it without a password as .docx or .pdf",
    ),
    (b"\x89PNG", "a picture; save its text"),
    (b"\xff\xd8\xff", "a picture; save its text"),
    (b"GIF8", "a picture; save its text"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database; export it as JSON or CSV"),
    (b"{\\rtf", "an RTF file; save it as .docx or .txt"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
)


def suffix(name: str) -> str:
    """A file name's suffix in lower case, with its dot."""
    return PurePath(name).suffix.lower()


def read_document(blob: Blob, options: Options) -> Draft:
    """The text of a document, from the reader of its format.

    Raises:
        RefusedError: the format is not supported, or the document is damaged.
    """
    data = blob.bytes()
    if not data.strip():
        raise RefusedError("It is empty.")
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise RefusedError(f"It is {what}.")
    if b"%PDF-" in data[:1024]:
        from ingest.readers.pdf import read_pdf

        return read_pdf(blob, data, options)
    if data.startswith(b"PK"):
        from ingest.readers.docx import read_docx

        return read_docx(blob, data)
    if _is_html(blob, data):
        from ingest.readers.html import read_html

        return read_html(blob, data)
    _refuse_mislabelled(blob)
    return read_text(blob, data)


def read_text(blob: Blob, data: bytes) -> Draft:
    """Plain text and Markdown, unchanged."""
    text = decode(data, _charset(blob.media_type))
    if not text.strip():
        raise RefusedError("It is empty.")
    return Draft(blob.source, blob.name, text, blob.facts, copied=True)


def _is_html(blob: Blob, data: bytes) -> bool:
    head = (
        data[:2048]
        .decode("utf-8", errors="ignore")
        .replace("\x00", "")
        .lstrip("\ufeff\xff\xfe \t\r\n")
        .lower()
    )
    if head.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in head:
        return True
    declared = (blob.media_type or "").partition(";")[0].strip()
    called = suffix(blob.name) in HTML_SUFFIXES or declared in ("text/html", "application/xhtml+xml")
    return called and "<" in head


def _refuse_mislabelled(blob: Blob) -> None:
    ending = suffix(blob.name)
    if ending in (".pdf", ".docx"):
        raise RefusedError(f"It is called {ending} but is not one, or it is damaged.")
    if ending not in TEXT_SUFFIXES | HTML_SUFFIXES and not (blob.media_type or "").startswith("text/"):
        raise RefusedError(f"Files of the type {ending!r} are not read.")


def _charset(media_type: str | None) -> str | None:
    _, found, rest = (media_type or "").partition("charset=")
    return rest.split(";")[0].strip(" \"'") if found else None
