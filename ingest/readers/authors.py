"""The authors of a page: single names from bylines and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

_ADDRESS = re.compile(r"https?:\S*|www\.\S+|\S+@\S+|@\S+")
_SEPARATOR = re.compile(r"\s*[;,|/&、，•·]\s*|\s+[-–—]\s+|\n")
_NUMBER = re.compile(r"(?<!\w)\d.*$")
_BY = re.compile(r"^.*\bby\s+", re.IGNORECASE)
_EDGE = " \t\n:;,|/*()[]–—-»«›‹“”\"'"
_SHOWN = "descendant::text()[not(ancestor::time or ancestor::style or ancestor::script)]"
# How most publishing systems address author pages.
_AUTHORS_PAGE = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|autori)/[^/]", re.IGNORECASE)
_MAX_CHARS = 60
_MAX_WORDS = 6


def clean_authors(values: Iterable[str], sites: Iterable[str], language: str | None) -> tuple[str, ...]:
    """The names in the author fields of metadata or a byline.

    Args:
        values: the strings, each with one name or several.
        sites: names of the site itself, which are not authors.
        language: the page's language, for its word for "and".
    """
    named = {_folded(site) for site in sites if site}
    found: dict[str, str] = {}
    for value in values:
        for part in _parts(value, language):
            name = _name(part)
            if name and _folded(name) not in named:
                found.setdefault(_folded(name), name)
    # "Sana" and "Sana Mirza" are the same person.
    return tuple(
        name for key, name in found.items() if not any(key != other and key in other for other in found)
    )


def _parts(value: str, language: str | None) -> Iterator[str]:
    for part in _SEPARATOR.split(_ADDRESS.sub(" ", value)):
        yield from re.split(_conjunctions(language), part)


@cache
def _conjunctions(language: str | None) -> re.Pattern[str]:
    """The pattern of "and" between two names, in English and in a language."""
    from babel import Locale, UnknownLocaleError

    words = {"and"}
    for code in {language or "en"}:
        try:
            pattern = Locale.parse(code).list_patterns["standard"]["2"]
        except (UnknownLocaleError, ValueError, KeyError):
            continue
        words.add(pattern.replace("{0}", "").replace("{1}", "").strip(" ,"))
    spaced = "|".join(re.escape(word) for word in sorted(words) if word)
    return re.compile(rf"\s+(?:{spaced})\s+", re.IGNORECASE)


def _name(part: str) -> str | None:
    """The name in one part of a byline, without "By", "Text:", and the day and place after it."""
    from trafilatura.json_metadata import AUTHOR_PREFIX, AUTHOR_REMOVE_PREPOSITION

    bare = AUTHOR_PREFIX.sub("", _BY.sub("", part.rpartition(":")[2]).strip(_EDGE))
    bare = _NUMBER.sub("", AUTHOR_REMOVE_PREPOSITION.sub("", f"{bare} "))
    name = " ".join(bare.strip(_EDGE).split())
    if not any(char.isalpha() for char in name) or len(name) > _MAX_CHARS or len(name.split()) > _MAX_WORDS:
        return None
    return name


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def bylines(tree: Any) -> Iterator[str]:
    """The bylines in a page's markup, the surest first, without those of readers' comments."""
    from trafilatura.xpaths import AUTHOR_XPATHS, REMOVE_COMMENTS_AND_LISTS_XPATH

    others = {each for discard in REMOVE_COMMENTS_AND_LISTS_XPATH for each in discard(tree)}
    others.update(tree.iter("form", "nav", "aside"))
    if linked := _linked(tree, others):
        yield linked
    for expression in AUTHOR_XPATHS:
        for element in expression(tree):
            text = _shown(element)
            if 2 < len(text) < 2 * _MAX_CHARS and others.isdisjoint((element, *element.iterancestors())):
                yield text


def _linked(tree: Any, others: set[Any]) -> str | None:
    """The texts of the first neighbouring links to author pages."""
    found: list[Any] = []
    for link in tree.iter("a"):
        if link.get("rel") == "author" or _AUTHORS_PAGE.search(link.get("href") or ""):
            beside = not found or link.getparent() is found[0].getparent()
            if _shown(link) and beside and others.isdisjoint(link.iterancestors()):
                found.append(link)
    return "; ".join(map(_shown, found)) or None


def _shown(element: Any) -> str:
    return " ".join(" ".join(element.xpath(_SHOWN)).split())
