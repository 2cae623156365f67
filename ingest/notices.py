"""What a publisher says of its own article: that it is retracted, that it was corrected, that it is satire.

Publishers say so in the headline, or in a line of its own at the article's head or foot, beginning with a
label ("Correction:", "Rectificatif") or in a set phrase ("An earlier version of this article ...").
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
_MAX_LINE_CHARS = 700  # A longer paragraph is the story itself.
_OPENING = re.compile(r"^[\W_]{0,10}+(?:editor['’]?s['’]? note[:.—–-]\s?)?", re.IGNORECASE)
_AFTER_LABEL = re.compile(
    r"\s{0,3}(?:[:：.|)\]—–-]|\d|$)|\s\w{3,9}\.?\s\d"
)  # "Correction 21 January", "(Corrected)".


def notice_of(title: str, body: str, section: str | None = None, url: str | None = None) -> Notice | None:
    """What an article's publisher says of it, the gravest first; None where it says nothing."""
    lines = [title, *_edges(body)]
    for kind, known in _known().items():
        if any(_says(line, known) for line in lines) or _is_from(known, section, url):
            return cast(Notice, kind)
    return None


def _edges(body: str) -> list[str]:
    """The first and the last lines of a body, as far as they may be notes."""
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
