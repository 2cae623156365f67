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
    """A hook for httpx, or OpenAI's copy of it, that bounds the body of each response.

    Args:
        whose: the server, as an error's sentence names it.
        word_seconds: how long it may take for its next word.
        tokens: the most tokens that it was asked for.

    Raises:
        UnavailableError: while the body is read, once it is too long. Comments that keep a connection
            alive count like words.
    """

    def bound(response: Any) -> None:
        http = import_module(type(response).__module__.partition(".")[0])
        body = type("Body", (_Body, http.SyncByteStream), {})
        response.stream = body(
            response.stream, whose, _WHOLE * word_seconds, _BYTES + tokens * _BYTES_A_TOKEN
        )

    return bound


class _Body:
    """A response's body, read within bounds of time and length."""

    def __init__(self, stream: Any, whose: str, seconds: float, size: int) -> None:
        self._stream, self._whose, self._seconds, self._size = stream, whose, seconds, size

    def __iter__(self) -> Iterator[bytes]:
        until, left = time.monotonic() + self._seconds, self._size
        for part in self._stream:
            left -= len(part)
            if left < 0 or time.monotonic() > until:
                raise _endless(self._whose)
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
