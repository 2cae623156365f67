"""How the library stands: what waits to be indexed, the models, the room it takes."""

from __future__ import annotations

import streamlit as st

from qa.store.library import Library
from qa.web import wording
from qa.web.engine import engine


def draw(library: Library) -> None:
    """Draws the state of the library and of the models it needs, once the reader asks for it."""
    state = st.expander(
        "State of the library", icon=":material/monitor_heart:", key="health", on_change="rerun"
    )
    if state.open:
        with state:
            _draw(library)


def _draw(library: Library) -> None:
    from qa.models import registry

    stats = library.stats()
    with st.grid(min_column_width=115):
        st.metric("Documents", f"{stats.articles:,}")
        st.metric("Stories", f"{library.count_stories():,}")
        st.metric("Publishers", f"{stats.publishers:,}")
        st.metric("Passages", f"{stats.passages:,}")
        st.metric("On disk", _size(_bytes(library)))
    if stats.since and stats.until:
        st.caption(f"Published from {wording.day(stats.since)} to {wording.day(stats.until)}.")
    waiting = max(stats.waiting_lexical, stats.waiting_vectors)
    if waiting:
        st.info(
            f"{wording.count(waiting, 'passage')} still to be indexed. "
            "If no ingest is running, finish it with: python -m ingest repair",
            icon=":material/hourglass_top:",
        )
    else:
        st.caption("Everything is indexed.")
    if stats.waiting_refined:
        st.caption(
            f"{wording.count(stats.waiting_refined, 'passage')} can be found, and will be found better by "
            "meaning once refined: python -m ingest refine"
        )
    for model in registry.status(engine().settings):
        there = "ready" if model.present else f"not fetched yet ({_size(model.size_bytes)})"
        st.caption(wording.plain(f"{model.name}, {model.purpose}: {there}."))


def _bytes(library: Library) -> int:
    return sum(path.stat().st_size for path in library.folder.rglob("*") if path.is_file())


def _size(n: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if n < 1000:
            return f"{n:,.0f} {unit}"
        n /= 1000
    return f"{n:,.1f} GB"
