"""What every request passes first: who may ask, how often, how much at once, how long a body may be."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.serve.keys import Caller, Keys, scope_of

MAX_BODY_BYTES = 262_144
_BODY_SECONDS = 30.0
_INSIDE = 128  # Requests at once: forty are worked on, the others wait.
RETRY = {"Retry-After": "5"}
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_OPEN = ("/health", "/ready")  # A container's health check has no key.
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)


class BusyError(Exception):
    """As many wait for an answer as may."""


class TooLargeError(HTTPException):
    """A body went on for too long, whatever length it stated."""

    def __init__(self) -> None:
        super().__init__(413)


class TooSlowError(HTTPException):
    """A body did not come to its end in time."""

    def __init__(self) -> None:
        super().__init__(408)


class Turns:
    """Lets some questions be answered at once, some wait, and refuses those beyond."""

    def __init__(self, slots: int, waiting: int) -> None:
        self._slots = asyncio.Semaphore(slots)
        self._left = slots + waiting

    def admit(self) -> None:
        """Looks whether the line has a place.

        Raises:
            BusyError: it is full.
        """
        if not self._left:
            raise BusyError

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One's turn.

        Raises:
            BusyError: the line is full.
        """
        self.admit()
        self._left -= 1
        try:
            async with self._slots:
                yield
        finally:
            self._left += 1


class Gate:
    """Stands before the API as an ASGI middleware."""

    def __init__(self, app: ASGIApp, keys: Keys, rate: str) -> None:
        """Lets in who has a key; where there is none, programs of this machine that are no web page.

        Args:
            app: what stands behind.
            keys: what `Authorization: Bearer` has to bring.
            rate: how often one caller may call, as "120/minute".
        """
        self._app = app
        self._keys = keys
        self._rate = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        if (refused := self._refused(scope)) is not None:
            await refused(scope, receive, sending)
            return
        self._inside += 1
        try:
            await self._app(scope, _bounded(receive), sending)
        finally:
            self._inside -= 1

    def _refused(self, scope: Scope) -> JSONResponse | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if _length(headers) > MAX_BODY_BYTES:
            return said(413, f"A request may have {MAX_BODY_BYTES:,} bytes.")
        if self._inside >= _INSIDE and scope["path"] not in _OPEN:
            return said(503, "Too many ask at once; try again in a moment.", RETRY)
        if not self._keys.wanted:
            # A page may make its reader's browser call loopback, under a name that it resolves itself.
            host = re.sub(r":\d*$", "", headers.get("host", ""))
            if host not in _LOOPBACK or "origin" in headers:
                return said(403, "Web pages and other machines need a key: python -m qa keys add NAME")
            return self._too_often(Caller("this machine"), scope)
        if scope["path"] in _OPEN:
            return None
        caller = self._keys.caller(headers.get("authorization", "").removeprefix("Bearer "))
        if caller is None:
            return said(401, "Send a key of this server as: Authorization: Bearer KEY")
        if (needed := scope_of(scope["path"])) not in caller.scopes:
            return said(403, f"This key is not good for {needed!r}, only for: {', '.join(caller.scopes)}.")
        return self._too_often(caller, scope)

    def _too_often(self, caller: Caller, scope: Scope) -> JSONResponse | None:
        scope.setdefault("state", {})["caller"] = caller.name
        if self._limiter.hit(self._rate, caller.name):
            return None
        wait = max(1, round(self._limiter.get_window_stats(self._rate, caller.name).reset_time - time.time()))
        sentence = f"One caller may call {self._rate}; try again in {wait} s."
        return said(429, sentence, {"Retry-After": str(wait)})


def said(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal, in the shape that OpenAI's clients read."""
    return JSONResponse({"error": {"message": sentence, "type": "dateline"}}, status, headers)


def _length(headers: dict[str, str]) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else MAX_BODY_BYTES + 1


def _bounded(receive: Receive) -> Receive:
    left, until, whole = MAX_BODY_BYTES, time.monotonic() + _BODY_SECONDS, False

    async def receiving() -> Message:
        nonlocal left, whole
        if whole:  # What comes now is that the caller has gone.
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), until - time.monotonic())
        except TimeoutError:
            raise TooSlowError from None
        left -= len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if left < 0:
            raise TooLargeError
        return message

    return receiving
