"""Asks watched questions again when the library has changed, as cheaply as possible.

On the same day, a library of the same generation is not searched. If the search brings the same passages of
the same documents as before, no model is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, Protocol

from qa.core.errors import DatelineError
from qa.core.types import Answer, Filters, Hit, Retrieval
from qa.store import listing
from qa.store.library import Library
from qa.verify.entailment import Verifier
from qa.verify.parser import Parser
from qa.watch.change import changes
from qa.watch.store import WatchedQuestions
from qa.watch.watched import Change, DocumentRef, FoundPassage, Reading, Watched

Outcome = Literal["as_before", "asked", "changed", "put_off", "failed"]
"""The outcome of a look: nothing new was found; it was asked and nothing changed; something changed; it was
postponed; it failed."""


class Asks(Protocol):
    """Answers questions, as `qa.answer.assistant.Assistant` does."""

    @property
    def library(self) -> Library: ...

    @property
    def parser(self) -> Parser: ...

    def search(self, question: str, filters: Filters = Filters()) -> Retrieval: ...

    def sentence_scores(self, query: str, sentences: Sequence[str]) -> Sequence[float]: ...

    def verifier(self) -> Verifier: ...

    def stream(
        self, question: str, history: Sequence[Any] = (), filters: Filters = Filters()
    ) -> Iterator[dict[str, Any]]: ...


class Watch:
    """Looks at watched questions again, one at a time."""

    def __init__(self, assistant: Asks, kept: WatchedQuestions) -> None:
        self._assistant = assistant
        self._kept = kept

    def look(
        self, watched: Watched, *, anyway: bool = False, stop: Callable[[], bool] = lambda: False
    ) -> Outcome:
        """Searches for a question, and asks it again if the search brings something new.

        Args:
            watched: the question.
            anyway: ask it even if the search brings nothing new.
            stop: asked at each word; True postpones the question and frees the model.

        Returns:
            The outcome. The question's `failure` tells why one failed.
        """
        try:
            return self._look(watched, anyway, stop)
        except DatelineError as error:
            self._kept.failed(watched.id, str(error))
            return "failed"

    def _look(self, watched: Watched, anyway: bool, stop: Callable[[], bool]) -> Outcome:
        library = self._assistant.library
        generation = library.generation()  # Before the search: the next look sees what is added meanwhile.
        began = dt.datetime.now(dt.UTC)
        found = _found(self._assistant.search(watched.question, watched.filters).hits)
        last = watched.last
        if last is not None and not anyway and set(found) == set(last.found):
            self._kept.looked(watched.id, generation)
            return "as_before"
        answer = self._answer(watched, stop)
        if answer is None:
            return "put_off"
        news = () if last is None else _news(last, (*_found(answer.hits), *found), library)
        changed = () if last is None else self._changes(last.answer, answer, news)
        self._kept.answered(watched.id, generation, _reading(began, answer, found, changed))
        return "changed" if changed else "asked"

    def adopt(
        self, watched: Watched, answer: Answer, asked_at: dt.datetime, documents: Iterable[str]
    ) -> bool:
        """Takes an answer just given as a question's first, if a search still finds the same.

        Args:
            watched: a question without an answer.
            answer: the answer.
            asked_at: when it was asked.
            documents: the ids of the articles that it was read from.

        Returns:
            Whether it was taken; if not, the question is due.
        """
        generation = self._assistant.library.generation()
        hits = self._assistant.search(watched.question, watched.filters).hits
        if {hit.article.id for hit in hits} != set(documents):
            return False
        reading = _reading(asked_at, replace(answer, hits=hits), _found(hits), ())
        self._kept.answered(watched.id, generation, reading)
        return True

    def _changes(self, before: Answer, now: Answer, news: tuple[DocumentRef, ...]) -> tuple[Change, ...]:
        asks = self._assistant
        return changes(before, now, news, asks.library, asks.sentence_scores, asks.verifier(), asks.parser)

    def _answer(self, watched: Watched, stop: Callable[[], bool]) -> Answer | None:
        """The answer; None if it was postponed."""
        events = self._assistant.stream(watched.question, filters=watched.filters)
        for event in events:
            if "answer" in event:
                answer: Answer = event["answer"]
                return answer
            if stop():
                getattr(events, "close", lambda: None)()
                return None
        raise AssertionError("an answer's events end with the answer")


def due(kept: WatchedQuestions, library: Library) -> tuple[Watched, ...]:
    """The questions whose answer may have changed since the last look.

    The library has changed, or the day: tomorrow "last month" may be another month.
    """
    generation, today = library.generation(), dt.date.today()
    return tuple(each for each in kept.all() if _is_due(each, generation, today))


def _is_due(watched: Watched, generation: int, today: dt.date) -> bool:
    if watched.looked_at is None or watched.failure:
        return True
    return watched.generation != generation or watched.looked_at.astimezone().date() != today


def _reading(
    asked_at: dt.datetime, answer: Answer, found: tuple[FoundPassage, ...], changed: tuple[Change, ...]
) -> Reading:
    passages = tuple(hit.passage.id for hit in answer.hits)
    return Reading(
        asked_at, replace(answer, hits=()), found, passages, asked_at if changed else None, changed
    )


def _found(hits: Sequence[Hit]) -> tuple[FoundPassage, ...]:
    return tuple(
        FoundPassage(
            hit.passage.id,
            DocumentRef(hit.article.id, hit.article.title, hit.article.publisher, hit.article.published),
        )
        for hit in hits
    )


def _news(last: Reading, found: Sequence[FoundPassage], library: Library) -> tuple[DocumentRef, ...]:
    """The documents found that came into the library, or changed, after the last answer."""
    known = set(last.found)
    others = dict.fromkeys(each.document for each in found if each not in known)
    since = last.asked_at.isoformat(timespec="seconds")
    added = _added(library, [document.article_id for document in others])
    return tuple(document for document in others if added.get(document.article_id, "") >= since)


def _added(library: Library, ids: Sequence[str]) -> dict[str, str]:
    """When articles were stored last, in UTC as ISO 8601 to the second."""
    marks = ",".join("?" * len(ids))
    with listing.reading(library) as connection:
        rows = connection.execute(f"SELECT id, added_at FROM articles WHERE id IN ({marks})", list(ids))
        return dict(rows.fetchall())
