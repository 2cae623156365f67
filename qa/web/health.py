"""How the library stands: what waits to be indexed, the models, the room it takes."""

from __future__ import annotations

import streamlit as st

from qa.store.library import Library
from qa.web import wording
from qa.web.engine import engine
from qa.web.language import N_, _, plural

_READY = N_("{name}, {purpose}: ready.")
_NOT_FETCHED = N_("{name}, {purpose}: not fetched yet ({size}).")


def draw(library: Library) -> None:
    """Draws the state of the library and of the models it needs, once the reader asks for it."""
    state = st.expander(
        _("State of the library"), icon=":material/monitor_heart:", key="health", on_change="rerun"
    )
    if state.open:
        with state:
            _draw(library)


def _draw(library: Library) -> None:
    from qa.models import registry

    stats = library.stats()
    with st.grid(min_column_width=115):
        st.metric(_("Documents"), f"{stats.articles:,}")
        st.metric(_("Stories"), f"{library.count_stories():,}")
        st.metric(_("Publishers"), f"{stats.publishers:,}")
        st.metric(_("Passages"), f"{stats.passages:,}")
        st.metric(_("On disk"), _size(_bytes(library)))
    if stats.since and stats.until:
        since, until = wording.day(stats.since), wording.day(stats.until)
        st.caption(_("Published from {since} to {until}.", since=since, until=until))
    waiting = max(stats.waiting_lexical, stats.waiting_vectors)
    if waiting:
        st.info(
            plural(
                waiting,
                "{n} passage still to be indexed. "
                "If no ingest is running, finish it with: python -m ingest repair",
                "{n} passages still to be indexed. "
                "If no ingest is running, finish it with: python -m ingest repair",
            ),
            icon=":material/hourglass_top:",
        )
    else:
        st.caption(_("Everything is indexed."))
    if stats.waiting_refined:
        st.caption(
            plural(
                stats.waiting_refined,
                "{n} passage can be found, and will be found better by "
                "meaning once refined: python -m ingest refine",
                "{n} passages can be found, and will be found better by "
                "meaning once refined: python -m ingest refine",
            )
        )
    for model in registry.status(engine().settings):
        line = _READY if model.present else _NOT_FETCHED
        size = _size(model.size_bytes)
        st.caption(wording.plain(_(line, name=model.name, purpose=_(model.purpose), size=size)))


def _bytes(library: Library) -> int:
    return sum(path.stat().st_size for path in library.folder.rglob("*") if path.is_file())


def _size(n: float) -> str:
    for unit in (N_("{n} bytes"), N_("{n} kB"), N_("{n} MB")):
        if n < 1000:
            return _(unit, n=f"{n:,.0f}")
        n /= 1000
    return _("{n} GB", n=f"{n:,.1f}")
