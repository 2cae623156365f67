"""The article's text on a page: from trafilatura, with the standfirst that it omits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.readers.page_blocks import drop_references, flat, is_prose, same, standfirst

_MIN_BLOCK_WORDS = 4
_MIN_PRECISE_CHARS = 250  # If its stricter mode finds less, trafilatura has found no article.
_OPENING_CHARS = 60


def main_text(tree: Any, title: str | None = None) -> str:
    """The article's text without the headline, with a blank line between blocks.

    Removes menus and references to other articles from the tree.
    """
    drop_references(tree)
    blocks = _article(tree, title) or _plain_blocks(tree)
    return "\n\n".join(blocks[1:] if blocks and title and same(blocks[0], title) else blocks)


def _article(tree: Any, title: str | None) -> list[str]:
    """The blocks that trafilatura finds, without the labels that its stricter mode omits."""
    found = _extracted(tree, favor_recall=True)
    blocks = [block for block in _blocks(found) if block]
    if not blocks:
        return []
    opening = _opening(next(filter(is_prose, blocks), blocks[0]))
    text = "\n".join(blocks)
    lead = [block for block in standfirst(tree, title, opening) if block not in text]
    if not all(map(is_prose, blocks)):
        blocks = _sure(blocks, _extracted(tree, favor_precision=True, fast=True))
    return lead + blocks


def _extracted(tree: Any, **how: Any) -> Any:
    """The body that trafilatura finds on a page; None if it finds nothing."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, include_comments=False, include_tables=True, **how)
    return getattr(found, "body", None)


def _sure(blocks: Sequence[str], precise: Any) -> list[str]:
    """The blocks that are prose or that the stricter mode has too."""
    text = "" if precise is None else flat(precise)
    words = " ".join(text.split())
    if len(words) < _MIN_PRECISE_CHARS:
        return list(blocks)
    return [block for block in blocks if is_prose(block) or _opening(block) in words]


def _opening(block: str) -> str:
    """The beginning of a block: its first line, item or cell."""
    line = block.partition("\n")[0].partition(" | ")[0].removeprefix("- ")
    return " ".join(line.split())[:_OPENING_CHARS]


def _plain_blocks(tree: Any) -> list[str]:
    """All paragraphs of a page, if it is too short for trafilatura."""
    inner = next(iter(tree.iter("article", "main")), tree)
    blocks = [flat(each) for each in inner.iter("p", "h2", "h3", "li", "blockquote", "pre")]
    if not any(blocks):
        blocks = [flat(each) for each in tree.iter("body")]
    return [block for block in blocks if len(block.split()) >= _MIN_BLOCK_WORDS]


def _blocks(body: Any) -> Iterator[str]:
    """The blocks of trafilatura's tree as text."""
    if body is None:
        return
    if body.text and body.text.strip():
        yield " ".join(body.text.split())
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
            yield " ".join(element.tail.split())
