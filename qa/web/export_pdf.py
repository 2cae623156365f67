"""A conversation as a PDF, in any script that this machine has a font for.

fpdf2 rather than a page printer: it needs no system library and no browser, and with uharfbuzz
it shapes Arabic letters and sets right-to-left lines.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from qa.core.errors import RefusedError
from qa.core.types import Citation
from qa.web import fonts, wording
from qa.web.conversations import Exchange
from qa.web.language import _

_INK, _SOFT, _ACCENT = (31, 29, 26), (99, 94, 85), (140, 47, 27)
_MARGIN_MM = 24
_INDENT_MM = 6
_LEADING = 1.45
_MM_PER_POINT = 0.3528
_SHOWN_MISSING = 10


def document(name: str, exchanges: Iterable[Exchange]) -> bytes:
    """A conversation as a PDF file, with its quotes.

    Raises:
        RefusedError: this machine has no font for it; the message says what to do.
    """
    conversation = list(exchanges)
    paths, missing = fonts.covering(" ".join([name, *(_all_text(each) for each in conversation)]))
    if not paths:
        raise RefusedError(
            _(
                "This machine has no font that a PDF could be set in. Export as HTML and print that, "
                "or install the Noto or DejaVu fonts."
            )
        )
    sheet = _Sheet([str(path) for path in paths])
    sheet.paragraph(name, size=20, after=4)
    if missing:
        sheet.paragraph(
            _(
                "No font of this machine has these characters, so they are left out: {characters}. "
                "The export as HTML has them.",
                characters=wording.listed(f"U+{ord(each):04X}" for each in missing[:_SHOWN_MISSING]),
            ),
            size=9,
            colour=_SOFT,
        )
    for exchange in conversation:
        _exchange(sheet, exchange)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """A page with a few kinds of lines. Text that begins right to left is set so."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(format="A4")
        logging.getLogger("fontTools").setLevel(logging.ERROR)  # It tells of every table it drops.
        names = [f"font{number}" for number in range(len(paths))]
        for family, path in zip(names, paths, strict=True):
            self.add_font(family, "", path)
        self.set_font(names[0], size=11)
        if names[1:]:
            self.set_fallback_fonts(names[1:], exact_match=False)
        self.set_text_shaping(True)
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(True, _MARGIN_MM)
        self.add_page()

    def paragraph(
        self,
        text: str,
        *,
        size: float = 11,
        colour: tuple[int, int, int] = _INK,
        indent: float = 0,
        after: float = 2,
        link: str = "",
    ) -> None:
        """Sets a paragraph; sizes in points, distances in millimetres."""
        self.set_font_size(size)
        self.set_text_color(*colour)
        backwards = _right_to_left(text)
        self.set_x(_MARGIN_MM + (0 if backwards else indent))
        self.multi_cell(
            self.epw - indent,
            size * _LEADING * _MM_PER_POINT,
            text,
            align="R" if backwards else "L",
            link=link,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.ln(after)

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-15)
        self.set_font_size(9)
        self.set_text_color(*_SOFT)
        self.cell(0, 6, str(self.page_no()), align="C")


def _exchange(sheet: _Sheet, exchange: Exchange) -> None:
    quotes = wording.quotes(exchange)
    sheet.ln(5)
    sheet.paragraph(exchange.question, size=14, after=2)
    if exchange.outcome == "answered":
        for paragraph in wording.paragraphs(exchange):
            said = [
                wording.unmarked(claim.text)
                + _marks(claim.citations, quotes)
                + (" (" + _("worked out: {working}", working=claim.working) + ")" if claim.working else "")
                for claim in paragraph
            ]
            sheet.paragraph(" ".join(said))
        sheet.paragraph(wording.account(exchange), size=9, colour=_SOFT)
    else:
        sheet.paragraph(wording.outcome(exchange))
    for claim in exchange.corrections:
        said_otherwise = f"{wording.unmarked(claim.text)}{_marks(claim.citations, quotes)}"
        sheet.paragraph(_("The library says otherwise: {sentence}", sentence=said_otherwise))
    for dispute in exchange.disagreements:
        sheet.paragraph(_("The documents differ on {matter}:", matter=dispute.about), after=1)
        for side in dispute.sides:
            origin = wording.origin(side.citation.publisher, side.citation.published)
            sheet.paragraph(
                f"{origin}: {wording.told(side)}{_marks([side.citation], quotes)}", indent=_INDENT_MM, after=1
            )
    for step in exchange.steps:
        sheet.paragraph(step.question, size=10, colour=_SOFT, indent=_INDENT_MM, after=0)
        sheet.paragraph(wording.unmarked(step.text) + _marks(step.citations, quotes), indent=_INDENT_MM)
    for place, quote in enumerate(quotes, start=1):
        _source(sheet, place, quote)


def _source(sheet: _Sheet, place: int, quote: Citation) -> None:
    where = [wording.origin(quote.publisher, quote.published), wording.page_number(quote)]
    origin = wording.listed(part for part in where if part)
    web = quote.url if quote.url and quote.url.startswith(("http://", "https://")) else ""
    colour = _ACCENT if web else _INK
    sheet.paragraph(f"[{place}] {quote.title}", size=10, colour=colour, after=0, link=web)
    sheet.paragraph(origin, size=9, colour=_SOFT, indent=_INDENT_MM, after=0)
    sheet.paragraph(f"“{' '.join(quote.quote.split())}”", size=10, indent=_INDENT_MM, after=3)


def _marks(citations: Iterable[Citation], quotes: Sequence[Citation]) -> str:
    return "".join(f" [{(wording.place(each, quotes) or 0) + 1}]" for each in citations)


def _right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left (Unicode Annex 9, rules P2 and P3)."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def _all_text(exchange: Exchange) -> str:
    quotes = wording.quotes(exchange)
    parts = [exchange.question, exchange.text, wording.outcome(exchange), wording.account(exchange)]
    parts += [f"{quote.title}{quote.publisher}{quote.quote}" for quote in quotes]
    parts += [claim.text for claim in (*exchange.claims, *exchange.corrections)]
    parts += [f"{step.question}{step.text}" for step in exchange.steps]
    parts += [side.value for dispute in exchange.disagreements for side in dispute.sides]
    return " ".join(parts) + "[]0123456789“”"
