"""Keeps whatever goes wrong from reaching the reader as a traceback: it becomes a sentence and a way on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from qa.core.disk import trouble
from qa.core.errors import DatelineError
from qa.web.language import N_, _
from qa.web.wording import plain

P = ParamSpec("P")
_TROUBLE = "trouble"
_log = logging.getLogger(__name__)


@contextmanager
def guarded() -> Iterator[None]:
    """Draws what is in the block; what fails becomes one sentence and a way on."""
    try:
        _last_time()
        yield
    except Exception as error:
        st.warning(plain(_(explained(error))), icon=":material/info:")
        st.button(_("Try again"), icon=":material/refresh:", key="frame-again")


def calmly(action: Callable[P, None]) -> Callable[P, None]:
    """A widget's callback whose failure is told when the page is drawn, rather than ending the session."""

    @wraps(action)
    def acted(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            action(*args, **kwargs)
        except Exception as error:
            st.session_state[_TROUBLE] = explained(error)

    return acted


def explained(error: Exception) -> str:
    """What went wrong, as a sentence that says what to do, in English; the log has the rest."""
    match error:
        case DatelineError():
            return str(error)
        case _ if any(isinstance(each, ConnectionError) for each in _causes(error)):
            said = N_(
                "A server that the settings name does not answer (DATELINE_CHROMA_URL, "
                "DATELINE_EMBEDDINGS_URL or DATELINE_LLM_URL). See that it runs, then try again."
            )
        case _:
            said = trouble(error) or N_(
                "Something went wrong here. The log of the app says what; please try again."
            )
    _log.error("told the reader: %s", said, exc_info=error)
    return said


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from: clients wrap a refused connection, each in errors of its own."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _last_time() -> None:
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble:
        st.warning(plain(_(trouble)), icon=":material/info:")
