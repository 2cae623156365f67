"""Draws one watched question: what changed, the answer before and now, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import streamlit as st

from qa.core.types import Answer, Citation
from qa.store.library import Library
from qa.watch.watched import Change, ChangeKind, Reading, Watched
from qa.web import drawer, filters, watched_chat, watching, wording
from qa.web.error_boundary import calmly
from qa.web.language import N_, _

CHAT_PAGE = Path(__file__).parent / "chat.py"
_A_WHILE = timedelta(minutes=2)
ICONS: dict[ChangeKind, str] = {
    "newly_answered": "mark_chat_read",
    "other_answer": "published_with_changes",
    "new_source": "library_add_check",
    "disagreement": "balance",
    "lost_source": "link_off",
    "no_longer_answered": "speaker_notes_off",
}


def draw(library: Library, watched: Watched, asking: bool) -> None:
    """Draws a question.

    Args:
        library: the library that it is asked of.
        watched: the question.
        asking: whether a round is going on, beside which it can't be asked.
    """
    with st.container(border=True, gap="xsmall", key=f"watched-{watched.id}"):
        if watched.unseen:
            st.badge(_("Changed"), icon=":material/notifications_active:", color="primary")
        st.markdown(f"## {wording.plain(watched.question)}", anchors=False)
        restricted = filters.in_words(library, watched.filters)
        if restricted:
            st.caption(wording.plain(restricted))
        if watched.failure:
            failure = _("Not asked again: {reason}", reason=_(watched.failure))
            st.warning(wording.plain(failure), icon=":material/info:")
        if watched.unseen and watched.before is not None and watched.last is not None:
            for number, change in enumerate(watched.changes):
                _change(change, f"change-{watched.id}-{number}")
            before, now = st.columns(2, gap="medium")
            with before, st.container(gap="xsmall"):
                _answer(N_("Before ({time})"), watched.before, f"before-{watched.id}")
            with now, st.container(gap="xsmall"):
                _answer(N_("Now ({time})"), watched.last, f"now-{watched.id}")
        elif watched.last is not None:
            _answer("", watched.last, f"now-{watched.id}")
        elif not watched.failure:
            st.caption(_("Not asked yet."))
        _actions(watched, asking)


def _change(change: Change, key: str) -> None:
    st.markdown(f":material/{ICONS[change.kind]}: **{wording.plain(_(change.text))}**")
    quotes = {cited.article_id: cited for cited in reversed(change.citations)}
    for number, document in enumerate(change.documents):
        quote = quotes.get(document.article_id)
        line = f"{document.title} ({wording.origin(document.publisher, document.published)})"
        if quote is not None:
            st.markdown(f"> {wording.plain(' '.join(quote.quote.split()))}")
            _source(quote, line, f"{key}-{number}")
        else:
            st.caption(wording.plain(line))


def _answer(label: str, reading: Reading, key: str) -> None:
    """An answer as it was given, with a way to each of its quotes."""
    if label:
        st.caption(_(label, time=_when(reading.asked_at)))
    st.markdown(wording.plain(_(reading.answer.text)))
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
    if watched.last is not None and watched.looked_at is not None:
        asked, again = _when(watched.last.asked_at), _when(watched.looked_at)
        if watched.looked_at - watched.last.asked_at > _A_WHILE:
            st.caption(_("Asked {asked}. Searched again {again}: nothing new.", asked=asked, again=again))
        else:
            st.caption(_("Asked {asked}.", asked=asked))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if watched.unseen:
            st.button(
                _("Mark as seen"),
                icon=":material/done:",
                key=f"seen-{watched.id}",
                on_click=_see,
                args=(watched.id,),
            )
        st.button(
            _("Ask now"),
            icon=":material/refresh:",
            type="tertiary",
            key=f"ask-{watched.id}",
            disabled=asking,
            on_click=_ask,
            args=(watched,),
        )
        if watched.last is not None and st.button(
            _("Open in chat"), icon=":material/forum:", type="tertiary", key=f"open-{watched.id}"
        ):
            watched_chat.open_(watched, watched.last)
            st.switch_page(CHAT_PAGE)
        st.button(
            _("Remove"),
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
        _("Earlier answers"), icon=":material/history:", key=f"earlier-{watched.id}", on_change="rerun"
    )
    if earlier.open:
        for reading in watching.theirs().history(watched.id)[1:]:
            earlier.caption(_when(reading.asked_at))
            earlier.markdown(wording.plain(_(reading.answer.text)))


def _when(at: datetime) -> str:
    local, today = at.astimezone(), date.today()
    day = _("today") if local.date() == today else wording.day(local.date())
    return wording.listed([day, f"{local:%H:%M}"])
