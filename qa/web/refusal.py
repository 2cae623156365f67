"""Draws "the library does not say": what it says otherwise, what comes nearest, and what to do next."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qa.core.types import Filters
from qa.web import prose, state, wording
from qa.web.cards import draw_cards, draw_near
from qa.web.conversations import Exchange
from qa.web.error_boundary import calmly
from qa.web.language import _, plural

LIBRARY_PAGE = Path(__file__).parent / "library.py"


def draw(exchange: Exchange, position: int) -> None:
    """Draws a refusal."""
    with st.container(key=state.key("refused", position), border=True):
        st.markdown("## " + _("The library does not say."), anchors=False)
        if exchange.corrections:
            _otherwise(exchange, position)
        _nearest(exchange, position)
        if exchange.note:
            st.caption(wording.plain(exchange.note))
        searched = wording.in_the_library(exchange.basis)
        if searched:
            st.caption(wording.plain(searched))
        _next(exchange, position)


def _otherwise(exchange: Exchange, position: int) -> None:
    """What the library has against a premise of the question, with the words that say so."""
    st.markdown(_("The library says otherwise:"))
    prose.draw(state.key("otherwise", position), position, [[claim] for claim in exchange.corrections])
    said = " ".join(wording.unmarked(claim.text) for claim in exchange.corrections)
    for quote in wording.cited(exchange.corrections):
        if quote.quote not in said:  # A correction is often the quote itself.
            st.markdown(f"> {wording.plain(quote.quote)}")
        st.caption(wording.plain(wording.origin(quote.publisher, quote.published)))


def _nearest(exchange: Exchange, position: int) -> None:
    if exchange.nearest:
        st.markdown(_("Closest passages, which do not answer it:"))
        draw_near(exchange, position)
    elif exchange.sources:
        near = plural(
            len(exchange.sources),
            "{n} document comes closest, without answering it:",
            "{n} documents come closest, without answering it:",
        )
        st.markdown(near)
        draw_cards(exchange, position)
    else:
        st.markdown(_("No document comes close to this question."))


def _next(exchange: Exchange, position: int) -> None:
    if len(exchange.advice) == 1:
        st.markdown(wording.plain(_(exchange.advice[0])))
    elif exchange.advice:
        st.markdown("\n".join(f"- {wording.plain(_(each))}" for each in exchange.advice))
    with st.container(horizontal=True):
        if state.filters():
            st.button(
                _("Ask without filters"),
                key=state.key("unfiltered", position),
                on_click=_ask_unfiltered,
                args=(exchange, position),
            )
        st.page_link(LIBRARY_PAGE, label=_("Add documents that may say it"), icon=":material/add:")


@calmly
def _ask_unfiltered(exchange: Exchange, position: int) -> None:
    state.set_filters(Filters())
    state.ask(exchange.question, position)
