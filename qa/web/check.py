"""The check page: a statement or a paragraph in, a verdict for each of its claims out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from qa.core.errors import DatelineError
from qa.core.types import Citation, Ruling, Verdict
from qa.text.sentences import spans
from qa.web import checked, drawer, empty_state, filters, state, wording
from qa.web.engine import engine
from qa.web.language import _

_MOST = 20
"""Sentences that are checked at once; a page of prose has about as many."""

_MARKS: dict[Ruling, tuple[Literal["green", "red", "orange", "gray"], str]] = {
    "supported": ("green", ":material/check_circle:"),
    "contradicted": ("red", ":material/cancel:"),
    "disputed": ("orange", ":material/balance:"),
    "not_in_library": ("gray", ":material/help:"),
}
_log = logging.getLogger(__name__)


def page() -> None:
    """Draws the page."""
    st.title(_("Check a statement"), anchor=False)
    st.markdown(
        _("Each claim is compared with the library: supported, contradicted, disputed, or not in it.")
    )
    library = engine().library()
    if library is None or not library.count():
        empty_state.draw()
        return
    filters.draw(library)
    with st.form("statement", border=False):
        text = st.text_area(
            _("Statement or paragraph"),
            placeholder=_("Paste what somebody claims"),
            height=140,
            max_chars=5_000,
        )
        sent = st.form_submit_button(_("Check"), type="primary")
    if sent:
        _check(text)
    verdicts: list[Verdict] = st.session_state.get("verdicts", [])
    if verdicts:
        _summary(verdicts)
        for number, verdict in enumerate(verdicts):
            _draw(number, verdict)


def _check(text: str) -> None:
    given = [text[start:end] for start, end in spans(text)]
    sentences = given[:_MOST]
    st.session_state["verdicts"] = []
    if len(given) > _MOST:
        st.info(
            _(
                "The first {n} of {all} sentences are checked; paste the rest afterwards.",
                n=_MOST,
                all=len(given),
            ),
            icon=":material/info:",
        )
    if not sentences:
        st.warning(_("Write or paste a sentence first."), icon=":material/info:")
    progress = st.progress(0.0, _("Checking")) if sentences else None
    for done, sentence in enumerate(sentences, start=1):
        try:
            verdict = engine().assistant(state.model()).check(sentence, state.filters())
        except DatelineError as error:
            st.warning(wording.plain(_(str(error))), icon=":material/info:")
            break
        except Exception:
            _log.exception("checking failed")
            st.warning(
                _("Something went wrong while checking; the log of the app says what."),
                icon=":material/info:",
            )
            break
        st.session_state["verdicts"].append(verdict)
        if progress is not None:
            progress.progress(done / len(sentences), _("Checked {n} of {all}", n=done, all=len(sentences)))
    if progress is not None:
        progress.empty()


def _summary(verdicts: Sequence[Verdict]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{checked.summary(verdicts)}**", width="content")
        st.space("stretch")
        with st.popover(_("Copy"), icon=":material/content_copy:", type="tertiary"):
            as_text, as_markdown = st.tabs([_("Text"), "Markdown"])
            for tab, text in ((as_text, checked.plain(verdicts)), (as_markdown, checked.markdown(verdicts))):
                tab.container(height=260, border=False).code(text, language=None, wrap_lines=True)


def _draw(number: int, verdict: Verdict) -> None:
    with st.container(border=True, key=f"verdict-{number}"):
        _said(verdict)
        if not verdict.parts:
            _evidence(verdict, f"{number}")
        for at, part in enumerate(verdict.parts):
            with st.container(key=f"verdict-{number}-part-{at}"):
                _said(part)
                _evidence(part, f"{number}-{at}")


def _said(verdict: Verdict) -> None:
    colour, icon = _MARKS[verdict.verdict]
    st.badge(_(checked.LABELS[verdict.verdict]), icon=icon, color=colour)
    st.markdown(wording.plain(verdict.statement))


def _evidence(verdict: Verdict, key: str) -> None:
    if verdict.explanation:
        st.caption(wording.plain(_(verdict.explanation)))
    _quotes(checked.FOR, verdict.supporting, f"for-{key}")
    _quotes(checked.AGAINST, verdict.opposing, f"against-{key}")


def _quotes(side: str, citations: Sequence[Citation], key: str) -> None:
    for index, citation in enumerate(citations):
        st.markdown(f"> {wording.plain(' '.join(citation.quote.split()))}")
        if st.button(
            wording.plain(_(side, quote=wording.credit(citation))),
            key=f"{key}-{index}",
            type="tertiary",
            icon=":material/article:",
        ):
            drawer.open_(citation)


page()
