"""Fetches pages safely: only from public addresses, from the address that was checked, within limits.

A name is resolved once, all its addresses must be public, and the connection goes to one of them, so a name
that resolves differently later does no harm. Each redirect is checked again.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from qa.core.clock import in_time
from qa.core.errors import RefusedError, UnavailableError
from qa.core.settings import Settings

if TYPE_CHECKING:
    import httpx

USER_AGENT = "Dateline/0.1 (news library; reads pages for one reader)"
MAX_BYTES = 30_000_000
MAX_SECONDS = 40.0
READ_SECONDS = 15.0
MAX_REDIRECTS = 6
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
# Ways to write an IPv4 address as an IPv6 one, in its last 32 bits: mapped,
# translated (RFC 2765), compatible (RFC 4291), NAT64 (RFC 6052). The IPv4 address is checked.
_IPV4_INSIDE = tuple(
    map(ipaddress.IPv6Network, ("::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96"))
)
# Not public; Python's tables of these change between releases: IETF protocol assignments, NAT64 of a
# network's own (RFC 8215), site-local addresses (RFC 3879).
_CLOSED = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10")))


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched page: the final address, its bytes, and the server's headers for them.

    `unchanged` means that the server has nothing newer than `etag` or `modified`.
    """

    url: str
    data: bytes
    media_type: str
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


class Fetcher:
    """Fetches over HTTP(S). `seconds` is the limit for a whole fetch, with redirects."""

    def __init__(
        self, settings: Settings, *, max_bytes: int = MAX_BYTES, seconds: float = MAX_SECONDS
    ) -> None:
        self._private = settings.fetch_private_addresses
        self._max_bytes = max_bytes
        self._seconds = seconds

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What an address gives now.

        Args:
            url: an http or https address.
            etag: the server's name for the known version, to ask only for newer ones.
            modified: when the known version was changed, as the server said.

        Raises:
            RefusedError: the address or its content is not accepted; trying again changes nothing.
            UnavailableError: the server can't be reached or is busy.
        """
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        # Leaving it closes its connections: what a server still sends byte by byte is waited for no longer.
        with self._client() as client:
            try:
                return in_time(partial(self._follow, client, url, headers), self._seconds + 1)
            except TimeoutError:
                raise UnavailableError(f"It did not arrive within {self._seconds:.0f} seconds.") from None

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=10),
            trust_env=False,
            follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0),  # One is good for the name it was made for.
        )

    def _follow(self, client: httpx.Client, url: str, headers: dict[str, str]) -> Fetched:
        deadline = time.monotonic() + self._seconds
        for _ in range(MAX_REDIRECTS + 1):
            found = self._once(client, url, headers, deadline)
            if isinstance(found, Fetched):
                return found
            url = found
        raise RefusedError(f"It redirects more than {MAX_REDIRECTS} times.")

    def _once(
        self, client: httpx.Client, url: str, headers: dict[str, str], deadline: float
    ) -> Fetched | str:
        """One request: its result, or the address that it redirects to."""
        import httpx

        host = _host(url)
        parts = urlsplit(url)
        address = self._checked(host, parts.port or (443 if parts.scheme == "https" else 80))
        pinned = urlunsplit(parts._replace(netloc=_netloc(address, parts.port), fragment=""))
        try:
            with client.stream(
                "GET",
                pinned,
                headers=headers | {"Host": parts.netloc.rpartition("@")[2]},
                extensions={"sni_hostname": host},
            ) as response:
                return self._answer(url, response, deadline)
        except httpx.TimeoutException as error:
            raise UnavailableError(
                f"The server of {host!r} does not answer in time; try again later."
            ) from error
        except httpx.HTTPError as error:
            raise UnavailableError(f"The server of {host!r} can't be reached ({error}).") from error

    def _answer(self, url: str, response: httpx.Response, deadline: float) -> Fetched | str:
        status = response.status_code
        kind = response.headers.get("content-type", "")
        etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
        if status == 304:
            return Fetched(url, b"", kind, etag, modified, unchanged=True)
        if status in _REDIRECTS and response.headers.get("location"):
            return urljoin(url, response.headers["location"])
        if status in _PASSING:
            raise UnavailableError(f"The server answers {status}; try again later.")
        if status != 200:
            raise RefusedError(f"The server answers {status} for this address.")
        return Fetched(url, self._body(response, deadline), kind, etag, modified)

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        limit = f"It is larger than {self._max_bytes / 1e6:,.0f} MB."
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self._max_bytes:
            raise RefusedError(limit)
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self._max_bytes:
                raise RefusedError(limit)
            if time.monotonic() > deadline:
                raise UnavailableError(f"It did not arrive within {self._seconds:.0f} seconds.")
            parts.append(part)
        return b"".join(parts)

    def _checked(self, host: str, port: int) -> str:
        """An IP address of a host, after all its addresses were found to be public."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UnavailableError(f"There is no server called {host!r}, or the network is down.") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self._private and not all(is_public(address) for address in addresses):
            raise RefusedError(f"{host!r} is inside a private network; only public addresses are fetched.")
        return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is public."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in _CLOSED):
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in _IPV4_INSIDE):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def is_address(text: str) -> bool:
    """Whether a text is a web address rather than a path."""
    return "://" in text[:12]


def has_password(address: str) -> bool:
    """Whether an address has a user or a password before its host."""
    return "@" in _netloc_of(address)


def without_password(address: str) -> str:
    """An address without its user and password."""
    netloc = _netloc_of(address)
    return address.replace(netloc, netloc.rpartition("@")[2], 1) if "@" in netloc else address


def _netloc_of(address: str) -> str:
    return re.split(r"[/?#]", address.partition("://")[2], maxsplit=1)[0]


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedError("It is not a valid address.") from error
    if not parts.scheme:
        raise RefusedError("It is not a web address; give one that begins with https://.")
    if parts.scheme not in ("http", "https"):
        raise RefusedError(f"Only http and https addresses are fetched, not {parts.scheme!r}.")
    if not host:
        raise RefusedError("It is not a valid address.")
    if has_password(url):
        raise RefusedError("It leads to an address with a user name or password, which is not taken.")
    return host


def _netloc(address: str, port: int | None) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"{host}:{port}" if port else host
