"""Watched questions asked again in the background, while the app is open and nobody waits for the model."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import date

import streamlit as st

from qa.core.errors import UnavailableError
from qa.watch.store import WatchedQuestions
from qa.watch.watch import Watch, due
from qa.watch.watched import Watched
from qa.web import auth
from qa.web.background import TICK_S, Background
from qa.web.engine import Engine, engine
from qa.web.language import _, plural

SETTLED_S = 5.0
"""A library that has stood still for so long is looked at: an ingest is not followed document by document."""

_EVERY_S = 10.0
_SHOWN = "watched-shown"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """Which question is being asked again, and how many of how many are done."""

    question: str = ""
    done: int = 0
    of: int = 0


class Round(Background[Progress]):
    """All questions that are due, or one that a reader wants asked now, one after the other.

    A reader's question in the chat goes first: the one being asked is put off until nobody waits.
    """

    def __init__(self, engine: Engine, kept: WatchedQuestions, only: Watched | None = None) -> None:
        super().__init__(Progress())
        self._engine = engine
        self._kept = kept
        self._only = only
        self.start()

    def run(self) -> None:
        try:
            assistant = self._engine.assistant()
            with self._kept.asking():
                todo = self._todo()
                for done, (kept, watched) in enumerate(todo):
                    self.move(Progress(watched.question, done, len(todo)))
                    self._look(Watch(assistant, kept), watched)
        except UnavailableError:
            _log.info("watched questions were not asked again", exc_info=True)
        except Exception:
            _log.exception("asking watched questions again failed")
        finally:
            self.move(self.state, finished=True)

    def _todo(self) -> list[tuple[WatchedQuestions, Watched]]:
        if self._only is not None:
            return [(self._kept, self._only)]
        library = self._engine.assistant().library
        everybodys = [self._kept.of(owner) for owner in self._kept.owners()]
        return [(kept, watched) for kept in everybodys for watched in due(kept, library)]

    def _look(self, watch: Watch, watched: Watched) -> None:
        outcome = "put_off"
        while outcome == "put_off":
            while self._engine.queue.busy:
                self._engine.queue.wait(TICK_S)
            outcome = watch.look(watched, anyway=self._only is not None, stop=lambda: self._engine.queue.busy)


class Rounds:
    """Begins a round when there may be news. One per process."""

    def __init__(self, engine: Engine) -> None:
        self.kept = WatchedQuestions(engine.settings.library)
        self._engine = engine
        self._starting = threading.Lock()
        self._round: Round | None = None
        self._noticed: tuple[int, date] | None = None
        self._noticed_at = 0.0
        self._begun: tuple[int, date] | None = None

    @property
    def running(self) -> Round | None:
        """The round that is going on."""
        return None if self._round is None or self._round.finished else self._round

    def keep_up(self) -> None:
        """Begins a round where the library, or the day, is another than at the last one."""
        library = self._engine.library()
        if library is None or not library.count() or not self.kept.owners():
            return
        now = (library.generation(), date.today())
        with self._starting:
            if self.running is not None or now == self._begun:
                return
            if now != self._noticed:
                self._noticed, self._noticed_at = now, time.monotonic()
            elif time.monotonic() - self._noticed_at >= SETTLED_S:
                self._begun = now
                self._round = Round(self._engine, self.kept)

    def ask_now(self, kept: WatchedQuestions, watched: Watched) -> None:
        """Asks one question at once; while a round is going on, a new one soon after it."""
        with self._starting:
            if self.running is None:
                self._round = Round(self._engine, kept, watched)
            else:
                self._begun = None


@st.cache_resource(show_spinner=False)
def rounds() -> Rounds:
    """The rounds of this process."""
    return Rounds(engine())


def theirs() -> WatchedQuestions:
    """The watched questions of whoever reads."""
    return rounds().kept.of(auth.reader())


def title() -> str:
    """The page's name in the navigation, with the number of questions whose answer changed unseen."""
    unseen = theirs().unseen()
    st.session_state[_SHOWN] = unseen
    return plural(unseen, "Watched ({n})", "Watched ({n})") if unseen else _("Watched")


def keep_up() -> None:
    """Looks for news now and then while the page is open; where there is some, the navigation says so.

    To be called after `title`, which knows what the navigation says already.
    """
    if rounds().kept.owners():
        st.fragment(_look_for_news, run_every=_EVERY_S)()


def _look_for_news() -> None:
    rounds().keep_up()
    if theirs().unseen() != st.session_state.get(_SHOWN):
        st.rerun()
