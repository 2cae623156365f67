"""What one reader's session remembers: the conversation, the answer being written, the open quote.

The address names the conversation (`?c=ID`), or a question for the box (`?q=TEXT`).
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from qa.core.types import Citation, Filters, Newer
from qa.web import auth
from qa.web.conversations import Conversations, Exchange, turns
from qa.web.engine import engine
from qa.web.writing import Writing

LONGEST_QUESTION_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Opened:
    """The quote that the reader has open, and the exchange that it belongs to."""

    conversation: str | None
    position: int
    citation: Citation


def kept() -> Conversations:
    """The conversations of whoever reads."""
    return engine().conversations.of(auth.reader())


def conversation() -> str | None:
    """The id of the conversation on the page; at first the one that the address names, if it is theirs."""
    if "conversation" not in st.session_state:
        named = st.query_params.get("c")
        st.session_state["conversation"] = named if named and kept().get(named) else None
        st.session_state["unknown"] = bool(named) and st.session_state["conversation"] is None
    current: str | None = st.session_state["conversation"]
    return current


def key(part: str, position: int) -> str:
    """The key of an element of an exchange: one name in all conversations.

    Streamlit refuses a component whose key holds "__" (it parts names there), which an id may hold.
    """
    return f"{part}-{(conversation() or '').replace('_', '.')}-{position}"


def names_no_conversation() -> bool:
    """Whether the address named a conversation that is not there, or not the reader's."""
    return bool(conversation() is None and st.session_state.get("unknown"))


def addressed() -> str:
    """The question that the address holds, once, for a conversation of its own; "" if there is none.

    It is put into the question box, not asked: a link on anybody's page would else make a reader ask.
    """
    question = st.query_params.get("q", "")
    if question:
        del st.query_params["q"]
        open_conversation(None)
    return question[:LONGEST_QUESTION_CHARS]


def show_address() -> None:
    """Has the page's address name the conversation, so that it can be kept and sent."""
    id_ = conversation()
    if id_ is None:
        st.query_params.pop("c", None)
    elif st.query_params.get("c") != id_:
        st.query_params["c"] = id_


def open_conversation(id_: str | None) -> None:
    """Puts a conversation on the page; None is a new one."""
    st.session_state["conversation"] = id_
    st.session_state["unknown"] = False
    close()


def exchanges() -> list[Exchange]:
    """The exchanges of the conversation on the page."""
    id_ = conversation()
    if id_ is None:
        return []
    found = kept().exchanges(id_)
    for (owner, position), exchange in engine().unkept.items():
        if owner == id_ and position <= len(found):
            found[position : position + 1] = [exchange]
    return found


def writing() -> Writing | None:
    """The answer being written for the conversation on the page, whichever page asked for it."""
    found = engine().writings.get(conversation() or "")
    return found if isinstance(found, Writing) else None


def ask(question: str, position: int | None = None) -> None:
    """Puts a question, at the conversation's end or again at a place in it."""
    question = question.strip()
    if not question or writing() is not None:
        return
    theirs = kept()
    so_far = exchanges()
    id_ = conversation()
    if id_ is None or theirs.get(id_) is None:
        id_, so_far = theirs.start(question), []
    position = len(so_far) if position is None else position
    open_conversation(id_)
    Writing(engine(), theirs, id_, position, question, turns(so_far[:position]), filters(), model())


def filters() -> Filters:
    """What the reader restricted the search to."""
    chosen: Filters = st.session_state.get("filters", Filters())
    return chosen


def model() -> str:
    """The language model that the reader chose, as DATELINE_LLM would name it; "" is the settings' one."""
    chosen: str = st.session_state.get("chosen-model", "")
    return chosen


def set_model(chosen: str) -> None:
    """Has another language model answer from the next question on."""
    st.session_state["chosen-model"] = chosen


def set_filters(chosen: Filters) -> None:
    """Restricts the search from the next question on."""
    st.session_state["filters"] = chosen


def opened() -> Opened | None:
    """The quote that is open beside the answer, in the conversation on the page."""
    current: Opened | None = st.session_state.get("opened")
    return current if current is not None and current.conversation == conversation() else None


def open_quote(within: str | None, position: int, citation: Citation) -> None:
    """Opens a quote beside the answer.

    Args:
        within: the conversation that was on the page when the quote was drawn; a click that comes
            late, when another one is there, opens nothing.
    """
    st.session_state["opened"] = Opened(within, position, citation)


def open_whole(newer: Newer, position: int) -> None:
    """Opens a document beside the answer without a quote in it."""
    whole = Citation(0, newer.article_id, newer.title, newer.publisher, newer.published, None, "", 0, 0)
    open_quote(conversation(), position, whole)


def close() -> None:
    """Closes the quote."""
    st.session_state.pop("opened", None)
