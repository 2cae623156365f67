"""An answer while it is being written.

The finished exchange goes to its conversation whether anybody looks on or not.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from qa.core.types import Answer, Citation, Filters, Retrieval, Turn, numbered
from qa.web.background import TICK_S, Background
from qa.web.conversations import Conversations, Exchange, Source
from qa.web.engine import Engine
from qa.web.error_boundary import explained
from qa.web.language import N_

Step = Literal["starting", "queued", "loading", "searching", "reading", "writing", "checking", "ended"]
_UNKEPT = N_("This could not be kept: the disk is full or locked. Copy it before you go.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer is. `ahead` counts the questions that are answered before this one; `closest` are
    the quotes nearest to the question, to be read until it is answered."""

    step: Step
    exchange: Exchange
    ahead: int = 0
    closest: tuple[Citation, ...] = ()


class Writing(Background[Progress]):
    """One question on its way to an answer, for one place in a conversation."""

    def __init__(
        self,
        engine: Engine,
        store: Conversations,
        conversation: str,
        position: int,
        question: str,
        history: Sequence[Turn],
        filters: Filters,
        model: str = "",
    ) -> None:
        super().__init__(Progress("starting", Exchange(question, datetime.now(UTC), "stopped")))
        self.conversation = conversation
        self.position = position
        self._engine = engine
        self._store = store
        self._asked = (question, tuple(history), filters)
        self._model = model
        self._ending = threading.Lock()
        # A program that ends meanwhile leaves the question to be asked again.
        self._keep(self.state.exchange)
        self._ticket = engine.queue.join()  # at once, so that who asks first is first
        engine.writings[conversation] = self
        self.start()

    def stop(self) -> None:
        """Ends the writing; what was written so far is kept."""
        self._end(self.state.exchange)

    def run(self) -> None:
        try:
            if self._wait_in_line():
                self._write()
        except Exception as error:
            self._end(replace(self.state.exchange, outcome="failed", message=explained(error)))
        finally:
            self._engine.queue.leave(self._ticket)

    def _wait_in_line(self) -> bool:
        """Waits for its turn. Returns whether it came, rather than that the reader stopped it."""
        while ahead := self._engine.queue.ahead(self._ticket):
            if not self._step("queued", ahead=ahead):
                return False
            self._engine.queue.wait(TICK_S)
        return True

    def _write(self) -> None:
        if not self._step("searching" if self._engine.ready else "loading"):
            return
        stream = self._engine.assistant(self._model).stream(*self._asked)
        try:
            for event in stream:
                if not self._take(event):
                    return
        finally:
            if isinstance(stream, Generator):
                stream.close()  # stops the model

    def _take(self, event: dict[str, object]) -> bool:
        """Moves on by one event of the assistant. Returns whether to go on."""
        exchange = self.state.exchange
        match event:
            case {"standalone": str(standalone)}:
                return self._step("searching", replace(exchange, standalone=standalone))
            case {"retrieval": Retrieval() as retrieval}:
                found = replace(exchange, sources=sources(retrieval), note=retrieval.note)
                return self._step("reading", found)
            case {"closest": tuple(quotes)}:
                return self.move(replace(self.state, closest=quotes))
            case {"text": str(words)}:
                return self._step("writing", replace(exchange, text=exchange.text + words))
            case {"checking": True}:
                return self._step("checking")
            case {"answer": Answer() as answer}:
                self._end(replace(answered(exchange, answer), followups=self._next_questions(answer)))
                return False
        return True

    def _step(self, step: Step, exchange: Exchange | None = None, ahead: int = 0) -> bool:
        return self.move(Progress(step, exchange or self.state.exchange, ahead, self.state.closest))

    def _next_questions(self, answer: Answer) -> tuple[str, ...]:
        from qa.suggest.followups import followups

        try:
            question, history, filters = self._asked
            asked = [turn.content for turn in history if turn.role == "user"]
            return followups(answer, self._engine.assistant().retriever.search, filters, [*asked, question])
        except Exception:  # An answer must not fail for want of the questions after it.
            _log.exception("no follow-up questions")
            return ()

    def _end(self, exchange: Exchange) -> None:
        with self._ending:
            if not self.finished:
                place = (self.conversation, self.position)
                self._engine.unkept.pop(place, None)
                try:
                    self._keep(exchange)  # before a page that follows looks for it there
                except (sqlite3.Error, OSError):
                    _log.exception("an answer could not be kept")
                    self._engine.unkept[place] = replace(exchange, message=exchange.message or _UNKEPT)
                self._engine.writings.pop(self.conversation, None)
                self.move(Progress("ended", exchange), finished=True)

    def _keep(self, exchange: Exchange) -> None:
        self._store.save(self.conversation, self.position, exchange)


def sources(retrieval: Retrieval) -> tuple[Source, ...]:
    """The documents among the hits, in the order of their numbers, each with its best passage."""
    best = {hit.article.id: hit for hit in reversed(retrieval.hits)}
    return tuple(
        Source(
            article_id=hit.article.id,
            title=hit.article.title,
            publisher=hit.article.publisher,
            published=hit.article.published,
            kind=hit.article.kind,
            passage=hit.passage.text,
            start=hit.passage.start,
            end=hit.passage.end,
            story=hit.article.story or hit.article.id,
        )
        for hit in (best[id_] for id_ in numbered(retrieval.hits))
    )


def answered(exchange: Exchange, answer: Answer) -> Exchange:
    """An exchange with its answer."""
    return replace(
        exchange,
        outcome=answer.status,
        text=answer.text,
        standalone=answer.standalone,
        claims=answer.claims,
        note=answer.note,
        model=answer.model,
        total_ms=answer.timings.total_ms,
        brief=answer.brief,
        confidence=answer.confidence,
        basis=answer.basis,
        steps=answer.steps,
        disagreements=answer.disagreements,
        corrections=answer.corrections,
        nearest=answer.nearest,
        advice=answer.advice,
        draft=exchange.text,
        withheld=answer.withheld,
        digest=answer.digest,
    )
