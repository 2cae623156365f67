"""Reads the article of a web page with trafilatura, without text that is hidden from readers."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from ingest.decoding import decode
from ingest.readers.invisible import strip_invisible
from ingest.readers.main_text import main_text
from ingest.readers.metadata import read_metadata
from ingest.readers.page_date import with_day
from ingest.values import Blob, Draft
from qa.core.errors import RefusedError

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Characters that XML forbids; a tree with one of them can't be serialised.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#0*([0-9]{1,7});?|&#[xX]0*([0-9a-fA-F]{1,6});?")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_MAX_ELEMENTS = 300_000


def read_html(blob: Blob, data: bytes) -> Draft:
    """The article of a page: headings, paragraphs, lists, quotes, tables, captions.

    Raises:
        RefusedError: no article is found on the page.
    """
    declared = _DECLARED.search(data[:4096])
    tree = parse_html(decode(data, declared.group(1).decode() if declared else None))
    facts = read_metadata(tree, blob.facts.url)
    if facts.published or not blob.facts.published:  # The feed's day is better than a guess.
        facts = with_day(facts, tree)
    stripped = strip_invisible(tree)
    text = main_text(tree, facts.title)
    if not text:
        raise RefusedError("There is no article on this page, only navigation or none at all.")
    known = blob.facts.or_else(facts) if blob.sure else facts.or_else(blob.facts)
    return Draft(blob.source, blob.name, text, known, stripped=stripped)


def parse_html(text: str) -> Any:
    """The element tree of a page; nothing external is fetched.

    Raises:
        RefusedError: it is not HTML, or too large for a parser.
    """
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    clean = _CONTROLS.sub("", _REFERENCE.sub(_sound, _XML_DECLARATION.sub("", text)))
    try:
        tree = lxml.html.document_fromstring(clean.encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise RefusedError("It is not a readable page.") from error
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise RefusedError(f"The page has more than {_MAX_ELEMENTS:,} elements, which no article has.")
    return tree


def _sound(reference: re.Match[str]) -> str:
    """A character reference as browsers read it: "&#146;" is an apostrophe, "&#2;" is nothing."""
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    if code in (9, 10, 13) or 32 <= code < 127 or 160 <= code < 0xD800 or 0xE000 <= code < 0xFFFE:
        return reference[0]
    return reference[0] if 0x10000 <= code <= 0x10FFFF else unescape(reference[0])


def read_fragment(draft: Draft) -> Draft:
    """A draft whose text is markup, of a record or a feed entry, with plain text.

    The markup is the article, so only tags and invisible text are removed.
    """
    import lxml.html

    tree = parse_html(f"<html><body><article>{draft.text}</article></body></html>")
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
