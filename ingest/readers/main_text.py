"""The article's text on a page: trafilatura's, with the standfirst that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_BREAK = "\u2028"
_MIN_BLOCK_WORDS = 4


def main_text(tree: Any, title: str | None = None) -> str:
    """The article's text, a blank line between blocks; the headline itself is left out.

    The tree stays as it was.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=True, favor_recall=True)
    body = getattr(found, "body", None)
    blocks = [] if body is None else [block for block in _blocks(body) if block]
    if not blocks:
        blocks = _plain_blocks(tree)
    if blocks and title and _same(blocks[0], title):
        blocks = blocks[1:]
    return "\n\n".join(blocks)


def _plain_blocks(tree: Any) -> list[str]:
    """All paragraphs of a page that is too short for trafilatura to find an article on it."""
    inner = next(iter(tree.iter("article", "main")), tree)
    blocks = [flat(each) for each in inner.iter("p", "h2", "h3", "li", "blockquote", "pre")]
    if not any(blocks):
        blocks = [flat(each) for each in tree.iter("body")]
    return [block for block in blocks if len(block.split()) >= _MIN_BLOCK_WORDS]


def _same(block: str, title: str) -> bool:
    folded, wanted = (" ".join(each.split()).casefold() for each in (block, title))
    return folded == wanted


def _blocks(body: Any) -> Iterator[str]:
    """The blocks of trafilatura's tree as text."""
    if body.text and body.text.strip():
        yield _SPACE.sub(" ", body.text).strip()
    for element in body:
        match element.tag:
            case "list":
                items = (flat(item) for item in element.iter("item"))
                yield "\n".join(f"- {item}" for item in items if item)
            case "table":
                rows = (" | ".join(flat(cell) for cell in row.iter("cell")) for row in element.iter("row"))
                yield "\n".join(row for row in rows if row.strip(" |"))
            case "quote" | "code" | "div" if len(element.findall("p")) > 1:
                for part in element:
                    yield flat(part)
            case "graphic" | "comments":
                pass
            case _:
                yield flat(element)
        if element.tail and element.tail.strip():
            yield _SPACE.sub(" ", element.tail).strip()


def flat(element: Any) -> str:
    """An element's text on one line, but for the line breaks that it asks for."""
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
