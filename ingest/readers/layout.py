"""The reading order of a page's lines, and their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SPACE = re.compile(r"\s+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe\x02]$")
_ODD = re.compile("[\ufffe\uffff\x02\f]")
_LIST_ITEM = re.compile(r"^(?:[-•–*‣▪◦]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_MIN_GUTTER = 6.0  # points between two columns
_LINE_OVERLAP = 0.5
_MAX_SPLITS = 6
_ENDS = (".", "!", "?", "۔", "。", ":", "”", '"')


@dataclass(frozen=True, slots=True)
class Line:
    """A line's box on its page, in points from the lower left corner, and its text."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def in_reading_order(boxes: Sequence[Line], width: float) -> list[Line]:
    """Lines in reading order: column by column, from the top down."""
    return _cut(_merged(boxes), width, 0)


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The text of a page's lines, joined where they belong to one paragraph."""
    if not lines:
        return []
    usual_gap = _usual_gap(lines)
    found: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        column_right = max(each.right for each in lines if _overlap(each, before))
        if _starts_paragraph(before, line, usual_gap, column_right):
            found.append([line])
        else:
            found[-1].append(line)
    return [text for text in map(_joined, found) if text]


def _merged(boxes: Sequence[Line]) -> list[Line]:
    """Boxes with neighbours on the same line joined."""
    lines: list[Line] = []
    for box in sorted(boxes, key=lambda each: (-each.top, each.left)):
        for at in range(len(lines) - 1, max(-1, len(lines) - 12), -1):
            if _touches(lines[at], box):
                lines[at] = _union(lines[at], box)
                break
        else:
            lines.append(box)
    return lines


def _touches(line: Line, box: Line) -> bool:
    overlap = min(line.top, box.top) - max(line.bottom, box.bottom)
    if overlap < _LINE_OVERLAP * max(0.1, min(line.height, box.height)):
        return False
    gap = max(box.left - line.right, line.left - box.right)
    return gap < 0.5 * max(line.height, box.height)


def _union(line: Line, box: Line) -> Line:
    first, second = (line, box) if line.left <= box.left else (box, line)
    space = " " if second.left - first.right > 0.12 * line.height or first.text.endswith(" ") else ""
    joined = first.text.rstrip("\r\n ") + space + second.text.lstrip("\r\n ")
    return Line(
        min(line.left, box.left),
        min(line.bottom, box.bottom),
        max(line.right, box.right),
        max(line.top, box.top),
        joined,
    )


def _cut(lines: list[Line], width: float, depth: int) -> list[Line]:
    """Recursive X-Y cut: a gutter separates columns; a line across it separates what is above and below."""
    if len(lines) < 4 or depth > _MAX_SPLITS:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    gutter = _gutter(lines, width)
    if gutter is None:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.top):
        if line.left < gutter < line.right:
            ordered += _columns(band, gutter, width, depth)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _columns(band, gutter, width, depth)


def _columns(band: list[Line], gutter: float, width: float, depth: int) -> list[Line]:
    left = [line for line in band if line.right <= gutter]
    right = [line for line in band if line.right > gutter]
    return _cut(left, gutter, depth + 1) + _cut(right, width, depth + 1)


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The middle of a vertical strip that few lines cross, with many lines on both sides."""
    best: tuple[int, float] | None = None
    for candidate in sorted({round(line.left, 0) for line in lines}):
        at = candidate - _MIN_GUTTER / 2
        crossing = sum(1 for line in lines if line.left < at < line.right)
        left = sum(1 for line in lines if line.right <= at)
        right = sum(1 for line in lines if line.left >= at)
        # A table's cells are short; lines of a column fill it.
        if min(left, right) >= 3 and crossing <= 0.34 * len(lines) and _are_prose(lines, at):
            score = min(left, right) - 2 * crossing
            if best is None or score > best[0]:
                best = (score, at)
    return best[1] if best else None


def _are_prose(lines: Sequence[Line], at: float) -> bool:
    sides = ([line for line in lines if line.right <= at], [line for line in lines if line.left >= at])
    return all(median(len(line.text) for line in side) >= 15 for side in sides)


def _usual_gap(lines: Sequence[Line]) -> float:
    """The usual gap between two lines of a paragraph, in points: one of the smaller gaps."""
    gaps = sorted(a.bottom - b.top for a, b in pairwise(lines) if a.bottom > b.top - 2 and _overlap(a, b))
    return gaps[len(gaps) // 4] if gaps else 0.0


def _overlap(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right


def _starts_paragraph(before: Line, line: Line, usual_gap: float, column_right: float) -> bool:
    ended = before.text.rstrip().endswith(_ENDS)
    if line.top > before.bottom + before.height:  # The top of another column; the sentence may go on.
        return ended
    gap = before.bottom - line.top
    taller = abs(before.height - line.height) > 0.35 * max(before.height, line.height)
    if gap > usual_gap + 0.45 * line.height or taller or _LIST_ITEM.match(line.text.strip()):
        return True
    short = before.right < column_right - 0.1 * (column_right - before.left)
    indented = 0.8 * line.height < line.left - before.left < 60
    return (short and (ended or gap > 0.6 * line.height)) or (ended and indented)


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        part = _SPACE.sub(" ", line.text).strip()
        if _HYPHEN.search(text) and part[:1].islower():
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    return _ODD.sub("", text).strip()
