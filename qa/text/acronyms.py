"""The acronyms that a text introduces: "the Joint Working Group (JWG)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.text.english import small

_BRACKETED = re.compile(r"\(\s{0,3}([A-Z][A-Za-z&-]{0,8}[A-Z])s?\s{0,3}\)")
_LAST_WORDS = re.compile(r"[\w&'’-]++$")
_WORD = re.compile(r"[\w'’]+")
_MAX_WORDS = 10
_MAX_CHARS = 300
_SMALL = small("in_acronyms")


def introduced(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of an acronym and its long form, as written, in order of appearance."""
    for match in _BRACKETED.finditer(text):
        before = _words_before(text[max(0, match.start() - _MAX_CHARS) : match.start()])
        start = _long_form(_WORD.finditer(before), match[1])
        if start is not None:
            yield match[1], before[start:]


def _words_before(text: str) -> str:
    """The last words of a text, with only white space between them."""
    text = text.rstrip()
    start = len(text)
    for _ in range(_MAX_WORDS):
        word = _LAST_WORDS.search(text, max(0, start - _MAX_CHARS), start)
        if word is None:
            break
        start = word.start()
        if not text[start - 1 : start].isspace():
            break
        start = len(text[:start].rstrip())
    return text[start:].lstrip()


def _long_form(words: Iterator[re.Match[str]], acronym: str) -> int | None:
    """Where the long form begins: its words' first letters, read backwards, spell the acronym.

    Small words ("of", "and") may be passed over; the long form has at least two words.
    """
    letters = [letter.lower() for letter in acronym if letter.isalpha()]
    found = list(words)
    if len(letters) < 2 or len(found) < 2:
        return None
    for word in reversed(found):
        if word[0][0].lower() == letters[-1]:
            letters.pop()
        elif word[0].lower() not in _SMALL:
            return None
        if not letters:
            return word.start()
    return None
