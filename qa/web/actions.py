"""What a reader does with an answer: copy it with its sources, ask again, edit, judge it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qa.web import export, state, watched_chat
from qa.web.components import mount
from qa.web.conversations import Exchange
from qa.web.error_boundary import calmly
from qa.web.language import _

QUESTION = "question"
"""The key of the chat input, into which a question is put back to be edited."""


def actions(exchange: Exchange, position: int, *, last: bool) -> None:
    """The row of actions under an answer."""
    key = state.key("actions", position)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        if exchange.text:
            _copy(exchange, position)
            _copy_as(exchange, position)
        if last:
            st.button(
                _("Ask again"),
                icon=":material/refresh:",
                type="tertiary",
                key=state.key("again", position),
                on_click=calmly(state.ask),
                args=(exchange.question, position),
            )
            st.button(
                _("Edit"),
                icon=":material/edit:",
                type="tertiary",
                key=state.key("edit", position),
                on_click=_edit,
                args=(exchange, position),
            )
        if exchange.outcome in ("answered", "not_in_library"):
            watched_chat.draw_watch(exchange, position)
            _judge(exchange, position)


def _copy(exchange: Exchange, position: int) -> None:
    """Copies the answer with its sources, or the conversation's address, at one click."""
    data = {
        "buttons": [{"label": _("Copy"), "text": export.plain(exchange)}, {"label": _("Copy link")}],
        "copied": _("Copied"),
        "failed": _("The browser did not allow it"),
    }
    mount("copy", state.key("copy-at-once", position), data, width="content")


def _copy_as(exchange: Exchange, position: int) -> None:
    key = state.key("copy", position)
    with st.popover(_("Copy as"), icon=":material/format_quote:", type="tertiary", key=key):
        style = st.segmented_control(
            _("Format"),
            list(export.FORMS),
            default="Markdown",
            required=True,
            key=state.key("form", position),
            format_func=_,
        )
        text = export.FORMS[style](exchange)
        with st.container(
            height=160, border=False
        ):  # A height of the code would keep keys from scrolling it.
            st.code(text, language=None, wrap_lines=True)
        st.download_button(
            _("Download"),
            text,
            file_name=f"answer.{export.ENDINGS[style]}",
            icon=":material/download:",
            on_click="ignore",
            key=state.key("download", position),
        )


def _judge(exchange: Exchange, position: int) -> None:
    """Thumbs, and once one is given, room for a word to it."""
    vote, remark = state.key("vote", position), state.key("remark", position)
    st.feedback("thumbs", key=vote, default=exchange.vote, on_change=_vote, args=(vote, remark, position))
    if exchange.vote is not None:
        st.text_input(
            _("Comment"),
            exchange.remark,
            key=remark,
            placeholder=_("What was good? (optional)") if exchange.vote else _("What was wrong? (optional)"),
            label_visibility="collapsed",
            max_chars=500,
            width=260,
            on_change=_vote,
            args=(vote, remark, position),
        )


@calmly
def _edit(exchange: Exchange, position: int) -> None:
    st.session_state["editing"] = position
    st.session_state[QUESTION] = exchange.question


@calmly
def _vote(vote: str, remark: str, position: int) -> None:
    """Keeps the reader's judgement with the exchange as it now stands."""
    conversation, exchanges = state.conversation(), state.exchanges()
    if conversation is not None and position < len(exchanges):
        word = st.session_state.get(remark) or ""
        judged = replace(exchanges[position], vote=st.session_state[vote], remark=word.strip())
        state.kept().save(conversation, position, judged)
