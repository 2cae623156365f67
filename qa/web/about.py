"""What the library is about: the people, places and organisations that most of its documents name.

Those that were read before are there at once; the page looks again when the new documents have been read.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from qa.models.recogniser import Kind
from qa.store import named
from qa.web import facets, subject, wording
from qa.web.engine import engine
from qa.web.language import _

_SEARCH = Path(__file__).parent / "search.py"
_MOST = 6  # of a kind
_CHOSEN = "about"
_LOOKS_AGAIN_S = 2.0


def draw() -> None:
    """Draws the names, each with its number of documents; one that is chosen is searched for."""
    chosen: tuple[Kind, str] | None = st.session_state.pop(_CHOSEN, None)
    if chosen is not None:
        kind, name = chosen
        subject.look_for(facets.name_it(name, kind), "search-words")
        st.switch_page(_SEARCH)
    with st.container(key="about", gap="xsmall"):
        for kind, counted in _main(engine().named).items():
            if counted:
                st.pills(
                    _(facets.NAMES[kind]),
                    list(counted),
                    key=f"about-{kind}",
                    on_change=_choose,
                    args=(kind,),
                    format_func=partial(_counted, counted),
                )
    if engine().named is None:
        _until_read()


@st.fragment(run_every=_LOOKS_AGAIN_S)
def _until_read() -> None:
    if engine().named is not None:
        st.rerun()


def _counted(documents: dict[str, int], name: str) -> str:
    return wording.plain(f"{name} ({documents[name]:,})")


def _choose(kind: Kind) -> None:
    name = st.session_state[f"about-{kind}"]
    st.session_state[f"about-{kind}"] = None
    if name:
        st.session_state[_CHOSEN] = (kind, name)


@st.cache_data(show_spinner=False, max_entries=2)
def _main(read: int | None) -> dict[Kind, dict[str, int]]:
    library = engine().library()
    assert library is not None
    return {kind: named.main(library, kind, _MOST) for kind in named.KINDS}
