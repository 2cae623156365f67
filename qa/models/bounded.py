"""Bounds on a model server's reply: how long it may take, how long it may be, and that it isn't empty."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from qa.core.errors import UnavailableError

_WHOLE = 4  # A whole answer may take so many times as long as its next word.
_BYTES = 1_000_000
_BYTES_A_TOKEN = 8_192  # A token comes with the probabilities of twenty others.
_CHARS_A_TOKEN = 24


def hook(whose: str, word_seconds: float, tokens: int) -> Callable[[Any], None]:
    """Bounds a language model's answers: see `body_hook`.

    Args:
        whose: what answers, as a sentence names it.
        word_seconds: how long its next word may take.
        tokens: how many it was asked for at most.
    """
    return body_hook(_endless(whose), _WHOLE * word_seconds, _BYTES + tokens * _BYTES_A_TOKEN)


def body_hook(told: UnavailableError, seconds: float, size: int) -> Callable[[Any], None]:
    """What httpx, or the copy of it that OpenAI's client brings, calls with each response to bound its body.

    Args:
        told: what reading the body raises once it is too long; comments that keep a connection alive
            count as much as words do.
        seconds: how long the body may take from its first byte to its last.
        size: how many bytes it may have, once unpacked.
    """

    def bound(response: Any) -> None:
        http = import_module(type(response).__module__.partition(".")[0])
        body = type("Body", (_Body, http.SyncByteStream), {})
        response.stream = body(response.stream, told, seconds, size)

    return bound


class _Body:
    """A response's body, read within bounds of time and length."""

    def __init__(self, stream: Any, told: UnavailableError, seconds: float, size: int) -> None:
        self._stream, self._told, self._seconds, self._size = stream, told, seconds, size

    def __iter__(self) -> Iterator[bytes]:
        until, left = time.monotonic() + self._seconds, self._size
        for part in self._stream:
            left -= len(part)
            if left < 0 or time.monotonic() > until:
                raise self._told
            yield part

    def close(self) -> None:
        self._stream.close()


def said(words: Iterator[str], whose: str, tokens: int) -> Iterator[str]:
    """An answer's words, unchanged.

    Raises:
        UnavailableError: there are none, or far more than were asked for.
    """
    chars, anything = tokens * _CHARS_A_TOKEN, False
    for word in words:
        chars -= len(word)
        if chars < 0:
            raise _endless(whose)
        anything = anything or bool(word.strip())
        yield word
    if not anything:
        raise UnavailableError(f"{_begun(whose)} gave an empty answer; see what its server reports.")


def _endless(whose: str) -> UnavailableError:
    return UnavailableError(
        f"{_begun(whose)} did not come to an end; see that its server keeps to max_tokens."
    )


def _begun(whose: str) -> str:
    return whose[:1].upper() + whose[1:]
