"""Questions put to the assistant from the event loop: each in a thread, stopped when its asker goes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from anyio.to_thread import run_sync

from qa.core.disk import trouble
from qa.core.errors import DatelineError
from qa.serve.gate import BusyError, Turns

if TYPE_CHECKING:
    from qa.answer.assistant import Assistant

T = TypeVar("T")
_WAITING = 32
_END = object()


class Answers:
    """An assistant that many ask, a few at once."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._turns = Turns(assistant.settings.llm_slots, _WAITING)

    def admit(self) -> None:
        """Refuses a question whose events are not begun yet; later its status has been sent.

        Raises:
            BusyError: too many wait already.
        """
        self._turns.admit()

    async def call(self, ask: Callable[[], T]) -> T:
        """What a function gives that may ask the model.

        Raises:
            BusyError: too many wait already.
        """
        async with self._turns.turn():
            return await run_sync(ask)

    @asynccontextmanager
    async def events(
        self, begin: Callable[[], Iterator[dict[str, Any]]]
    ) -> AsyncIterator[AsyncIterator[Any]]:
        """The events of an answer in the making; leaving the block stops the model.

        Raises:
            BusyError: too many wait already.
        """
        async with self._turns.turn():
            events = begin()
            try:
                yield _stepwise(events)
            finally:
                close = getattr(events, "close", None)
                if close is not None:
                    with anyio.CancelScope(shield=True):
                        await run_sync(close)


async def _stepwise(events: Iterator[Any]) -> AsyncIterator[Any]:
    while (event := await run_sync(next, events, _END)) is not _END:
        yield event


def explained(error: Exception) -> tuple[int, str]:
    """What befell a request, as an HTTP status and a sentence for who asked."""
    from qa.core.errors import LibraryEmptyError, RefusedError, UnavailableError

    if isinstance(error, BusyError):
        return 503, "Too many questions wait already; try again in a moment."
    if isinstance(error, UnavailableError | LibraryEmptyError):
        return 503, str(error)
    if isinstance(error, RefusedError | DatelineError):
        return 422, str(error)
    disk = trouble(error)
    return (503, disk) if disk else (500, "Something went wrong here; the server's log says what.")
