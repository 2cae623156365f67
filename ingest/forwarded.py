"""Finds messages inside a message's text: forwarded ones, and those that a reply quotes whole.

Mail programs set a head before them, in the reader's language: "From: ... Date: ... Subject: ...",
"De : ... Envoyé : ... À : ... Objet : ...". It is recognised by its shape: lines of "name: value", one with a
mail address and one with a date. The first address is the sender's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parseaddr
from itertools import groupby
from typing import NamedTuple

from ingest.published import parse_date

_LINE = re.compile(r"[>*\s]{0,8}+([^\W\d_][^:：\n]{0,18}?)\*?\s?[:：]\*?\s*(\S.{0,300})$")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.")
_MAILTO = re.compile(r"\[mailto:([^\]\s]{1,100})\]", re.IGNORECASE)
_SEPARATOR = re.compile(r"[>\s]{0,8}+(?:[-_]{3,}+.{0,60}|.{0,60}:)$")
_FEWEST, _MOST = 3, 8
_MAX_MESSAGES = 50
_MAX_DATE_CHARS = 80


class Inner(NamedTuple):
    """A message inside another: who sent it, when, under what subject, and its text."""

    sender: str
    published: str
    subject: str | None
    text: str


def parted(text: str) -> tuple[str, list[Inner]]:
    """A message's own text, and the messages in it, in order."""
    lines = text.split("\n")
    heads = _heads(lines)[:_MAX_MESSAGES]
    if not heads:
        return text, []
    ends = [begin for begin, _, _ in heads[1:]] + [len(lines)]
    inner = [
        head._replace(text=_unquoted(lines[after : _without_separator(lines, end)]))
        for (_, after, head), end in zip(heads, ends, strict=True)
    ]
    return "\n".join(lines[: _without_separator(lines, heads[0][0])]).strip(), inner


def _heads(lines: Sequence[str]) -> list[tuple[int, int, Inner]]:
    """Each head: its first line, the line after it, and its content."""
    found = []
    named = ((at, _LINE.match(line) if len(line) < 400 else None) for at, line in enumerate(lines))
    for is_named, run in groupby(named, key=lambda each: each[1] is not None):
        block = [(at, match[2].strip()) for at, match in run if match] if is_named else []
        if _FEWEST <= len(block) <= _MOST:
            head = _read([value for _, value in block])
            if head is not None:
                found.append((block[0][0], block[-1][0] + 1, head))
    return found


def _read(values: Sequence[str]) -> Inner | None:
    addresses = [value for value in values if _ADDRESS.search(value)]
    dates = [value for value in values if value not in addresses and _day(value)]
    if not addresses or not dates:
        return None
    rest = [value for value in values if value not in addresses and value not in dates]
    return Inner(_sender(addresses[0]), _day(dates[0]) or "", rest[-1] if rest else None, "")


def _day(value: str) -> str | None:
    """A date in words as ISO 8601; mail programs write "at", in any language, before the time."""
    if len(value) > _MAX_DATE_CHARS or not any(char.isdigit() for char in value):
        return None
    clock = re.search(r"\d{1,2}[:.]\d{2}", value)
    bare = value[: clock.start()].rstrip() if clock else value
    for words in (value, bare, bare.rpartition(" ")[0], " ".join(bare.split(" ")[:-2])):
        read = parse_date(words.strip(" ,"), "metadata") if words else None
        if read is not None:
            return read.day.isoformat()
    return None


def _sender(value: str) -> str:
    name, address = parseaddr(_MAILTO.sub(r"<\1>", value))
    return name or address.rpartition("@")[2] or value


def _without_separator(lines: Sequence[str], end: int) -> int:
    """Where the text before a head ends, without blank lines and the line that announces a message."""
    while end and not lines[end - 1].strip("> \t"):
        end -= 1
    if end and _SEPARATOR.match(lines[end - 1].rstrip()):
        end -= 1
    return end


def _unquoted(lines: Sequence[str]) -> str:
    """Lines without the marks of quoting, if all lines have them."""
    told = [line for line in lines if line.strip()]
    if told and all(line.startswith(">") for line in told):
        lines = [line.removeprefix(">").removeprefix(" ") for line in lines]
    return "\n".join(lines).strip()
