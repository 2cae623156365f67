"""Calls that have a time limit, whatever they wait for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_time(call: Callable[[], T], seconds: float | None) -> T:
    """What a call gives. Where its time runs out, the caller ends what it waits for; its thread then ends.

    Raises:
        TimeoutError: it has given nothing yet.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except BaseException as error:
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    return outcome.result(seconds)
