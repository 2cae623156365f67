"""From the chat to the watched questions and back: an answer is kept watch on, a watched one opened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qa.core.types import Answer, Filters, Hit, Retrieval, Timings
from qa.watch.watch import Watch
from qa.watch.watched import Reading, Watched
from qa.web import state, watching
from qa.web.conversations import Exchange
from qa.web.engine import engine
from qa.web.error_boundary import calmly
from qa.web.language import _
from qa.web.writing import answered, sources


def draw_watch(exchange: Exchange, position: int) -> None:
    """The button that watches an answer's question, or says that it is watched."""
    question = _standing_alone(exchange)
    known = watching.theirs().has(question, state.filters())
    st.button(
        _("Watched") if known else _("Watch"),
        icon=":material/notifications_active:" if known else ":material/notification_add:",
        type="tertiary",
        key=state.key("watch", position),
        disabled=known,
        help=_("It is asked again when documents are added.")
        if known
        else _("Ask it again when documents are added"),
        on_click=_watch,
        args=(question, state.filters(), exchange),
    )


@calmly
def _watch(question: str, filters: Filters, exchange: Exchange) -> None:
    kept = watching.theirs()
    watched = kept.keep(question, filters)[0]
    read = [source.article_id for source in exchange.sources]
    Watch(engine().assistant(), kept).adopt(watched, _answer(exchange), exchange.asked_at, read)
    said = _("Watched: it is asked again when documents are added.")
    st.toast(said, icon=":material/notifications_active:")


def open_(watched: Watched, reading: Reading) -> None:
    """Puts a watched question's answer into a conversation of its own, and that on the chat page."""
    read = sources(Retrieval(watched.question, _hits(reading.passages)))
    asked = Exchange(watched.question, reading.asked_at, "stopped", sources=read)
    conversations = state.kept()
    id_ = conversations.start(watched.question)
    conversations.save(id_, 0, answered(asked, reading.answer))
    state.set_filters(watched.filters)
    state.open_conversation(id_)


def _standing_alone(exchange: Exchange) -> str:
    return exchange.standalone or exchange.question


def _answer(exchange: Exchange) -> Answer:
    return Answer(
        question=exchange.question,
        standalone=_standing_alone(exchange),
        status="answered" if exchange.outcome == "answered" else "not_in_library",
        text=exchange.text,
        claims=exchange.claims,
        hits=(),
        model=exchange.model,
        timings=Timings(total_ms=exchange.total_ms),
        basis=exchange.basis,
        note=exchange.note,
        brief=exchange.brief,
        confidence=exchange.confidence,
        steps=exchange.steps,
        disagreements=exchange.disagreements,
        corrections=exchange.corrections,
        nearest=exchange.nearest,
        advice=exchange.advice,
    )


def _hits(passages: Sequence[str]) -> tuple[Hit, ...]:
    """Passages that were read, as far as they are still in the library."""
    library = engine().library()
    if library is None:
        return ()
    found = library.passages_by_id(passages)
    articles = library.articles_by_id(each.article_id for each in found.values())
    there = [found[id_] for id_ in passages if id_ in found]
    return tuple(Hit(each, articles[each.article_id], 1.0, rank) for rank, each in enumerate(there, start=1))
