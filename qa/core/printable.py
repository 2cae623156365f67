"""Text from documents, safe to print on a terminal: without the characters that control it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")
# Control characters except tab and newline, and those that change the direction of writing.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(value: T) -> T:
    """A text, or a value with texts in it, with "\ufffd" for each character that controls a terminal.

    A character that no encoding can write (a byte of a file name that is not UTF-8) is shown as its number.
    """
    if isinstance(value, str):
        return cast(T, _COMMANDS.sub("\ufffd", value).encode("utf-8", "backslashreplace").decode())
    if isinstance(value, list | tuple):
        return cast(T, type(value)(map(printable, value)))
    if isinstance(value, dict):
        return cast(T, {name: printable(each) for name, each in value.items()})
    if is_dataclass(value) and not isinstance(value, type):
        given: dict[str, Any] = {each.name: printable(getattr(value, each.name)) for each in fields(value)}
        return cast(T, replace(value, **given))
    return value
