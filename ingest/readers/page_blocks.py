"""The blocks of text of a page: the standfirst of the article, and references to remove."""

from __future__ import annotations

import re
from typing import Any

_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_CAPTION = re.compile("caption|credit|copyright|author|comment", re.IGNORECASE)
_BREAK = "\u2028"
_BLOCKS = frozenset(
    "p div section article main header footer aside nav ul ol li dl dt dd table tr td th figure figcaption "
    "blockquote pre form h1 h2 h3 h4 h5 h6 hgroup details summary address".split()
)
_AROUND = frozenset("nav aside footer form figure figcaption button dialog li table".split())
_LINES = frozenset("p div blockquote h2 h3 h4 h5 h6".split())
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', "“", "»", "。", "！", "？", "۔", "؟", "।")
_MAX_REFERENCE_CHARS = 250
_MIN_HEADLINE_CHARS = 25
_PROSE_CHARS = 110  # A block of this length is prose,
_SENTENCE_CHARS = 60  # and so is one of this length that ends like a sentence.


def is_prose(text: str) -> bool:
    """Whether a block is prose rather than a label, a credit or a teaser."""
    return len(text) > _PROSE_CHARS or (len(text) > _SENTENCE_CHARS and text.endswith(_SENTENCE_ENDS))


def flat(element: Any) -> str:
    """An element's text on one line, except for its own line breaks."""
    text = element.text or ""
    if len(element) == 0 and element.tag in _BLOCKS and _BREAK not in text:  # As below, without a walk.
        return _SPACE.sub(" ", text).strip()
    from lxml.etree import iterwalk

    parts = []
    for event, part in iterwalk(element, events=("start", "end")):
        if event == "end":
            parts.append("" if part is element else part.tail or "")
        elif part.tag in ("lb", "br"):
            parts.append(_BREAK)
        elif part.tag not in ("script", "style"):
            parts.append(part.text or "")
    lines = _SPACE.sub(" ", "".join(parts)).split(_BREAK)
    return "\n".join(line.strip() for line in lines if line.strip())


def leaves(tree: Any) -> list[Any]:
    """The innermost blocks of text, in the page's order."""
    found = list(tree.iter(*_BLOCKS))
    parents = set()
    for element in found:
        above = element.getparent()
        while above is not None and above not in parents:
            parents.add(above)
            above = above.getparent()
    return [element for element in found if element not in parents]


def standfirst(tree: Any, title: str | None, opening: str) -> list[str]:
    """The prose between a page's headline and the block that begins with `opening`."""
    if not title:
        return []
    texts = [(element, flat(element)) for element in leaves(tree)]
    end = next((at for at, (_, text) in enumerate(texts) if same(text[: len(opening)], opening)), 0)
    start = max((at for at, (_, text) in enumerate(texts[:end]) if same(text, title)), default=end)
    between = (each for each in texts[start + 1 : end] if is_prose(each[1]) and not _is_around(*each))
    return list(dict.fromkeys(text for _, text in between))


def drop_references(tree: Any) -> None:
    """Removes menus, and lines that refer to another article by a label and its headline."""
    for menu in list(tree.iter("nav")):
        # An unclosed menu contains the page.
        if menu.getparent() is not None and next(menu.iter("h1", "main", "article"), None) is None:
            menu.drop_tree()
    for element in leaves(tree):
        if element.tag in _LINES and _refers(element):
            element.drop_tree()


def _refers(element: Any) -> bool:
    links = [len(flat(link)) for link in element.iter("a")]
    if not links:
        return False
    text = flat(element)
    if len(text) > _MAX_REFERENCE_CHARS:
        return False
    return max(links) >= _MIN_HEADLINE_CHARS and 0.7 <= sum(links) / len(text) < 0.98


def _is_around(element: Any, text: str) -> bool:
    """Whether a block is a link, or in a part of the page outside the article."""
    for each in (element, *element.iterancestors()):
        if each.tag in _AROUND or _CAPTION.search(each.get("class") or ""):
            return True
    return sum(len(flat(link)) for link in element.iter("a")) > 0.5 * len(text)


def same(text: str, other: str) -> bool:
    """Whether two texts are the same except for case and white space."""
    return " ".join(text.casefold().split()) == " ".join(other.casefold().split())
