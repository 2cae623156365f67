"""Adding documents from the page: upload, what became of each, and undo."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.store import listing
from qa.web import amending, article, removal, wording
from qa.web.background import Background
from qa.web.engine import engine
from qa.web.error_boundary import calmly
from qa.web.language import N_, _, current, plural

if TYPE_CHECKING:
    from ingest.values import Event

_FAILED = N_("Something went wrong while adding. What was added so far stays; the log of the app says more.")
_SHOWN = 8
_REFUSED_SHOWN = 50
_LOOKS_EVERY_S = 0.4
_SAID = {
    "unchanged": N_("{title} (already there)"),
    "updated": N_("{title} (updated)"),
    "near_duplicate": N_("{title} (nearly the same as another document)"),
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the documents so far; `share` of the inputs is read, 0 to 1.

    `message` is why it could not go on.
    """

    events: tuple[Event, ...] = ()
    share: float = 0.0
    message: str = ""
    finished: bool = False


class Adding(Background[Done]):
    """An ingest of some files, a page or a feed, followed from the page."""

    def __init__(self, settings: Settings, inputs: Sequence[str], feeds: Sequence[str] = ()) -> None:
        super().__init__(Done())
        self._settings = settings
        self._inputs = tuple(inputs)
        self._feeds = tuple(feeds)
        self.start()

    def run(self) -> None:
        from ingest.pipeline import ingest
        from ingest.values import Options

        message = ""
        try:
            ingest(self._inputs, self._settings, Options(feeds=self._feeds), progress=self._note)
        except DatelineError as error:
            message = str(error)
        except Exception:
            _log.exception("adding failed")
            message = _FAILED
        self.move(replace(self.state, message=message, finished=True), finished=True)

    def _note(self, event: Event) -> None:
        if event.event == "read":
            self.move(replace(self.state, share=event.share))
        elif event.event != "indexed":
            self.move(replace(self.state, events=(*self.state.events, event)))


def draw() -> None:
    """Draws the ways to add documents and, after one, what became of each document."""
    _upload()
    _address()
    current: Adding | None = st.session_state.get("adding")
    if current is not None and current.finished:
        _outcome(current.state)
    elif current is not None:
        _follow()


def _upload() -> None:
    rounds = st.session_state.setdefault("adding_round", 0)
    files = st.file_uploader(
        _("Articles and statements: text, Markdown, HTML, PDF, Word, email, JSON lines, or a zip of these"),
        accept_multiple_files=True,
        key=f"files-{rounds}",
    )
    if files and st.button(_("Add to the library"), type="primary"):
        settings = engine().settings
        paths = [_keep(settings.library / "uploads", each.name, each.getvalue()) for each in files]
        st.session_state["adding"] = Adding(settings, [str(path) for path in paths])
        st.session_state["adding_round"] = rounds + 1
        st.rerun()


def _address() -> None:
    with st.form("address", border=False, clear_on_submit=True):
        address = st.text_input(_("Or the address of a page or a feed"), placeholder="https://")
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button(_("Fetch"))
            feed = st.checkbox(_("This is a feed: add all its articles"))
    if not sent:
        return
    if not address.startswith(("http://", "https://")):  # a path would read the server's own files
        st.warning(_("An address begins with https:// or http://"), icon=":material/info:")
        return
    inputs, feeds = ([], [address]) if feed else ([address], [])
    st.session_state["adding"] = Adding(engine().settings, inputs, feeds)
    st.rerun()


