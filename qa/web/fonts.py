"""Fonts of this machine that have a text's characters: a PDF carries its letters with it.

Dateline ships none: one that covers Chinese alone weighs 20 MB. Every desktop has some.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

# The first that is there is the text's own; the others lend what it lacks. By file name, for they
# are called alike everywhere: Linux, macOS, Windows.
_TEXT = (
    "NotoSerif-Regular.ttf DejaVuSerif.ttf LiberationSerif-Regular.ttf Georgia.ttf georgia.ttf times.ttf "
    "NotoSans-Regular.ttf DejaVuSans.ttf Arial.ttf arial.ttf"
).split()
_OTHERS = (
    "NotoNaskhArabic-Regular.ttf NotoSansArabic-Regular.ttf DejaVuSans.ttf tahoma.ttf Tahoma.ttf Arial.ttf "
    "arial.ttf NotoSerifCJK-Regular.ttc NotoSansCJK-Regular.ttc wqy-zenhei.ttc wqy-microhei.ttc uming.ttc "
    "msyh.ttc Songti.ttc PingFang.ttc NotoSerifDevanagari-Regular.ttf NotoSansDevanagari-Regular.ttf "
    "Nirmala.ttf Nirmala.ttc NotoSerifBengali-Regular.ttf NotoSansBengali-Regular.ttf "
    "NotoSerifHebrew-Regular.ttf NotoSansHebrew-Regular.ttf NotoSerifThai-Regular.ttf "
    "NotoSansThai-Regular.ttf NotoSansSymbols2-Regular.ttf ArialUnicode.ttf Symbola.ttf"
).split()
_DRAWN_BY_NONE = {
    chr(code)
    for code in (*range(0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
}


def any_there() -> bool:
    """Whether the machine has a font that a PDF could be set in."""
    return any(name in _there() for name in _TEXT)


def covering(text: str) -> tuple[list[Path], str]:
    """The fonts that draw a text, the main one first, and the characters that none of them has.

    Returns:
        No fonts at all where the machine has none that are known.
    """
    wanted = set(text) - _DRAWN_BY_NONE
    there = _there()
    main = next((there[name] for name in _TEXT if name in there), None)
    if main is None:
        return [], "".join(sorted(wanted))
    chosen, left = [main], wanted - _characters(main)
    for path in (there[name] for name in _OTHERS if name in there):
        if left and path != main and left & _characters(path):
            chosen.append(path)
            left -= _characters(path)
    return chosen, "".join(sorted(left))


@cache
def _characters(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or ()))


@cache
def _there() -> dict[str, Path]:
    """The known fonts of the machine, by file name."""
    known = {*_TEXT, *_OTHERS}
    found: dict[str, Path] = {}
    for path in _files(_folders()):
        if path.name in known:
            found.setdefault(path.name, path)
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _, names in os.walk(folder):
            yield from (Path(parent, name) for name in names)


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]
