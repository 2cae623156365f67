"""The chat before the first question: what the library holds, and questions to begin with."""

from __future__ import annotations

import streamlit as st

from qa.core.types import Article
from qa.store.library import Library, Stats
from qa.web import adding, in_short, state, wording
from qa.web.engine import engine
from qa.web.error_boundary import calmly
from qa.web.language import _

_KEY = "example"
_WAITED = "waited for examples"
_LOOKS_AGAIN_S = 1.0
_LOOKS = 60
"""After so many looks an assistant that can't be opened is left alone."""


def draw(filled: bool) -> None:
    """Draws what a reader meets first."""
    if filled:
        _examples()
    else:
        _empty_library()


def _examples() -> None:
    library = engine().library()
    if library is None:
        return
    chosen = state.filters().articles
    article = library.article(chosen[0]) if len(chosen) == 1 else None
    if article is not None:
        _of_document(library, article)
        return
    st.title(_("What do you want to know?"), anchor=False)
    held = wording.holds(_stats(library.generation()))
    st.markdown(_("Every sentence comes with the quote that proves it, from {documents}", documents=held))
    _to_begin_with()


def _of_document(library: Library, article: Article) -> None:
    st.title(_("What do you want to know of this document?"), anchor=False)
    st.markdown(
        wording.plain(wording.dotted(article.title, wording.origin(article.publisher, article.published)))
    )
    questions = in_short.questions(library, article)
    if questions:
        st.pills(_("For example"), questions, key=_KEY, on_change=_chosen, format_func=wording.plain)


def _to_begin_with() -> None:
    """Questions to begin with, as soon as they are made."""
    made = engine().openers
    if made is None and not st.session_state.get(_WAITED):
        _until_made()
    elif made is not None and made[1]:
        st.pills(_("For example"), made[1], key=_KEY, on_change=_chosen, format_func=wording.plain)


@st.fragment(run_every=_LOOKS_AGAIN_S)
def _until_made() -> None:
    st.session_state["looked"] = st.session_state.get("looked", 0) + 1
    if engine().openers is not None or st.session_state["looked"] > _LOOKS:
        st.session_state[_WAITED] = True
        st.rerun()


def _empty_library() -> None:
    st.title(_("Begin with documents"), anchor=False)
    st.markdown(
        _(
            "Dateline answers from a library of news and official statements, and proves every sentence "
            "with a quote. The library is empty so far: add a few documents to ask about."
        )
    )
    adding.draw()


@st.cache_data(show_spinner=False)
def _stats(generation: int) -> Stats:
    library = engine().library()
    assert library is not None
    return library.stats()


@calmly
def _chosen() -> None:
    question = st.session_state[_KEY]
    if question:
        state.ask(question)