def _keep(folder: Path, name: str, data: bytes) -> Path:
    """Stores an upload under its own name, so that the same name later refreshes the document."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (Path(name.replace("\\", "/")).name.lstrip(".") or "document")
    path.write_bytes(data)
    return path


@st.fragment(run_every=_LOOKS_EVERY_S)
def _follow() -> None:
    """How far it is, drawn by itself, so that the rest of the page can be used meanwhile."""
    current: Adding | None = st.session_state.get("adding")
    if current is None or current.finished:
        st.rerun()
    done = current.state
    read = plural(len(done.events), "Reading, {n} done", "Reading, {n} done")
    st.progress(min(done.share, 1.0), read if done.events else _("Reading"))
    st.markdown("\n".join(_line(event) for event in done.events[-_SHOWN:]))


def _outcome(done: Done) -> None:
    with st.container(border=True, key="outcome"):
        st.markdown(f"**{_label(done)}**")
        if done.message:
            st.warning(wording.plain(_(done.message)), icon=":material/info:")
        refused = [event for event in done.events if event.event == "refused"]
        others = [event for event in done.events if event.event != "refused"]
        if refused:
            st.markdown("\n".join(_line(event) for event in refused[:_REFUSED_SHOWN]))
        _documents(others[:_SHOWN])
        left = len(done.events) - len(refused[:_REFUSED_SHOWN]) - len(others[:_SHOWN])
        if left:
            st.markdown(plural(left, "and {n} more", "and {n} more"))
        _lacking(others)
        added = tuple(
            event.article_id for event in done.events if event.event == "added" and event.article_id
        )
        with st.container(horizontal=True):
            if added:
                said = plural(len(added), "Remove {n} added document", "Remove {n} added documents")
                st.button(_("Undo"), icon=":material/undo:", help=said, on_click=_undo, args=(added,))
            st.button(_("Close"), icon=":material/close:", type="tertiary", on_click=_forget)


def _documents(events: Sequence[Event]) -> None:
    """Each document with what was found out about it, to be corrected here."""
    library = engine().library()
    if library is None:
        return
    articles = library.articles_by_id(event.article_id for event in events if event.article_id)
    for event in events:
        found = articles.get(event.article_id or "")
        if found is None:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            day = article.dated(found) if found.published else wording.day(None)
            known = wording.dotted(wording.publisher(found.publisher), day)
            st.markdown(f"{_said(event, found.title)}  \n:small[{wording.plain(known)}]")
            if st.button(_("Correct"), icon=":material/edit:", type="tertiary", key=f"correct-{found.id}"):
                amending.draw(library, found)


def _lacking(events: Sequence[Event]) -> None:
    """Says which of all the documents still lack a day or a publisher."""
    library = engine().library()
    doubtful = [
        each.article_id for each in events if each.article_id and not (each.published and each.publisher)
    ]
    rows = listing.rows_of(library, doubtful).values() if library and doubtful else ()
    for message, lacking in (
        (N_("No date: {titles}"), [row.title for row in rows if row.published is None]),
        (N_("No publisher: {titles}"), [row.title for row in rows if not row.publisher]),
    ):
        if lacking:
            left = len(lacking) - _SHOWN
            more = [plural(left, "and {n} more", "and {n} more")] if left > 0 else []
            st.caption(wording.plain(_(message, titles=current().pause.join([*lacking[:_SHOWN], *more]))))


def _label(done: Done) -> str:
    kinds = [event.event for event in done.events]
    n = {kind: kinds.count(kind) for kind in kinds}
    parts = {
        "added": plural(n.get("added", 0), "{n} added", "{n} added"),
        "updated": plural(n.get("updated", 0), "{n} updated", "{n} updated"),
        "unchanged": plural(n.get("unchanged", 0), "{n} already there", "{n} already there"),
        "near_duplicate": plural(n.get("near_duplicate", 0), "{n} near-duplicate", "{n} near-duplicate"),
        "refused": plural(n.get("refused", 0), "{n} refused", "{n} refused"),
    }
    return wording.listed(parts[kind] for kind in parts if kind in n) or _("Nothing was added")


def _line(event: Event) -> str:
    if event.event == "refused":
        name, reason = wording.plain(Path(event.source).name), wording.plain(event.reason or "")
        return "- " + _("**{name}** refused: {reason}", name=name, reason=reason)
    return f"- {_said(event, event.title or Path(event.source).name)}"


def _said(event: Event, title: str) -> str:
    """A document's title and what became of it, as Markdown."""
    message = _SAID.get(event.event)
    return _(message, title=wording.plain(title)) if message else wording.plain(title)


@calmly
def _undo(added: tuple[str, ...]) -> None:
    library = engine().library()
    if library is not None:
        removal.remove(library, added)
    _forget()


def _forget() -> None:
    st.session_state.pop("adding", None)
