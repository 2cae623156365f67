"""Draws what a model drafted and the check took back, and why."""

from __future__ import annotations

import streamlit as st

from qa.text.sentences import spans
from qa.text.stems import coverage
from qa.web import wording
from qa.web.conversations import Exchange
from qa.web.language import _

_SAME = 0.8
"""The share of a sentence's words that an answer keeps of it, where it is the same but for its citation."""


def draw(exchange: Exchange) -> None:
    """Draws the sentences of the draft that are not in the answer; nothing where all are."""
    taken_back = sentences(exchange)
    if not taken_back:
        return
    with st.expander(_("Withdrawn from the draft"), icon=":material/undo:"):
        st.caption(why(exchange))
        for sentence in taken_back:
            st.markdown(f"> {wording.plain(sentence)}")


def sentences(exchange: Exchange) -> tuple[str, ...]:
    """The sentences of an exchange's draft that its answer does not have."""
    drafted = (wording.unmarked(exchange.draft[start:end]) for start, end in spans(exchange.draft))
    kept = " ".join(wording.unmarked(claim.text) for claim in exchange.claims)
    refusal = exchange.text if exchange.outcome == "not_in_library" else ""
    return tuple(each for each in drafted if each and each != refusal and coverage(each, kept) < _SAME)


def why(exchange: Exchange) -> str:
    """Why it was taken back, in a sentence."""
    if exchange.withheld:
        return _("Quotes support this, but it may not answer this question.")
    return _("No quote that was found says this.")
