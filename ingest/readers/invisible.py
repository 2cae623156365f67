"""Finds text that a page's styles hide from its readers."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ingest.readers.stylesheet import Style, Styles
from qa.core.types import Stripped

_MOVING = ("transition", "transform", "animation", "animation-name")
_COLOURS = ("color", "background", "background-color", "background-image")
_HIDING = {
    re.compile(pattern, re.IGNORECASE): names
    for pattern, names in (
        (r"display\s*:\s*none", ("display",)),
        (r"visibility\s*:\s*(?:hidden|collapse)", ("visibility",)),
        (r"opacity\s*:\s*0?\.?0*\s*(?:[;!]|$)", ("opacity", *_MOVING)),
        (r"font-size\s*:\s*(?:0|1p|\.0)", ("font-size",)),
        (r"text-indent\s*:\s*-", ("text-indent",)),
        (r"(?:left|top|right)\s*:\s*-\d{3}", ("left", "top", "right", "position")),
        (r"clip", ("clip", "clip-path")),
        (r"(?:height|width)\s*:\s*0", ("height", "width", "overflow")),
        (r"(?<![-\w])color\s*:", _COLOURS),
    )
}
_SIZE = re.compile(r"^([+-]?\d{0,9}(?:\.\d{0,9})?)(px|pt|em|rem|%|vw|vh)?$")
_FAR = -500.0  # Pixels; visible text is not further outside.
_SMALL = {"px": 1.0, "pt": 1.0, "": 0.0, "em": 0.1, "rem": 0.1, "%": 10.0, "vw": 0.1, "vh": 0.1}
_WHITES = frozenset(
    {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "#fefefe", "#fffffe"}
)
_NEVER_SHOWN = ("script", "style", "head", "title", "meta", "link", "template", "html", "body")
_PROSE_WORDS = 5
_MARKUP = re.compile(r"[<>{}=;]|\bend(?:if)?\b|https?:", re.I)
_MAX_CHARS = 1_000
_MAX_FOUND = 50
_WHOLE = 0.8  # An element with more of the page's text is the page itself, which a script shows.


def strip_invisible(tree: Any) -> tuple[Stripped, ...]:
    """Removes invisible text from a page's tree.

    Returns:
        The removed prose, with the reason; short hidden markup is not reported.
    """
    found: list[Stripped] = []
    linked = any("stylesheet" in (link.get("rel") or "") for link in tree.iter("link"))
    styles = Styles(tree, _HIDING)
    whole: int | None = None
    hidden: set[Any] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            _note_comment(element, found)
            hidden.add(element)
        elif element.getparent() in hidden:
            hidden.add(element)
        elif element.tag not in _NEVER_SHOWN:
            reason = _reason(element, styles, linked)
            if not reason:
                continue
            whole = _readable(tree) if whole is None else whole
            if _readable(element) <= _WHOLE * whole:
                _note(" ".join(element.itertext()), reason, found)
                hidden.add(element)
    for element in hidden:
        if element.getparent() is not None and element.getparent() not in hidden:
            element.drop_tree()
    return tuple(found[:_MAX_FOUND])


def _readable(element: Any) -> int:
    """How many characters of text an element has, without scripts."""
    return len(" ".join(_texts()(element)))


@cache
def _texts() -> Any:
    """The expression for an element's texts without scripts, as plain strings: they take half the time."""
    from lxml.etree import XPath

    return XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)


def _note_comment(element: Any, found: list[Stripped]) -> None:
    if not _MARKUP.search(element.text or ""):
        _note(element.text or "", "a comment in the page's source", found)


def _note(text: str, reason: str, found: list[Stripped]) -> None:
    prose = " ".join(text.split())
    if len(prose.split()) >= _PROSE_WORDS:
        found.append(Stripped(prose[:_MAX_CHARS], reason, "stripped"))


def _reason(element: Any, styles: Styles, linked: bool) -> str | None:
    """Why an element is invisible; None if it is visible."""
    if element.get("hidden") is not None:
        return "hidden by its markup"
    style = styles.of(element)
    if element.tag == "font" and element.get("color"):
        style = {**style, "color": element.get("color").lower()}
    if not style:
        return None
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return "hidden by its style"
    if _is_small(style.get("font-size")) and not _is_enlarged(element, styles):
        return "text of no size"
    # An element that fades or slides in is transparent only until its script runs.
    if _number(style.get("opacity"), 1.0) == 0 and not any(name in style for name in _MOVING):
        return "transparent text"
    if _is_off_page(style):
        return "text placed off the page"
    if re.match(r"rect\(\s*0|inset\(\s*(?:50|100)%", style.get("clip") or style.get("clip-path") or ""):
        return "text clipped away"
    if style.get("overflow") == "hidden" and any(
        _number(style.get(each), 1.0) == 0 for each in ("height", "width")
    ):
        return "text of no size"
    return "text in its background's colour" if _is_unreadable(element, style, styles, linked) else None


def _number(value: str | None, default: float) -> float:
    """The number of a length or a share, whatever its unit."""
    size = _SIZE.match(value or "")
    return float(size[1]) if size and size[1].strip("+-.") else default


def _is_small(value: str | None) -> bool:
    size = _SIZE.match(value or "")
    return size is not None and _number(value, 100.0) <= _SMALL[size[2] or ""]


def _is_enlarged(element: Any, styles: Styles) -> bool:
    """Whether a descendant has a size of its own; then size 0 outside only removes gaps."""
    sizes = (styles.of(each).get("font-size") for each in element.iterdescendants("*"))
    return any(size and not _is_small(size) for size in sizes)


def _is_off_page(style: Style) -> bool:
    if _number(style.get("text-indent"), 0.0) <= _FAR:
        return True
    placed = style.get("position") in ("absolute", "fixed", "relative")
    return placed and any(_number(style.get(side), 0.0) <= _FAR for side in ("left", "top", "right"))


def _is_unreadable(element: Any, style: Style, styles: Styles, linked: bool) -> bool:
    """Whether text and background have the same colour, if the page itself sets both."""
    ink = _plain(style.get("color"))
    ground = _ground(style)
    if not ink:
        return False
    if ground:
        return ink == ground
    if ink == "transparent":
        return True
    # White text may stand on a dark background that a linked sheet sets.
    if ink not in _WHITES or (
        linked and element.tag != "font" and "color" not in (element.get("style") or "")
    ):
        return False
    above = (_ground(styles.of(each)) or each.get("bgcolor") for each in element.iterancestors())
    return not any(above)


def _ground(style: Style) -> str:
    named = (style.get(name) for name in ("background-color", "background", "background-image"))
    return next((_plain(each) for each in named if each and each != "none"), "")


def _plain(colour: str | None) -> str:
    return (colour or "").replace(" ", "")
