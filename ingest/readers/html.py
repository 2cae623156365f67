"""Web pages: the article and nothing else, with trafilatura, after what it would let through is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.decoding import decode
from ingest.readers.furniture import clear
from ingest.readers.invisible import strip_invisible
from ingest.readers.metadata import read_metadata
from ingest.values import Blob, Draft
from qa.errors import RefusedError

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# References to characters that XML doesn't have, and that lxml can't write back once it has read them.
_NO_CHARACTER = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));?|[\x00-\x08\x0b\x0c\x0e-\x1f]",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_MAX_ELEMENTS = 300_000
_MIN_BLOCK_WORDS = 4


def read_html(blob: Blob, data: bytes) -> Draft:
    """The article of a page: headings, paragraphs, lists, quotes, tables, captions.

    Raises:
        RefusedError: no article is found on the page.
    """
    declared = _DECLARED.search(data[:4096])
    tree = parse(decode(data, declared.group(1).decode() if declared else None))
    facts = read_metadata(tree, blob.facts.url)
    stripped = strip_invisible(tree)
    clear(tree)
    text = extract(tree, facts.title)
    if not text:
        raise RefusedError("There is no article on this page, only navigation or none at all.")
    return Draft(
        blob.source,
        blob.name,
        text,
        blob.facts.or_else(facts) if blob.sure else facts.or_else(blob.facts),
        False,
        (),
        stripped,
    )


def parse(text: str) -> Any:
    """The element tree of a page; external things are never fetched.

    Raises:
        RefusedError: it is not HTML, or of a size made to exhaust a parser.
    """
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(
            _NO_CHARACTER.sub("", _XML_DECLARATION.sub("", text)).encode(), parser=parser
        )
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise RefusedError("It is not a readable page.") from error
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise RefusedError(f"The page has more than {_MAX_ELEMENTS:,} elements, which no article has.")
    return tree


def extract(tree: Any, title: str | None = None) -> str:
    """The article's text, a blank line between blocks; the headline itself is left out."""
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
    blocks = [_flat(each) for each in inner.iter("p", "h2", "h3", "li", "blockquote", "pre")]
    if not any(blocks):
        blocks = [_flat(each) for each in tree.iter("body")]
    return [block for block in blocks if len(block.split()) >= _MIN_BLOCK_WORDS]


def _same(block: str, title: str) -> bool:
    folded, wanted = (_SPACE.sub(" ", each).strip().casefold() for each in (block, title))
    return folded == wanted


def _blocks(body: Any) -> Iterator[str]:
    """The blocks of trafilatura's tree as text."""
    if body.text and body.text.strip():
        yield _SPACE.sub(" ", body.text).strip()
    for element in body:
        match element.tag:
            case "list":
                items = (_flat(item) for item in element.iter("item"))
                yield "\n".join(f"- {item}" for item in items if item)
            case "table":
                rows = (" | ".join(_flat(cell) for cell in row.iter("cell")) for row in element.iter("row"))
                yield "\n".join(row for row in rows if row.strip(" |"))
            case "quote" | "code" | "div" if len(element.findall("p")) > 1:
                for part in element:
                    yield _flat(part)
            case "graphic" | "comments":
                pass
            case _:
                yield _flat(element)
        if element.tail and element.tail.strip():
            yield _SPACE.sub(" ", element.tail).strip()


def _flat(element: Any) -> str:
    """An element's text on one line, but for the line breaks that it asks for."""
    for line_break in element.iter("lb"):
        line_break.tail = "\x1e" + (line_break.tail or "")
    text = _SPACE.sub(" ", "".join(element.itertext()))
    return "\n".join(line.strip() for line in text.split("\x1e") if line.strip())


def read_fragment(draft: Draft) -> Draft:
    """A draft whose text is markup (a record's or a feed entry's), as text.

    The markup is an article already: nothing but tags and invisible text is taken away.
    """
    import lxml.html

    tree = parse(f"<html><body><article>{draft.text}</article></body></html>")
    stripped = strip_invisible(tree)
    for block in tree.iter("p", "br", "li", "div", "tr", "blockquote", *(f"h{n}" for n in range(1, 7))):
        mark = "\n" if block.tag in ("br", "li", "tr") else "\n\n"
        block.tail = mark + (block.tail or "")
    lines = (
        _SPACE.sub(" ", line).strip()
        for line in lxml.html.tostring(tree, encoding="unicode", method="text").split("\n")
    )
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return replace(draft, text=text, stripped=draft.stripped + stripped, markup=False)
