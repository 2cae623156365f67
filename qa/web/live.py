"""Draws the answer being written: what it is doing, its sources and closest quotes, then its words."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from qa.core.types import Citation
from qa.web import exchange, wording
from qa.web.cards import draw_cards
from qa.web.conversations import Source
from qa.web.language import N_, _, plural
from qa.web.writing import Progress, Writing

_STEPS = {
    "loading": N_("Loading the language model; this takes a few seconds after a start"),
    "searching": N_("Searching the library"),
    "writing": N_("Writing"),
    "checking": N_("Checking it against what is quoted"),
}


def follow(current: Writing, beside_box: DeltaGenerator) -> None:
    """Follows the answer until it is finished, then has the page drawn anew.

    Args:
        current: the answer in the making.
        beside_box: where progress and Stop are drawn: by the question box, which stays in view.
    """
    with exchange.place(current.position):
        _draw(current, beside_box)
    st.rerun()


def _draw(current: Writing, beside_box: DeltaGenerator) -> None:
    exchange.draw_question(current.state.exchange.question)
    with st.chat_message("assistant"):
        cards, quotes, words = st.empty(), st.empty(), st.container(key="words").empty()
        with beside_box, st.container(horizontal=True, vertical_alignment="center", key="progress"):
            status = st.status(_("Starting"), type="compact")
            st.button(_("Stop"), icon=":material/stop_circle:", on_click=current.stop, type="tertiary")
        drawn: tuple[Source, ...] = ()
        quoted: tuple[Citation, ...] = ()
        for progress in current.follow():
            status.update(label=_label(progress))
            if progress.exchange.sources != drawn:
                drawn = progress.exchange.sources
                with cards:
                    draw_cards(progress.exchange, current.position, finished=False)
            if progress.closest != quoted:
                quoted = progress.closest
                with quotes.container():
                    _draw_closest(quoted)
            if progress.exchange.text:
                with words.container():
                    st.caption(_("Draft, not checked yet"))
                    st.markdown(wording.plain(progress.exchange.text))


def _draw_closest(quotes: tuple[Citation, ...]) -> None:
    """Draws the quotes nearest to the question: what stands there before a word is written."""
    st.caption(_("Closest passages"))
    for each in quotes:
        st.markdown(f"> {wording.plain(' '.join(each.quote.split()))}")
        st.caption(wording.plain(wording.origin(each.publisher, each.published)))


def _label(progress: Progress) -> str:
    if progress.step == "queued":
        return plural(progress.ahead, "{n} question before yours", "{n} questions before yours")
    if progress.step == "reading":
        return plural(len(progress.exchange.sources), "Reading {n} document", "Reading {n} documents")
    return _(_STEPS.get(progress.step, _STEPS["writing"]))
