"""The conversations in the sidebar: begin, find, open, rename, export and delete them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import groupby

import streamlit as st

from qa.web import auth, export, fonts, language, model, state, votes, wording
from qa.web.conversations import Conversation, Exchange
from qa.web.error_boundary import calmly
from qa.web.language import Language, _, plural

_SHOWN = 30


def draw() -> None:
    """Draws the list."""
    st.button(
        _("New question"),
        icon=":material/edit_square:",
        on_click=state.open_conversation,
        args=(None,),
        width="stretch",
        shortcut="Alt+N",
    )
    kept = state.kept()
    words = st.text_input(
        _("Find a conversation"), placeholder=_("Find a conversation"), label_visibility="collapsed"
    )
    found = kept.find(words)
    if not found:
        st.caption(
            _("No conversation contains these words.") if words else _("Your questions will be kept here.")
        )
    with st.container(gap=None, key="conversations"):
        for day, on_it in groupby(found, key=lambda each: _day(each.changed_at, datetime.now().astimezone())):
            st.caption(day)
            for each in on_it:
                _row(each, each.id == state.conversation())
    _judged()
    model.draw()
    language.draw()
    auth.draw()


def _day(changed_at: datetime, now: datetime) -> str:
    """Under which day a conversation stands: Today, Yesterday, 21 January 2024."""
    day = changed_at.astimezone(now.tzinfo).date()
    return {0: _("Today"), 1: _("Yesterday")}.get((now.date() - day).days, wording.day(day))


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
                "", icon=":material/more_horiz:", type="tertiary", help=_("Rename, export or delete")
            ):
                _manage(conversation)


def _manage(conversation: Conversation) -> None:
    key = f"name-{conversation.id}"
    st.text_input(_("Name"), conversation.name, key=key, on_change=_rename, args=(conversation, key))
    exchanges = partial(state.kept().exchanges, conversation.id)
    for form, (ending, written) in export.CONVERSATION_FORMS.items():
        fonts_lacking = form == "PDF" and not fonts.any_there()
        st.download_button(
            _("Export as {form}", form=form),
            partial(_written, written, conversation.name, exchanges, language.current()),
            file_name=f"conversation.{ending}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
            key=f"export-{ending}-{conversation.id}",
            disabled=fonts_lacking,
            help=_("Install the Noto or DejaVu fonts first; the HTML prints too.") if fonts_lacking else None,
        )
    st.button(
        _("Delete"), icon=":material/delete:", width="stretch", on_click=_delete, args=(conversation.id,)
    )


def _written(
    written: Callable[[str, list[Exchange]], str | bytes],
    name: str,
    exchanges: Callable[[], list[Exchange]],
    readers: Language,
) -> str | bytes:
    with language.speaking(readers):  # It is written when it is wanted, which is not while the page is drawn.
        return written(name, exchanges())


def _judged() -> None:
    """The answers that the reader judged, to read again and to take to the evaluation."""
    kept = state.kept()
    judged = kept.judged()
    if not judged:
        return
    label = plural(len(judged), "Judged answers ({n})", "Judged answers ({n})")
    with st.popover(label, icon=":material/thumbs_up_down:", type="tertiary"):
        for exchange in (each.exchange for each in judged[:_SHOWN]):
            icon = ":material/thumb_up:" if exchange.vote else ":material/thumb_down:"
            st.markdown(f"{icon} {wording.plain(exchange.question)}")
            if exchange.remark:
                st.caption(wording.plain(exchange.remark))
        st.download_button(
            _("Download as questions for the evaluation"),
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
