"""A publisher's notice on its own article: retracted, corrected, satire.

It is in the headline, or in a line at the article's head or foot, and begins with a label ("Correction:",
"Rectificatif") or has a set phrase ("An earlier version of this article ...").
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, cast
from urllib.parse import urlsplit

from qa.core.types import Notice

_EDGE_CHARS = 3_000
_EDGE_LINES = 4
_MAX_LINE_CHARS = 700  # A longer paragraph is part of the story.
_OPENING = re.compile(r"^[\W_]{0,10}+(?:editor['’]?s['’]? note[:.—–-]\s?)?", re.IGNORECASE)
_AFTER_LABEL = re.compile(
    r"\s{0,3}(?:[:：.|)\]—–-]|\d|$)|\s\w{3,9}\.?\s\d"
)  # "Correction 21 January", "(Corrected)".


def notice_of(title: str, body: str, section: str | None = None, url: str | None = None) -> Notice | None:
    """The publisher's notice on an article, the gravest of several; None if there is none."""
    lines = [title, *_edges(body)]
    for kind, known in _known().items():
        if any(_says(line, known) for line in lines) or _is_from(known, section, url):
            return cast(Notice, kind)
    return None


def _edges(body: str) -> list[str]:
    """The first and last lines of a body that may be notices."""
    first, last = (
        [line for line in part.split("\n") if line.strip()]
        for part in (body[:_EDGE_CHARS], body[-_EDGE_CHARS:])
    )
    return [line for line in (*first[:_EDGE_LINES], *last[-_EDGE_LINES:]) if len(line) <= _MAX_LINE_CHARS]


def _says(line: str, known: dict[str, Any]) -> bool:
    folded = _OPENING.sub("", line, count=1).casefold().replace("'", "’")
    labelled = any(
        folded.startswith(label) and _AFTER_LABEL.match(folded, len(label)) for label in known["labels"]
    )
    return labelled or any(phrase in folded for phrase in known["phrases"])


def _is_from(known: dict[str, Any], section: str | None, url: str | None) -> bool:
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return (section or "").casefold() in known.get("sections", ()) or host in known.get("hosts", ())


@cache
def _known() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(files("ingest").joinpath("notices.json").read_text(encoding="utf-8"))
    return known
