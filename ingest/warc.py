"""Reads the pages of a web archive (WARC file)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlsplit

from ingest.values import MAX_DOCUMENT_BYTES, Blob, Facts, Refusal
from qa.core.errors import RefusedError

_TYPES = ("text/html", "application/xhtml", "application/pdf", "text/plain")


def read_warc(blob: Blob) -> Iterator[Blob | Refusal]:
    """The pages and documents of a WARC file, without pictures and scripts.

    Raises:
        RefusedError: it is damaged.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    stream = blob.path.open("rb") if blob.path is not None else BytesIO(blob.bytes())
    found = False
    with stream:
        try:
            for record in _quietly(ArchiveIterator(stream)):
                found = True
                if record.rec_type not in ("response", "resource"):
                    continue
                page = _page(blob, record)
                if page is not None:
                    yield page
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            raise RefusedError("It is a damaged WARC file; what stood before that was taken.") from error
    if not found:
        raise RefusedError("There is no WARC record in it.")


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """The records, without warcio's own messages on the terminal."""
    while True:
        with redirect_stderr(StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _page(blob: Blob, record: Any) -> Blob | Refusal | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return None
    kind = (
        headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")
    ) or ""
    if not kind.lower().startswith(_TYPES) or not url.startswith(("http://", "https://")):
        return None
    data = record.content_stream().read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        return Refusal(url, "It is larger than a document may be.")
    name = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1] or "page"
    return Blob(url, name if "." in name else f"{name}.html", data, None, Facts(url=url), kind, inside=True)
