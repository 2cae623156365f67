"""Finds the headline of a page as its readers see it, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ingest.readers.page_blocks import flat

SITE_SUFFIX = re.compile(r"\s+[|–—»·›-]\s+[^|–—»·›]{2,60}$")
_SEPARATOR = re.compile(r"\s+[|–—»«·›‹•:-]+\s+|\s*[|_]\s*")
_WORD = re.compile(r"\w+")
_PARTS = ("span", "a", "strong", "b", "div", "p")
_MAX_CHARS = 400
_SAME = 0.5  # A heading with this share of its words in the page's title is the headline.


def find_headline(tree: Any, stated: Sequence[str], sites: Iterable[str]) -> str | None:
    """The headline.

    Args:
        tree: the page.
        stated: the article's titles in metadata, the surest first; `<title>` is read here.
        sites: names of the site, which are not headlines.
    """
    named = {_folded(site) for site in sites}
    titles = [*stated, *_title(tree)]
    titles = [title for title in titles if _folded(title) not in named]
    shown = [heading for heading in _headings(tree, "h1") if _folded(heading) not in named]
    best = max(shown, key=lambda heading: _likeness(heading, titles), default=None)
    alone = sum(1 for _ in tree.iter("h1")) == 1
    if best and (alone or _likeness(best, titles) >= _SAME):
        return best
    for heading in _headings(tree, "h2", "h3"):
        if any(_opens(heading, title) for title in titles):
            return heading
    return next((_without_site(title, named) for title in titles), best)


def _title(tree: Any) -> Iterator[str]:
    for title in tree.iter("title"):
        if (text := " ".join((title.text or "").split())) and title.getparent().tag != "svg":
            yield text
            return


def _headings(tree: Any, *tags: str) -> Iterator[str]:
    """The texts of headings; of one that begins with its topic, also the parts."""
    for heading in tree.iter(*tags):
        if not _is_around(heading):
            texts = (
                " ".join(flat(each).split()).replace(" : ", ": ")
                for each in heading.iter(heading.tag, *_PARTS)
            )
            yield from (text for text in texts if 0 < len(text) <= _MAX_CHARS)


def _is_around(element: Any) -> bool:
    return any(each.tag in ("nav", "footer", "aside", "dialog") for each in element.iterancestors())


def _likeness(heading: str, titles: Sequence[str]) -> float:
    """The share of a heading's words in the most similar title."""
    words = set(_WORD.findall(heading.casefold()))
    found = (set(_WORD.findall(title.casefold())) for title in titles)
    return max((len(words & each) / max(1, len(words | each)) for each in found), default=0.0)


def _opens(heading: str, title: str) -> bool:
    """Whether a title is this heading followed by the site's name."""
    folded, wanted = _folded(heading), _folded(title)
    return len(folded) > 8 and (wanted.startswith(folded) or wanted.endswith(folded))


def _without_site(title: str, named: set[str]) -> str:
    parts = _SEPARATOR.split(title)
    for part in (parts[0], parts[-1]):
        if len(parts) > 1 and _folded(part) in named:
            at = title.find(part) if part is parts[0] else title.rfind(part)
            rest = title[at + len(part) :] if part is parts[0] else title[:at]
            return rest.strip(" \t|–—»«·›‹•:-_")
    return SITE_SUFFIX.sub("", title)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
