"""The few things that Streamlit has no element for: cited prose, source cards, a marked text,
entries (search results, events), what a broad question gathered, and a table whose rows open.

Each is a small component whose script sets text as text, so that nothing that a document or
a model wrote is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from qa.web.language import N_, _, current

_HERE = Path(__file__).parent
_HTML = {
    "prose": '<div class="prose"></div>',
    "language": "",
    "cards": '<ul class="cards" tabindex="0"></ul>',
    "sides": '<ul class="sides"></ul>',
    "digest": '<ol class="digest"></ol>',
    "copy": '<div class="row"><div class="copy"></div><span class="copied" role="status"></span></div>',
    "keys": '<span class="said" role="status" aria-live="polite"></span>',
    "reader": '<article class="reader" tabindex="0"></article>',
    "entries": '<ol class="entries"></ol>',
    "table": "<table><thead></thead><tbody></tbody></table>",
}

_LABELS = {
    "cards": N_("Sources"),
    "sides": N_("What each document says"),
    "reader": N_("The article's text"),
}
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "sd", "ug", "ur", "yi")


def mount(name: str, key: str, data: dict[str, Any], **callbacks: Any) -> Any:
    """Draws a component; `callbacks` are `on_NAME_change` functions. Returns its result.

    Its script is handed the data, with the page's language, its direction and the element's label.
    """
    language = current()
    own = {
        "language": language.tag,
        "direction": "rtl" if language.right_to_left else "ltr",
        "label": _(_LABELS.get(name, "")),
    }
    return _component(name)(key=key, data={**own, **data}, **callbacks)


def set_language() -> None:
    """Has the whole page, and what lies over it, read in the reader's language and direction."""
    mount("language", "language", {})


def entry(
    *,
    index: int,
    origin: str,
    title: str,
    language: str | None,
    day: str = "",
    pieces: Sequence[tuple[str, bool]] = (),
    also: Sequence[tuple[int, str]] = (),
) -> dict[str, Any]:
    """One of the `entries`; a click on its title, or on one of `also`, chooses the index beside it.

    Args:
        index: what a click on the title chooses.
        origin: whose words these are, and from when.
        title: the headline, or the sentence of an event.
        language: of the title; it says where its lines begin.
        day: of an event.
        pieces: the passage, in pieces, each with whether it is marked.
        also: other documents that say so, each with what a click on it chooses.
    """
    direction = "rtl" if (language or "")[:2] in _RIGHT_TO_LEFT else "ltr"
    return {
        "index": index,
        "origin": origin,
        "title": title,
        "direction": direction,
        "day": day,
        "pieces": list(pieces),
        "also": list(also),
    }


@cache
def _component(name: str) -> Any:
    return st.components.v2.component(
        f"dateline_{name}",
        html=_HTML[name],
        css=(_HERE / f"{name}.css").read_text(encoding="utf-8"),
        js=(_HERE / f"{name}.js").read_text(encoding="utf-8"),
    )
