"""Lines of JSON, one object a line, as sets and journals keep them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.core.errors import DatelineError


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file; blank lines are skipped.

    Raises:
        DatelineError: a line is no JSON object; the message names its number.
    """
    for _, found in numbered(path):
        if isinstance(found, DatelineError):
            raise found
        yield found


def numbered(path: Path) -> Iterator[tuple[int, dict[str, Any] | DatelineError]]:
    """The lines of a JSON-lines file by number, from 1: each an object, or what is wrong with it."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield number, _object(line)
                except ValueError as error:
                    yield number, DatelineError(f"Line {number} of {path.name!r} is {error}.")


def _object(line: bytes) -> dict[str, Any]:
    """The object that a line holds; a ValueError says what it is instead."""
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not in UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg}") from None
    if not isinstance(value, dict):
        raise ValueError("no JSON object")
    return value
