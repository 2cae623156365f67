"""The watched questions: each with its answer, and what changed since the reader saw it last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from qa.library import Library
from qa.types import Answer, Citation
from qa.watched import Change, Reading, Watched
from qa.web import drawer, filters, state, watched_chat, watching, wording
from qa.web.engine import engine
from qa.web.frame import calmly

CHAT_PAGE = Path(__file__).parent / "chat.py"
_NEW = "new-watched"
_SETTLING_S = 1.0


def page() -> None:
    """Draws the page."""
    st.title("Watched questions", anchor=False)
    library = engine().library()
    if library is None or not library.count():
        st.info("The library is empty; add documents on the Library page first.", icon=":material/info:")
        return
    kept = watching.theirs().all()
    if kept:
        st.markdown("They are asked again when documents come in. What changed stands first.")
    else:
        st.markdown(
            "Keep a question, and it is asked again whenever documents come in. You are told when its answer "
            "changes, when a new source says the same, and when documents come to disagree."
        )
    filters.draw(library)
    form = st.form("watch", clear_on_submit=True, border=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Question to watch",
            key=_NEW,
            placeholder="What does phase two cost?",
            max_chars=state.LONGEST_QUESTION_CHARS,
        )
        st.form_submit_button("Watch", icon=":material/notification_add:", type="primary", on_click=_keep)
    if not kept:
        st.caption("Or choose Watch under an answer in the chat.")
    running = watching.rounds().running
    if running is not None:
        st.fragment(_follow, run_every=_SETTLING_S)()
    for each in kept:
        _draw(library, each, asking=running is not None)


@calmly
def _keep() -> None:
    question = st.session_state[_NEW].strip()
    if question:
        kept = watching.theirs()
        watched, _ = kept.keep(question, state.filters())
        if watched.last is None:
            watching.rounds().ask_now(kept, watched)


def _follow() -> None:
    """How far the round is; when it's over the page is drawn anew."""
    running = watching.rounds().running
    if running is None:
        st.rerun()
    progress = running.state
    line = f"Asking again: {progress.question}" if progress.question else "Asking again"
    if progress.of > 1:
        line += f" ({progress.done + 1} of {progress.of})"
    st.status(wording.plain(line), type="compact")


def _draw(library: Library, watched: Watched, asking: bool) -> None:
    with st.container(border=True, key=f"watched-{'news' if watched.unseen else 'known'}-{watched.id}"):
        st.markdown(f"## {wording.plain(watched.question)}")
        restricted = filters.in_words(library, watched.filters)
        if restricted:
            st.caption(wording.plain(restricted))
        if watched.failure:
            st.warning(wording.plain(f"Not asked again: {watched.failure}"), icon=":material/info:")
        if watched.unseen and watched.before is not None and watched.last is not None:
            for number, change in enumerate(watched.changes):
                _change(change, f"change-{watched.id}-{number}")
            before, now = st.columns(2, gap="medium")
            with before:
                _answer("Before", watched.before, f"before-{watched.id}")
            with now:
                _answer("Now", watched.last, f"now-{watched.id}")
        elif watched.last is not None:
            _answer("", watched.last, f"now-{watched.id}")
        elif not watched.failure:
            st.caption("Not asked yet.")
        _actions(watched, asking)


def _change(change: Change, key: str) -> None:
    st.markdown(f":material/{_ICONS[change.kind]}: **{wording.plain(change.text)}**")
    quotes = {cited.article_id: cited for cited in reversed(change.citations)}
    for number, document in enumerate(change.documents):
        quote = quotes.get(document.article_id)
        if quote is not None:
            st.markdown(f"> {wording.plain(' '.join(quote.quote.split()))}")
            _source(quote, document.title, f"{key}-{number}")
        else:
            origin = wording.origin(document.publisher, document.published)
            st.caption(wording.plain(f"{document.title} ({origin})"))


_ICONS = {
    "newly_answered": "mark_chat_read",
    "other_answer": "published_with_changes",
    "new_source": "library_add_check",
    "disagreement": "balance",
    "lost_source": "link_off",
    "no_longer_answered": "speaker_notes_off",
}


def _answer(label: str, reading: Reading, key: str) -> None:
    """An answer as it was given, with a way to each of its quotes."""
    if label:
        st.caption(f"{label}, {_when(reading.asked_at)}")
    st.markdown(wording.plain(reading.answer.text))
    for number, cited in enumerate(_first_quotes(reading.answer)):
        _source(
            cited, f"[{cited.number}] {wording.origin(cited.publisher, cited.published)}", f"{key}-{number}"
        )


def _source(cited: Citation, label: str, key: str) -> None:
    if st.button(wording.plain(label), key=key, type="tertiary", icon=":material/article:"):
        drawer.open_(cited)


def _first_quotes(answer: Answer) -> Sequence[Citation]:
    """The first quote from each document that an answer cites."""
    return tuple({cited.article_id: cited for cited in reversed(wording.cited(answer.claims))}.values())[::-1]


def _actions(watched: Watched, asking: bool) -> None:
    if watched.looked_at is not None:
        asked = f"Asked {_when(watched.last.asked_at)}. " if watched.last else ""
        st.caption(f"{asked}Library last searched for it {_when(watched.looked_at)}.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if watched.unseen:
            st.button(
                "Mark as seen",
                icon=":material/done:",
                key=f"seen-{watched.id}",
                on_click=_see,
                args=(watched.id,),
            )
        st.button(
            "Ask now",
            icon=":material/refresh:",
            type="tertiary",
            key=f"ask-{watched.id}",
            disabled=asking,
            on_click=_ask,
            args=(watched,),
        )
        if watched.last is not None and st.button(
            "Open in chat", icon=":material/forum:", type="tertiary", key=f"open-{watched.id}"
        ):
            watched_chat.open_(watched, watched.last)
            st.switch_page(CHAT_PAGE)
        st.button(
            "Remove",
            icon=":material/delete:",
            type="tertiary",
            key=f"remove-{watched.id}",
            on_click=_remove,
            args=(watched.id,),
        )
    _earlier(watched)


@calmly
def _see(id_: int) -> None:
    watching.theirs().see(id_)


@calmly
def _ask(watched: Watched) -> None:
    watching.rounds().ask_now(watching.theirs(), watched)


@calmly
def _remove(id_: int) -> None:
    watching.theirs().remove(id_)


def _earlier(watched: Watched) -> None:
    if watched.before is None:
        return
    earlier = st.expander(
        "Earlier answers", icon=":material/history:", key=f"earlier-{watched.id}", on_change="rerun"
    )
    if earlier.open:
        for reading in watching.theirs().history(watched.id)[1:]:
            earlier.caption(_when(reading.asked_at))
            earlier.markdown(wording.plain(reading.answer.text))


def _when(at: datetime) -> str:
    local = at.astimezone()
    return f"{wording.day(local.date())}, {local:%H:%M}"


page()
