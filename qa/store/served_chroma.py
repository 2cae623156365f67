"""Calls to a Chroma server, with a time limit and a sentence for each failure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from qa.core.errors import UnavailableError
from qa.models.bounded import replies

if TYPE_CHECKING:
    from chromadb.api import ServerAPI

_PORT = 8000
_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 120.0  # A batch of 2,000 vectors takes some seconds.
_ANSWER_BYTES = 1_000_000_000  # The ids of twenty million passages.


@cache
def served(url: str) -> ServerAPI:
    """The interface of a Chroma server, one for the whole process.

    Raises:
        UnavailableError: now or at a later call: there is no server, or it does not answer in time.
    """
    import httpx
    from chromadb.api import ServerAPI
    from chromadb.api.fastapi import FastAPI
    from chromadb.config import Settings, System

    address = httpx.URL(url)
    system = System(
        Settings(
            anonymized_telemetry=False,
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=address.host,
            chroma_server_http_port=address.port or _PORT,
            chroma_server_ssl_enabled=address.scheme == "https",
        )
    )
    server = system.instance(ServerAPI)  # type: ignore[type-abstract]
    assert isinstance(server, FastAPI)
    server._session = _in_time(url, server._session)  # Its own has no time limit, and no setting for one.
    system.start()
    server.heartbeat()
    return server


def _in_time(url: str, session: Any) -> Any:
    """A session whose calls have a time limit and fail with a sentence."""
    import httpx

    class Session(httpx.Client):
        def request(self, *given: Any, **named: Any) -> httpx.Response:
            try:
                return super().request(*given, **named)
            except httpx.TimeoutException as error:
                raise UnavailableError(
                    f"The Chroma server at {url!r} gives no answer: see what keeps it, or start it anew."
                ) from error
            except httpx.TransportError as error:
                raise UnavailableError(
                    f"There is no Chroma server at {url!r}, or it broke off: start it, or unset "
                    "DATELINE_CHROMA_URL."
                ) from error

    session.close()
    endless = f"What the Chroma server at {url!r} sends does not come to an end: see what keeps it."
    return Session(
        headers=session.headers,
        timeout=httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
        transport=replies(httpx.Client, endless, _ANSWER_SECONDS, _ANSWER_BYTES),
    )
