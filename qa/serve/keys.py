"""Who may call the API: keys with names and scopes, of which a file of the library's keeps the hashes."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.core.disk import flush
from qa.core.errors import DatelineError

# Search and documents; questions and statements, which cost a model's time; counts.
SCOPES = ("read", "ask", "metrics")
_FILE = "serve_keys.json"
_SECRET_BYTES = 32  # So long a secret needs no slow hash.
_ASKING, _COUNTING = ("ask", "check", "v1"), ("metrics",)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the key's name, and what it may be used for."""

    name: str
    scopes: tuple[str, ...] = SCOPES
    made: str = ""


class Keys:
    """The keys of one library's API. A change of the file holds from the next request on."""

    def __init__(self, folder: Path, owner: str | None = None) -> None:
        """Reads nothing yet.

        Args:
            folder: the library's folder.
            owner: a key that is good for everything, as the settings give it.
        """
        self._path = folder / _FILE
        self._owner = _hashed(owner) if owner else None
        self._read: tuple[int, dict[str, Caller]] = (0, {})

    @property
    def wanted(self) -> bool:
        """Whether callers must have one."""
        return bool(self._owner or self.callers())

    def callers(self) -> dict[str, Caller]:
        """Those who have a key, by its hash."""
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if changed != self._read[0]:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self._read = (
                changed,
                {
                    hash_: Caller(each["name"], tuple(each["scopes"]), each["made"])
                    for hash_, each in kept.items()
                },
            )
        return self._read[1]

    def caller(self, key: str) -> Caller | None:
        """Whose key this is; None where it is nobody's."""
        hashed = _hashed(key)
        if self._owner and secrets.compare_digest(hashed, self._owner):
            return Caller("owner")
        return self.callers().get(hashed)

    def make(self, name: str, scopes: Collection[str]) -> str:
        """A new key. It can't be shown again: only its hash is kept.

        Raises:
            DatelineError: there is a key of this name.
        """
        if any(each.name == name for each in self.callers().values()):
            raise DatelineError(f"There is a key of the name {name!r} already; remove it first.")
        key = secrets.token_urlsafe(_SECRET_BYTES)
        made = Caller(name, tuple(sorted(scopes)), datetime.now(UTC).isoformat(timespec="seconds"))
        self._keep(self.callers() | {_hashed(key): made})
        return key

    def remove(self, name: str) -> None:
        """Ends a key.

        Raises:
            DatelineError: there is none of this name.
        """
        left = {hash_: each for hash_, each in self.callers().items() if each.name != name}
        if len(left) == len(self.callers()):
            raise DatelineError(f"There is no key of the name {name!r}; see: python -m qa keys")
        self._keep(left)

    def _keep(self, callers: dict[str, Caller]) -> None:
        beside = self._path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump({hash_: asdict(each) for hash_, each in callers.items()}, file, indent=1)
        flush(beside)
        os.replace(beside, self._path)


def scope_of(path: str) -> str:
    """What a key must be good for to call a path."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return "ask" if first in _ASKING else "metrics" if first in _COUNTING else "read"


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
