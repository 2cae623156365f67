"""Draws sentences with their citations, each a button that opens its quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st

from qa.core.types import Citation, Claim
from qa.web import state, wording
from qa.web.components import mount
from qa.web.error_boundary import calmly
from qa.web.language import N_, _, current

_NOT_WHOLLY = {"partial": N_("partly proved"), "unsupported": N_("not proved")}


def draw(key: str, position: int, paragraphs: Sequence[Sequence[Claim]]) -> None:
    """Draws claims, a list a paragraph.

    Args:
        key: names the element on the page.
        position: the exchange that they belong to.
        paragraphs: the claims.
    """
    quotes = wording.cited([claim for paragraph in paragraphs for claim in paragraph])
    data = {
        "paragraphs": [[_sentence(claim, quotes) for claim in paragraph] for paragraph in paragraphs],
        "open": wording.place(open_at(position), quotes),
    }
    mount("prose", key, data, on_cited_change=partial(_open, key, quotes, state.conversation(), position))


def open_at(position: int) -> Citation | None:
    """The quote of an exchange that is open beside it."""
    current = state.opened()
    return current.citation if current is not None and current.position == position else None


def _sentence(claim: Claim, quotes: tuple[Citation, ...]) -> dict[str, object]:
    return {
        "text": wording.unmarked(claim.text),
        "support": claim.support,
        "note": current().pause.join(_notes(claim)),
        "citations": [_mark(citation, quotes) for citation in claim.citations],
    }


def _notes(claim: Claim) -> Iterator[str]:
    """How far a sentence is proved, who says it, how it was worked out."""
    if claim.support in _NOT_WHOLLY:
        missing = [wording.without_source(claim)] if claim.missing else []
        how = _(_NOT_WHOLLY[claim.support])
        yield _("{property}: {values}", property=how, values=missing[0]) if missing else how
    speakers = list(dict.fromkeys(each.speaker for each in claim.citations if each.speaker))
    if speakers:
        yield _("as said by {speaker}", speaker=_(" and ").join(speakers))
    if claim.working:
        yield _("worked out: {working}", working=claim.working)


def _mark(citation: Citation, quotes: tuple[Citation, ...]) -> dict[str, object]:
    origin = wording.origin(citation.publisher, citation.published)
    return {
        "index": wording.place(citation, quotes),
        "number": citation.number,
        "origin": origin,
        "label": _("Source {number}, {origin}: show the quote", number=citation.number, origin=origin),
    }


@calmly
def _open(key: str, quotes: tuple[Citation, ...], within: str | None, position: int) -> None:
    chosen = st.session_state[key].cited
    if chosen is not None:
        state.open_quote(within, position, quotes[int(chosen)])
