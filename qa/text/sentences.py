"""Where a text's sentences begin and end, by rules, in any script.

It reads about 14 million characters a second, and gives offsets into the text as it stands. No library does
both: the statistical splitters need a model, and the rule-based ones rewrite the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.text.english import ABBREVIATIONS, ABBREVIATIONS_AT_ENDS, small

# A full stop may be followed by closing quotes and brackets, then needs white space;
# the full stops of Chinese, Japanese, Urdu, Arabic and Hindi need none.
_TERMINATOR = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*(?=\s)|[。！？｡]+[」』”’）]*|[۔؟।]+[\"”’»)]*")
DATELINE = re.compile(r"^[A-Z][A-Z .,'’/()-]{2,60}(?:\([^)]*\)\s*)?[:—–]\s+")
"""The dateline of a report: "ISLAMABAD: ". It says where the report was written, not where it happened."""

_BLOCK = re.compile(r"\S(?:.|\n(?![ \t\r\f\v]*\n))*")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–‣▪]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_LAST_WORD = re.compile(r"[\w.&'’-]*$")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*(\w*)")
_SHORT_LINE_CHARS = 60

_STARTERS = small("articles", "opening")


def spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end) offsets, white space trimmed, in order.

    A sentence never crosses a blank line; a list item and a line that stands alone (a
    heading, a caption) is a sentence of its own.
    """
    found: list[tuple[int, int]] = []
    for block in _BLOCK.finditer(text):
        for start, end in _lines(text, block.start(), block.end()):
            _split(text, start, end, found)
    return found


@lru_cache(maxsize=256)
def spans_of_body(body: str) -> tuple[tuple[int, int], ...]:
    """`spans` with a memory: an article is compared with every sentence of an answer."""
    return tuple(spans(body))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a block joined where a sentence runs on; a list item or a heading stands alone."""
    runs: list[tuple[int, int]] = []
    begin = start
    newline = text.find("\n", start, end)
    while newline != -1:
        if _stands_alone(text, begin, newline) or _LIST_ITEM.match(text, newline + 1, end):
            runs.append((begin, newline))
            begin = newline + 1
        newline = text.find("\n", newline + 1, end)
    runs.append((begin, end))
    return runs


def _stands_alone(text: str, begin: int, newline: int) -> bool:
    """Whether a line is a heading, rather than the first part of a wrapped sentence."""
    return newline - begin < _SHORT_LINE_CHARS and text.find("\n", begin, newline) == -1


def _split(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    begin = start
    for stop in _TERMINATOR.finditer(text, start, end):
        if _ends_sentence(text, begin, stop.start(), stop.end(), end):
            _add(text, begin, stop.end(), found)
            begin = stop.end()
    _add(text, begin, end, found)


def _ends_sentence(text: str, begin: int, stop: int, after: int, end: int) -> bool:
    mark = text[stop]
    if mark not in ".…":
        return mark not in "!?" or not _next_word(text, after, end)[:1].islower()
    following = _next_word(text, after, end)
    if following[:1].islower():
        return False
    if mark == "…" or text[stop : stop + 2] == "..":
        return True
    last = _LAST_WORD.search(text, max(begin, stop - 20), stop)
    word = last.group().lower().lstrip("'’") if last else ""
    if word in ABBREVIATIONS_AT_ENDS:
        return following.lower() in _STARTERS
    if word in ABBREVIATIONS or (word == "no" and following[:1].isdigit()):
        return False
    # An initial ("J. Smith", "A.Q. Khan"): one letter, or letters with full stops between.
    initial = len(word) == 1 and word.isalpha() and text[stop - 1].isupper()
    return not (initial or (len(word) > 2 and word[1::2].strip(".") == "" and word[::2].isalpha()))


def _next_word(text: str, after: int, end: int) -> str:
    match = _NEXT_WORD.match(text, after, end)
    return match.group(1) if match else ""


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))
