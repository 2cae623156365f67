"""The conversations in the sidebar: begin, find, open, rename, export and delete them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import groupby

import streamlit as st

from qa.web import auth, export, fonts, state, votes, wording
from qa.web.conversations import Conversation, Exchange
from qa.web.error_boundary import calmly

_SHOWN = 30


def draw() -> None:
    """Draws the list."""
    st.button(
        "New question",
        icon=":material/edit_square:",
        on_click=state.open_conversation,
        args=(None,),
        width="stretch",
        shortcut="Alt+N",
    )
    kept = state.kept()
    words = st.text_input(
        "Find a conversation", placeholder="Find a conversation", label_visibility="collapsed"
    )
    found = kept.find(words)
    if not found:
        st.caption("No conversation holds these words." if words else "Your questions will be kept here.")
    with st.container(gap=None, key="conversations"):
        for day, on_it in groupby(found, key=lambda each: _day(each.changed_at, datetime.now().astimezone())):
            st.caption(day)
            for each in on_it:
                _row(each, each.id == state.conversation())
    _judged()
    auth.draw()


def _day(changed_at: datetime, now: datetime) -> str:
    """Under which day a conversation stands: Today, Yesterday, 21 January 2024."""
    day = changed_at.astimezone(now.tzinfo).date()
    return {0: "Today", 1: "Yesterday"}.get((now.date() - day).days, wording.day(day))


def _row(conversation: Conversation, current: bool) -> None:
    with st.container(
        horizontal=True, gap="xsmall", wrap=False, key=f"row-{'current' if current else conversation.id}"
    ):
        st.button(
            _label(conversation.name),
            key=f"open-{conversation.id}",
            type="tertiary",
            width="stretch",
            on_click=state.open_conversation,
            args=(conversation.id,),
        )
        if current:
            with st.popover(
                "", icon=":material/more_horiz:", type="tertiary", help="Rename, export or delete"
            ):
                _manage(conversation)


def _manage(conversation: Conversation) -> None:
    key = f"name-{conversation.id}"
    st.text_input("Name", conversation.name, key=key, on_change=_rename, args=(conversation, key))
    exchanges = partial(state.kept().exchanges, conversation.id)
    for form, (ending, written) in export.CONVERSATION_FORMS.items():
        fonts_lacking = form == "PDF" and not fonts.any_there()
        st.download_button(
            f"Export as {form}",
            partial(_written, written, conversation.name, exchanges),
            file_name=f"conversation.{ending}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
            key=f"export-{ending}-{conversation.id}",
            disabled=fonts_lacking,
            help="Install the Noto or DejaVu fonts first; the HTML prints too." if fonts_lacking else None,
        )
    st.button("Delete", icon=":material/delete:", width="stretch", on_click=_delete, args=(conversation.id,))


def _written(
    written: Callable[[str, list[Exchange]], str | bytes], name: str, exchanges: Callable[[], list[Exchange]]
) -> str | bytes:
    return written(name, exchanges())


def _judged() -> None:
    """The answers that the reader judged, to read again and to take to the evaluation."""
    kept = state.kept()
    judged = kept.judged()
    if not judged:
        return
    with st.popover(f"Judged answers ({len(judged)})", icon=":material/thumbs_up_down:", type="tertiary"):
        for exchange in (each.exchange for each in judged[:_SHOWN]):
            icon = ":material/thumb_up:" if exchange.vote else ":material/thumb_down:"
            st.markdown(f"{icon} {wording.plain(exchange.question)}")
            if exchange.remark:
                st.caption(wording.plain(exchange.remark))
        st.download_button(
            "As questions for the evaluation",
            partial(votes.questions, kept),
            file_name="questions.jsonl",
            icon=":material/download:",
            on_click="ignore",
        )


@calmly
def _rename(conversation: Conversation, key: str) -> None:
    state.kept().rename(conversation.id, st.session_state[key] or conversation.name)


@calmly
def _delete(conversation: str) -> None:
    writing = state.writing()
    if writing is not None:
        writing.stop()
    state.kept().delete(conversation)
    state.open_conversation(None)


def _label(name: str) -> str:
    return wording.plain(name)
