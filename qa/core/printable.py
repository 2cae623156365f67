"""Text of strangers as a terminal may print it: without what would command the terminal."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")
# Control characters but tab and newline, and those that turn the direction of writing.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(value: T) -> T:
    """A text, or a value with texts anywhere in it, with "\ufffd" for what commands a terminal.

    What no encoding can write (the bytes of a file name that is no UTF-8) is shown as its number.
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
