"""Draws what was gathered for a broad question: entries, their values, and dated quotes that open."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qa.core.types import Citation, Digest, Notice
from qa.web import state, wording
from qa.web.components import mount
from qa.web.error_boundary import calmly
from qa.web.language import N_, _
from qa.web.prose import open_at

_NOTICES: dict[Notice, str] = {
    "retraction": N_("retraction"),
    "correction": N_("correction"),
    "satire": N_("satire"),
}


def draw(digest: Digest, position: int) -> None:
    """Draws a digest; each quote opens beside it."""
    st.markdown(wording.plain(digest.lead))
    quotes = tuple(dict.fromkeys(cited for entry in digest.entries for cited in entry.citations))
    entries = [
        {
            "label": entry.label,
            "values": list(entry.values),
            "quotes": [_quote(cited, quotes.index(cited)) for cited in entry.citations],
        }
        for entry in digest.entries
    ]
    key = state.key("digest", position)
    data = {
        "entries": entries,
        "none": _("no value quoted") if digest.column else "",
        "open": wording.place(open_at(position), quotes),
    }
    mount("digest", key, data, on_chosen_change=partial(_open, key, quotes, state.conversation(), position))
    for sentence in digest.missing:
        st.caption(wording.plain(_(sentence)))


def _quote(cited: Citation, index: int) -> dict[str, object]:
    return {"index": index, "words": " ".join(cited.quote.split()), "origin": _origin(cited)}


def _origin(cited: Citation) -> str:
    return wording.credit(cited) + (f" ({_(_NOTICES[cited.notice])})" if cited.notice else "")


@calmly
def _open(key: str, quotes: tuple[Citation, ...], within: str | None, position: int) -> None:
    chosen = st.session_state[key].chosen
    if chosen is not None:
        state.open_quote(within, position, quotes[int(chosen)])
