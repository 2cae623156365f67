"""Bounds on a reply: how long its head and body may take, how long it may be, and that it isn't empty."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from qa.core.clock import in_time
from qa.core.errors import UnavailableError

_WHOLE = 4  # A whole answer may take so many times as long as its next word.
_BYTES = 1_000_000
_BYTES_A_TOKEN = 8_192  # A token comes with the probabilities of twenty others.
_CHARS_A_TOKEN = 24


def answers(opens: Callable[[], Any], whose: str, word_seconds: float, tokens: int) -> Any:
    """Bounds a language model's answers: see `replies`.

    Args:
        opens: makes a client.
        whose: what answers, as a sentence names it.
        word_seconds: how long its next word may take.
        tokens: how many it was asked for at most.
    """
    return replies(opens, _endless(whose), _WHOLE * word_seconds, _BYTES + tokens * _BYTES_A_TOKEN)


def replies(opens: Callable[[], Any], endless: str, seconds: float, size: int) -> Any:
    """A transport for a client of httpx, or of the copy of it that OpenAI's client brings: bounds each reply.

    A head has the time that its first byte may take: a server may else send it byte by byte for days. The
    body has a time and a length of its own. A client answers one call at a time: the only way to cut a
    connection is to close its client, which would cut the other calls' too.

    Args:
        opens: makes the clients that are asked in fact, and know the reader's proxies.
        endless: the sentence for a body that goes on for too long; comments that keep a connection alive
            count as much as words do.
        seconds: how long the body may take from its first byte to its last.
        size: how many bytes it may have. It is asked for unpacked, and never unpacked here.
    """
    return _Replies(opens, endless, seconds, size)


class _Replies:
    def __init__(self, opens: Callable[[], Any], *bounds: Any) -> None:
        self._opens, self._bounds = opens, bounds
        self._idle = [opens()]  # Made now, for what is wrong with a proxy to be told now.

    def handle_request(self, request: Any) -> Any:
        http = import_module(type(request).__module__.partition(".")[0])
        client, limit = self._free(), request.extensions["timeout"]
        request.headers["Accept-Encoding"] = "identity"
        send = partial(client.send, request, stream=True, follow_redirects=False)
        try:
            response = in_time(send, limit["connect"] + limit["read"])
        except TimeoutError as error:
            client.close()  # Its thread ends, as the connection does.
            raise http.ReadTimeout("timed out", request=request) from error
        except BaseException:
            self._idle.append(client)
            raise
        response.headers.pop("Content-Encoding", None)
        body = type("Body", (_Body, http.SyncByteStream), {})
        response.stream = body(response.stream, partial(self._idle.append, client), *self._bounds)
        return response

    def _free(self) -> Any:
        try:
            return self._idle.pop()
        except IndexError:  # All answer other calls.
            return self._opens()

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def __enter__(self) -> _Replies:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Body:
    """A response's body, read within bounds of time and length."""

    def __init__(
        self, stream: Any, closed: Callable[[], None], endless: str, seconds: float, size: int
    ) -> None:
        self._stream, self._closed = stream, closed
        self._endless, self._seconds, self._size = endless, seconds, size

    def __iter__(self) -> Iterator[bytes]:
        until, left = time.monotonic() + self._seconds, self._size
        for part in self._stream:
            left -= len(part)
            if left < 0 or time.monotonic() > until:
                raise UnavailableError(self._endless)
            yield part

    def close(self) -> None:
        self._stream.close()
        self._closed()


def said(words: Iterator[str], whose: str, tokens: int) -> Iterator[str]:
    """An answer's words, unchanged.

    Raises:
        UnavailableError: there are none, or far more than were asked for.
    """
    chars, anything = tokens * _CHARS_A_TOKEN, False
    for word in words:
        chars -= len(word)
        if chars < 0:
            raise UnavailableError(_endless(whose))
        anything = anything or bool(word.strip())
        yield word
    if not anything:
        raise UnavailableError(f"{_begun(whose)} gave an empty answer; see what its server reports.")


def _endless(whose: str) -> str:
    return f"{_begun(whose)} did not come to an end; see that its server keeps to max_tokens."


def _begun(whose: str) -> str:
    return whose[:1].upper() + whose[1:]
