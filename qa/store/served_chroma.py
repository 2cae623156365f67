"""Calls to a Chroma server, with a time limit and a sentence for each failure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import SecretStr

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models.bounded import replies

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ServerAPI
    from chromadb.config import System

_PORT, _TLS_PORT = 8000, 443
_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 120.0  # A batch of 2,000 vectors takes some seconds.
_ANSWER_BYTES = 1_000_000_000  # The ids of twenty million passages.
_REFUSED = (401, 403)


class Within(TypedDict, total=False):
    """Where in a Chroma server a collection is."""

    tenant: str
    database: str


def served(settings: Settings) -> ServerAPI:
    """The interface of the settings' Chroma server, one for the whole process.

    Raises:
        DatelineError: the address or the token can't be used.
        UnavailableError: now or at a later call: there is no server, or it does not answer in time; it
            refuses the token, or lacks the tenant or the database.
    """
    return _served(
        str(settings.chroma_url),
        settings.chroma_token,
        settings.chroma_token_header,
        settings.chroma_tenant,
        settings.chroma_database,
    )


def within(settings: Settings) -> Within:
    """Where the settings' collections are: what each call is to be given."""
    return {"tenant": settings.chroma_tenant, "database": settings.chroma_database}


@cache
def _served(url: str, token: SecretStr | None, header: str, tenant: str, database: str) -> ServerAPI:
    from chromadb.api import ServerAPI
    from chromadb.api.fastapi import FastAPI
    from chromadb.errors import ChromaError

    system = _system(_address(url), token, header)
    try:
        server = system.instance(ServerAPI)  # type: ignore[type-abstract]
    except ValueError as error:
        raise DatelineError(f"DATELINE_CHROMA_TOKEN can't be sent: {error}") from error
    assert isinstance(server, FastAPI)
    server._session = _in_time(url, server._session)  # Its own has no time limit, and no setting for one.
    system.start()
    try:
        server.heartbeat()
        server.get_database(database, tenant)
    except DatelineError:
        raise
    except ChromaError as error:
        raise UnavailableError(
            f"The Chroma server at {url!r} gives no database {database!r} of tenant {tenant!r} ({error}): "
            "make it there, or correct DATELINE_CHROMA_DATABASE and DATELINE_CHROMA_TENANT."
        ) from error
    except Exception as error:  # chromadb has no class for an answer that is not Chroma's.
        raise UnavailableError(
            f"What answers at {url!r} is no Chroma server of version 1: correct DATELINE_CHROMA_URL."
        ) from error
    return server


def _address(url: str) -> httpx.URL:
    import httpx

    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise DatelineError(f"DATELINE_CHROMA_URL is no address ({error}).") from error
    if address.userinfo:
        raise DatelineError(
            "DATELINE_CHROMA_URL holds a user name or a password, which would be shown: give the address "
            "without, and a token as DATELINE_CHROMA_TOKEN."
        )
    if address.scheme not in ("http", "https") or not address.host:
        raise DatelineError(f"DATELINE_CHROMA_URL is {url!r}: give it as http://HOST:PORT or https://HOST.")
    return address


def _system(address: httpx.URL, token: SecretStr | None, header: str) -> System:
    from chromadb.config import Settings as ChromaSettings
    from chromadb.config import System

    tls = address.scheme == "https"
    settings = ChromaSettings(
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=address.host,
        chroma_server_http_port=address.port or (_TLS_PORT if tls else _PORT),
        chroma_server_ssl_enabled=tls,
    )
    if token is not None:
        settings.chroma_client_auth_provider = "chromadb.auth.token_authn.TokenAuthClientProvider"
        settings.chroma_client_auth_credentials = token.get_secret_value()
        settings.chroma_auth_token_transport_header = header
    return System(settings)


def _in_time(url: str, session: Any) -> Any:
    """A session whose calls have a time limit and fail with a sentence."""
    import httpx

    class Session(httpx.Client):
        def request(self, *given: Any, **named: Any) -> httpx.Response:
            try:
                response = super().request(*given, **named)
            except httpx.TimeoutException as error:
                raise UnavailableError(
                    f"The Chroma server at {url!r} gives no answer: see what keeps it, or start it anew."
                ) from error
            except httpx.TransportError as error:
                raise UnavailableError(
                    f"There is no Chroma server at {url!r}, or it broke off ({error}): start it, or unset "
                    "DATELINE_CHROMA_URL."
                ) from error
            if response.status_code in _REFUSED:
                raise UnavailableError(
                    f"The Chroma server at {url!r} lets nobody in without the right token: correct "
                    "DATELINE_CHROMA_TOKEN or DATELINE_CHROMA_TOKEN_HEADER."
                )
            return response

    session.close()
    endless = f"What the Chroma server at {url!r} sends does not come to an end: see what keeps it."
    return Session(
        headers=session.headers,
        timeout=httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
        transport=replies(httpx.Client, endless, _ANSWER_SECONDS, _ANSWER_BYTES),
    )
