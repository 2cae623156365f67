"""Reads scanned pages with tesseract, if it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

from ingest.readers.layout import Line
from qa.core.errors import RefusedError

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_DPI = 300
_POINTS_PER_INCH = 72
_PAGE_SECONDS = 120
_MAX_PIXELS = 60_000_000
_TONGUES = {
    "ur": "urd",
    "zh": "chi_sim",
    "ar": "ara",
    "fr": "fra",
    "de": "deu",
    "es": "spa",
    "hi": "hin",
    "fa": "fas",
}


def recognise(page: PdfPage, language: str | None) -> list[Line]:
    """The lines that tesseract reads on a page, from the top down.

    Raises:
        RefusedError: tesseract is not installed, or can't read the page.
    """
    if shutil.which("tesseract") is None:
        raise RefusedError("Its pages are pictures, and tesseract, which reads them, is not installed.")
    text = _run(_picture(page), _TONGUES.get(language or "", "eng"))
    height = 12.0
    top = page.get_height()
    lines = []
    for row in text.split("\n"):
        if row.strip():
            lines.append(Line(0, top - height, 10 * len(row), top, row))
            top -= height
        else:
            top -= height  # A blank row separates paragraphs.
    return lines


def _picture(page: PdfPage) -> bytes:
    width, height = page.get_size()
    scale = min(_DPI / _POINTS_PER_INCH, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    out = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(out, "PNG")
    return out.getvalue()


def _run(picture: bytes, tongue: str) -> str:
    for tongues in dict.fromkeys((tongue, "eng")):
        try:
            done = subprocess.run(
                ["tesseract", "stdin", "stdout", "-l", tongues, "--psm", "1"],
                input=picture,
                capture_output=True,
                timeout=_PAGE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RefusedError(f"A scanned page took longer than {_PAGE_SECONDS} seconds to read.") from error
        if done.returncode == 0:
            return done.stdout.decode("utf-8", "replace")
    raise RefusedError("tesseract could not read its pages.")
