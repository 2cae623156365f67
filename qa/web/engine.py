"""What all readers of the app share: the settings, the library and the assistant, opened once.

The assistant opens in the background when the first page is drawn, so that the first
question doesn't wait for the model to load. pandas is imported before that: a plot that looks
for it while the other thread is half way through its import fails.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas  # type: ignore[import-untyped] # noqa: F401
import streamlit as st

from qa.core.settings import Settings, load_settings
from qa.store.library import Library
from qa.web.background import Background
from qa.web.conversations import Conversations, Exchange

if TYPE_CHECKING:
    from qa.answer.assistant import Assistant
    from qa.store.lexical import Lexical

_log = logging.getLogger(__name__)


class Queue:
    """Lets a number of readers in at once; the others wait in the order they came."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._line: list[object] = []
        self._moved = threading.Condition()

    def join(self) -> object:
        """Takes a place at the end of the line and returns its ticket."""
        ticket = object()
        with self._moved:
            self._line.append(ticket)
        return ticket

    def leave(self, ticket: object) -> None:
        """Gives up a place in the line."""
        with self._moved:
            self._line.remove(ticket)
            self._moved.notify_all()

    @contextmanager
    def ticket(self) -> Iterator[object]:
        """A place in the line, given up when the block ends."""
        ticket = self.join()
        try:
            yield ticket
        finally:
            self.leave(ticket)

    def ahead(self, ticket: object) -> int:
        """How many must finish before this ticket's turn; 0 when it is its turn."""
        with self._moved:
            return max(0, self._line.index(ticket) + 1 - self._slots)

    @property
    def busy(self) -> bool:
        """Whether anybody is in the line."""
        return bool(self._line)

    def wait(self, seconds: float) -> None:
        """Waits until the line moves, or for some seconds."""
        with self._moved:
            self._moved.wait(seconds)


class Engine:
    """The app's shared parts. One per process.

    `writings` holds the answers in the making, by their conversations; `unkept` those that could not be
    stored, by their conversation and place in it; `openers` are questions to begin with, with the
    generation of the library that they were made of, None while there are none yet; `named` is the
    generation of the library whose names were read last, None until then.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.conversations = Conversations(settings.library)
        self.writings: dict[str, Background[Any]] = {}
        self.unkept: dict[tuple[str, int], Exchange] = {}
        self.queue = Queue(settings.llm_slots)
        self.openers: tuple[int, tuple[str, ...]] | None = None
        self.named: int | None = None
        self._naming = False
        self._opening = threading.Lock()
        self._warming = self._warm = False
        self._library: Library | None = None
        self._lexical: Lexical | None = None
        self._assistants: dict[str, Assistant] = {}

    def library(self) -> Library | None:
        """The library, None while there is none in its folder."""
        if self._library is None and (self.settings.library / "catalogue.sqlite3").exists():
            self._library = Library(self.settings.library)
        return self._library

    def lexical(self, library: Library) -> Lexical:
        """The word index, which needs no model."""
        if self._lexical is None:
            from qa.store.lexical import Lexical

            self._lexical = Lexical(library)
        return self._lexical

    @property
    def ready(self) -> bool:
        """Whether the model has started, so that a question is answered without delay."""
        return self._warm

    def assistant(self, model: str = "") -> Assistant:
        """The assistant, opened by the first caller; the others wait for it.

        Args:
            model: the language model that answers, as DATELINE_LLM would name it; the settings' one if "".

        Raises:
            DatelineError: it can't be opened now; a later call tries again.
        """
        own = self.settings.llm
        model = model or own
        with self._opening:
            if own not in self._assistants:
                self._assistants[own] = open_assistant(self.settings)
            if model not in self._assistants:
                self._assistants[model] = self._assistants[own].with_model(model)
            return self._assistants[model]

    def warm(self) -> None:
        """Opens the assistant and starts its model in the background, unless that has begun.

        Then makes questions to begin with, anew whenever the library has changed.
        """
        library = self.library()
        if library is None or self._warming:
            return
        if not self._warm or self.openers is None or self.openers[0] != library.generation():
            self._warming = True
            threading.Thread(target=self._open_quietly, name="dateline-warm", daemon=True).start()

    def read_names(self) -> None:
        """Reads the names in new documents in the background, unless that has begun."""
        library = self.library()
        if library is not None and not self._naming and self.named != library.generation():
            self._naming = True
            threading.Thread(target=self._read_names, args=(library,), daemon=True).start()

    def _read_names(self, library: Library) -> None:
        from qa.store import named

        generation = library.generation()
        try:
            named.catch_up(library, self.settings)
        except Exception:  # The pages do without; a full disk is told where it matters.
            _log.info("the names were not read", exc_info=True)
        finally:
            self.named = generation
            self._naming = False

    def _open_quietly(self) -> None:
        from qa.suggest.followups import openers

        try:
            assistant = self.assistant()
            generation = assistant.library.generation()
            self.openers = (generation, openers(assistant.library, assistant.retriever.search))
            if not self._warm:
                assistant.warm()
                self._warm = True
        except Exception:  # The reader who asks a question is told, and a later page tries again.
            _log.info("the assistant did not open", exc_info=True)
        finally:
            settle()
            self._warming = False


def settle() -> None:
    """Keeps what is there now out of garbage collections.

    Streamlit collects all generations after each drawing of a page, before it sends the last of it: with
    the objects of the models' libraries among them that took a quarter of a second of each click.
    """
    gc.collect()
    gc.freeze()


def open_assistant(settings: Settings) -> Assistant:
    """The assistant of a library. Imported late: it brings the models' libraries with it."""
    from qa.answer.assistant import Assistant

    return Assistant.open(settings)


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The engine that all sessions of the app share."""
    return Engine(load_settings())
