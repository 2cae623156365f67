"""The visible text of WordprocessingML elements (ISO/IEC 29500-1, part 17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qa.core.types import Stripped

if TYPE_CHECKING:
    from docx.document import Document

_GONE = {"del": "deleted in a tracked change", "moveFrom": "moved away in a tracked change"}
_UNREAD = {"chart": "a chart", "oleObj": "an embedded object", "OLEObject": "an embedded object"}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SENTENCE_END = (".", "!", "?", ":", ";", "。", "۔", "؟", "…")


class WordReader:
    """Reads the elements of one document; `stripped` is the text that was left out, and why."""

    def __init__(self, document: Document) -> None:
        self.stripped: list[Stripped] = []
        self._document = document
        self._boxes: list[str] = []

    def blocks(self, parent: Any) -> Iterator[str]:
        """The paragraphs and tables below an element, in their order; a text box after its paragraph."""
        begun = ""  # A paragraph whose end is deleted; the next one continues it.
        for element in parent:
            name = _name(element)
            if name == "p" and element.find("./{*}pPr/{*}rPr/{*}del") is not None:
                begun += "".join(self._inline(element))
            elif name == "p":
                yield from self._paragraph(element, begun)
                begun = ""
            elif name == "tbl":
                yield from self._table(element)
            elif name in ("moveFrom", "del"):
                self._note(element, _GONE[name])
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(element))
            elif name not in ("sectPr", "sdtPr", "sdtEndPr", "tcPr", "trPr"):
                yield from self.blocks(element)
        if begun.strip():
            yield begun.strip()

    def _paragraph(self, element: Any, begun: str) -> Iterator[str]:
        text = (begun + "".join(self._inline(element))).strip()
        boxes, self._boxes = self._boxes, []
        if text:
            yield f"- {text}" if self._is_item(element) else text
        yield from boxes

    def _inline(self, parent: Any) -> Iterator[str]:
        """The text of the runs below an element, without deleted and hidden text and field codes."""
        for element in parent:
            name = _name(element)
            if name == "r":
                yield from self._run(element)
            elif name in _GONE:
                self._note(element, _GONE[name])
            elif name == "oMath" or name == "oMathPara":
                yield "".join(element.itertext())
            elif name == "AlternateContent":
                yield from self._inline(_chosen(element))
            elif name not in ("pPr", "sdtPr", "sdtEndPr", "rPr"):
                yield from self._inline(element)

    def _run(self, run: Any) -> Iterator[str]:
        text = "".join(self._characters(run))
        reason = _hidden(run)
        if reason and text.strip():
            self.stripped.append(Stripped(text.strip(), reason, "stripped"))
        else:
            yield text

    def _characters(self, parent: Any) -> Iterator[str]:
        for element in parent:
            name = _name(element)
            if name == "t":
                yield element.text or ""
            elif name == "sym":
                yield _symbol(element)
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "txbxContent":
                before, self._boxes = self._boxes, []
                self._boxes = before + list(self.blocks(element))
            elif name in _UNREAD:
                self.stripped.append(Stripped(_UNREAD[name], "of a kind that is not read", "stripped"))
            elif name == "AlternateContent":
                yield from self._characters(_chosen(element))
            elif name not in ("rPr", "instrText", "delText", "delInstrText"):
                yield from self._characters(element)

    def _table(self, table: Any) -> Iterator[str]:
        """A table's rows as lines; a table with one column is only a frame."""
        rows = [list(self._cells(row)) for row in _rows(table)]
        if max(map(len, rows), default=0) == 1:
            yield from (text for row in rows for cell in row for text in cell)
            return
        lines = (" | ".join(_joined(cell) for cell in row) for row in rows)
        if text := "\n".join(line for line in lines if line.strip(" |")):
            yield text

    def _cells(self, row: Any) -> Iterator[list[str]]:
        for element in row:
            name = _name(element)
            if name == "tc":
                yield list(self.blocks(element))
            elif name in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._cells(element)

    def _is_item(self, paragraph: Any) -> bool:
        from docx.text.paragraph import Paragraph

        style = Paragraph(paragraph, self._document._body).style
        return style is not None and "List" in (style.name or "")

    def _note(self, element: Any, reason: str) -> None:
        words = (each.text or "" for each in element.iter() if _name(each) in ("t", "delText"))
        if text := "".join(words).strip():
            self.stripped.append(Stripped(text, reason, "stripped"))


def _name(element: Any) -> str:
    """An element's name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _chosen(alternatives: Any) -> Any:
    """Of the same content for newer and older programs, the newer."""
    return next((each for each in alternatives if _name(each) == "Choice"), ())


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        name = _name(element)
        if name == "tr" and element.find("./{*}trPr/{*}del") is None:
            yield element
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _rows(element)


def _joined(blocks: list[str]) -> str:
    """A cell on one line: its paragraphs and the rows of nested tables, separated."""
    text = ""
    for block in (part for whole in blocks for part in whole.split("\n")):
        text += ("; " if text and not text.endswith(_SENTENCE_END) else " " if text else "") + block.strip()
    return " ".join(text.split())


def _symbol(element: Any) -> str:
    """A character given by its number; of a symbol font only those that Unicode has."""
    number = int(next((value for name, value in element.items() if name.endswith("}char")), "0"), 16)
    return "" if 0xE000 <= number <= 0xF8FF or not number else chr(number)


def _hidden(run: Any) -> str | None:
    """Why a run is invisible; None if it is visible."""
    from docx.text.run import Run

    font = Run(run, None).font  # type: ignore[arg-type]
    if font.hidden:
        return "hidden text"
    if font.size is not None and font.size.pt <= 1:
        return "text too small to see"
    colour = font.color.rgb if font.color is not None and font.color.type is not None else None
    if colour is not None and str(colour) == "FFFFFF" and not font.highlight_color and not _on_colour(run):
        return "white text"
    return None


def _on_colour(run: Any) -> bool:
    """Whether a run may have a coloured background: of its own, its paragraph, a cell or a text box."""
    around = list(run.iterancestors())
    shaded = run.find("./{*}rPr/{*}shd") is not None
    return shaded or any(
        _name(each) in ("tc", "txbxContent") or each.find("./{*}pPr/{*}shd") is not None for each in around
    )
