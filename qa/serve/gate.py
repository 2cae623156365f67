"""What every request passes first: who may ask, how much at once, how long a body may be; and is counted."""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 262_144
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


class Turns:
    """Lets some questions be answered at once, some wait, and refuses those beyond."""

    def __init__(self, slots: int, waiting: int) -> None:
        self._slots = asyncio.Semaphore(slots)
        self._left = slots + waiting

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One's turn.

        Raises:
            BusyError: the line is full.
        """
        if not self._left:
            raise BusyError
        self._left -= 1
        try:
            async with self._slots:
                yield
        finally:
            self._left += 1


class Counted:
    """What Prometheus reads. No question and no text is in it."""

    def __init__(self) -> None:
        kept = self.registry = CollectorRegistry()
        self.requests = Counter("dateline_requests", "Requests, by their status.", ["status"], registry=kept)
        self.seconds = Histogram("dateline_request_seconds", "How long a request took.", registry=kept)
        self.running = Gauge("dateline_requests_running", "Requests being answered.", registry=kept)


class Gate:
    """Stands before the API as an ASGI middleware."""

    def __init__(self, app: ASGIApp, key: str | None, counted: Counted) -> None:
        """Lets in who has the key; where there is none, programs of this machine that are no web page.

        Args:
            app: what stands behind.
            key: what `Authorization: Bearer` has to bring.
            counted: where requests are counted.
        """
        self._app = app
        self._key = key
        self._counted = counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        self._counted.running.inc()
        try:
            refused = self._refused(scope)
            if refused is None:
                await self._app(scope, _bounded(receive), sending)
            else:
                await refused(scope, receive, sending)
        finally:
            self._counted.running.dec()
            self._counted.requests.labels(str(status)).inc()
            self._counted.seconds.observe(perf_counter() - began)

    def _refused(self, scope: Scope) -> JSONResponse | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if _length(headers) > MAX_BODY_BYTES:
            return said(413, f"A request may have {MAX_BODY_BYTES:,} bytes.")
        if self._key is None:
            # A page may make its reader's browser call loopback, under a name that it resolves itself.
            host = re.sub(r":\d*$", "", headers.get("host", ""))
            if host not in _LOOPBACK or "origin" in headers:
                return said(403, "Web pages and other machines need a key: set DATELINE_SERVE_KEY.")
            return None
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if scope["path"] in _OPEN or hmac.compare_digest(given.encode(), self._key.encode()):
            return None
        return said(401, "Send the key of this server as: Authorization: Bearer KEY")


def said(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal, in the shape that OpenAI's clients read."""
    return JSONResponse({"error": {"message": sentence, "type": "dateline"}}, status, headers)


def _length(headers: dict[str, str]) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else MAX_BODY_BYTES + 1


def _bounded(receive: Receive) -> Receive:
    left = MAX_BODY_BYTES

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLargeError
        return message

    return receiving
