"""The chat: questions in, proven answers out, with the quoted article beside them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from qa.web import exchange, filters, history, live, side_panel, state, welcome
from qa.web.actions import QUESTION
from qa.web.components import mount
from qa.web.conversations import Exchange
from qa.web.engine import engine
from qa.web.error_boundary import calmly
from qa.web.language import N_, _
from qa.web.writing import Writing

_UNKNOWN = N_(
    "There is no conversation at this address; it may have been deleted. "
    "Ask a new question, or open another one."
)


def page() -> None:
    """Draws the page."""
    shared = engine()
    library = shared.library()
    filled = library is not None and library.count() > 0
    if filled and (question := state.addressed()):
        st.session_state[QUESTION] = question
    state.show_address()
    writing = state.writing()  # before the exchanges, lest one end unseen in between
    so_far = state.exchanges()
    opened = state.opened()
    if opened is not None and opened.position < len(so_far):
        st.set_page_config(layout="wide")
        talk, side = st.columns([6, 5], gap="large")
        with side:
            side_panel.draw(so_far[opened.position], opened.position, opened.citation)
    else:
        talk = st.container()
    with st.sidebar:
        history.draw()
    with st.bottom:
        beside_box = st.container()
        if filled and library is not None:
            filters.draw(library)
        st.chat_input(
            _("Ask about the library"),
            max_chars=state.LONGEST_QUESTION_CHARS,
            key=QUESTION,
            on_submit=_submitted,
            disabled=writing is not None or not filled,
        )
        mount(
            "keys", "keys", {"writing": None if writing is None else writing.position, "said": _said(so_far)}
        )
    with talk:
        _talk(so_far, writing, filled, beside_box)


def _said(so_far: list[Exchange]) -> str:
    """What a screen reader is told of the last exchange, once it is finished."""
    return _("Answer: {answer}", answer=so_far[-1].text or _(so_far[-1].message)) if so_far else ""


def _talk(so_far: list[Exchange], writing: Writing | None, filled: bool, beside_box: DeltaGenerator) -> None:
    upto = len(so_far) if writing is None else writing.position
    welcome_slot = st.empty()
    if so_far or writing is not None:
        welcome_slot.empty()  # at once, rather than when the answer is finished
    else:
        with welcome_slot.container():
            if state.names_no_conversation():
                st.info(_(_UNKNOWN), icon=":material/info:")
            welcome.draw(filled)
    for position, each in enumerate(so_far[:upto]):
        exchange.draw(each, position, last=writing is None and position == len(so_far) - 1)
    if writing is not None:
        live.follow(writing, beside_box)


@calmly
def _submitted() -> None:
    question = st.session_state[QUESTION]
    state.ask(question, st.session_state.pop("editing", None))


page()
