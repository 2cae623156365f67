"""The watched questions: each with its answer, and what changed since the reader saw it last."""

from __future__ import annotations

import streamlit as st

from qa.watch.watched import ChangeKind
from qa.web import empty_state, filters, state, watched_card, watching, wording
from qa.web.engine import engine
from qa.web.error_boundary import calmly
from qa.web.language import N_, _

_NEW = "new-watched"
_FOLLOW_S = 1.0


def page() -> None:
    """Draws the page."""
    st.title(_("Watched questions"), anchor=False)
    library = engine().library()
    if library is None or not library.count():
        empty_state.draw()
        return
    began = watching.rounds().running
    kept = watching.theirs().all()
    if kept:
        st.markdown(_("They are asked again when documents are added. Changes come first."))
    else:
        st.markdown(_("Watch a question, and it is asked again whenever documents are added."))
    filters.draw(library)
    form = st.form("watch", clear_on_submit=True, border=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Question to watch"),
            key=_NEW,
            placeholder=_("What does phase two cost?"),
            max_chars=state.LONGEST_QUESTION_CHARS,
        )
        st.form_submit_button(_("Watch"), icon=":material/notification_add:", type="primary", on_click=_keep)
    if not kept:
        _empty()
    running = watching.rounds().running
    if began is not None and running is None and any(each.last is None for each in kept):
        st.rerun()  # It ended meanwhile, and what it answered is not among the questions read before.
    if running is not None:
        st.fragment(_follow, run_every=_FOLLOW_S)()
    for each in kept:
        watched_card.draw(library, each, asking=running is not None)


def _empty() -> None:
    """What a reader who watches nothing yet may expect."""
    with st.container(border=True, gap="xsmall", key="watched-none"):
        st.markdown("## " + _("You will be told when"), anchors=False)
        told: tuple[tuple[ChangeKind, str], ...] = (
            ("newly_answered", N_("the library answers what it could not answer before")),
            ("other_answer", N_("the answer changes, with both side by side")),
            ("new_source", N_("a new source says the same")),
            ("disagreement", N_("documents begin to disagree")),
            ("no_longer_answered", N_("the answer's source is gone")),
        )
        for kind, what in told:
            st.markdown(f":material/{watched_card.ICONS[kind]}: {_(what)}")
        st.caption(_("Or choose Watch under an answer in the chat."))


@calmly
def _keep() -> None:
    question = st.session_state[_NEW].strip()
    if question:
        kept = watching.theirs()
        watched = kept.keep(question, state.filters())[0]
        if watched.last is None:
            watching.rounds().ask_now(kept, watched)


def _follow() -> None:
    """How far the round is; when it's over the page is drawn anew."""
    running = watching.rounds().running
    if running is None:
        st.rerun()
    progress = running.state
    line = _("Asking: {question}", question=progress.question) if progress.question else _("Asking")
    if progress.of > 1:
        line = _("{line} ({n} of {all})", line=line, n=progress.done + 1, all=progress.of)
    st.status(wording.plain(line), type="compact")


page()
