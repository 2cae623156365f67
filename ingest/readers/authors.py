"""Who wrote a page: names out of bylines and metadata, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

_ADDRESS = re.compile(r"https?:\S*|www\.\S+|\S+@\S+|@\S+")
_SEPARATOR = re.compile(r"\s*[;,|/&、，•·]\s*|\s+[-–—]\s+|\n")
_NUMBER = re.compile(r"(?<!\w)\d.*$")
_EDGE = " \t\n.:;,|/*()[]–—-»«›‹“”\"'"
_MAX_CHARS = 60
_MAX_WORDS = 6


def clean_authors(values: Iterable[str], sites: Iterable[str], language: str | None) -> tuple[str, ...]:
    """The names in what metadata or a byline gives as author.

    Args:
        values: the strings, each with one name or several.
        sites: names of the site itself, which are no author's.
        language: the page's language, whose word for "and" parts names.
    """
    named = {_folded(site) for site in sites if site}
    found: dict[str, str] = {}
    for value in values:
        for part in _parts(value, language):
            name = _name(part, language)
            if name and _folded(name) not in named:
                found.setdefault(_folded(name), name)
    # "Sana" beside "Sana Mirza" is the same person.
    return tuple(
        name for key, name in found.items() if not any(key != other and key in other for other in found)
    )


def _parts(value: str, language: str | None) -> Iterator[str]:
    for part in _SEPARATOR.split(_ADDRESS.sub(" ", value)):
        yield from re.split(_conjunctions(language), part)


@cache
def _conjunctions(language: str | None) -> re.Pattern[str]:
    """What stands between two names in English and in a language."""
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


def _name(part: str, language: str | None) -> str | None:
    words = _NUMBER.sub("", part).strip(_EDGE).split()
    while len(words) > 1 and _is_function_word(words[0], language):
        words = words[1:]
    name = " ".join(words).strip(_EDGE)
    if not any(char.isalpha() for char in name) or len(name) > _MAX_CHARS or len(words) > _MAX_WORDS:
        return None
    return name


def _is_function_word(word: str, language: str | None) -> bool:
    """Whether a word is one of the language's commonest ("by", "von", "posted by"), not a name's."""
    return word.rstrip(":").casefold() in _stop_words("en") | _stop_words(language or "en")


@cache
def _stop_words(language: str) -> frozenset[str]:
    from babel import Locale, UnknownLocaleError
    from justext import get_stoplist

    try:
        name = Locale.parse(language).get_display_name("en") or ""
        return frozenset(get_stoplist(name.split(" ")[0]))
    except (UnknownLocaleError, ValueError):
        return frozenset()


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def bylines(tree: Any) -> Iterator[str]:
    """Where a page's markup shows an author, the surest first."""
    from trafilatura.xpaths import AUTHOR_XPATHS

    for expression in AUTHOR_XPATHS:
        for element in expression(tree):
            text = " ".join(element.text_content().split())
            if 2 < len(text) < 2 * _MAX_CHARS:
                yield text
