"""Models made on this machine from a fetched one; a damaged one is made anew."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock

from qa.core.disk import flush

_CHECKSUMS = "checksums.json"
logger = logging.getLogger(__name__)


def ensure(folder: Path, make: Callable[[Path], None]) -> Path:
    """A sound derived model; makes it if there is none.

    Safe when two processes start at once: the second waits and finds the first one's work.

    Args:
        folder: where it lies.
        make: writes its files into an empty folder.

    Returns:
        The folder.
    """
    if _sound(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not _sound(folder):
            if folder.exists():
                logger.warning(
                    "The model %s is damaged, or of an older Dateline; it is made anew.", folder.name
                )
            scratch = Path(mkdtemp(prefix=folder.name, dir=folder.parent))
            try:
                make(scratch)
                _put(scratch, folder)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _sound(folder: Path) -> bool:
    """Whether its files are unchanged: by size and time, or by checksum where these differ."""
    try:
        kept = json.loads((folder / _CHECKSUMS).read_text())
        return bool(kept) and all(_is(folder / name, traits) for name, traits in kept.items())
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _is(path: Path, traits: list[int | str]) -> bool:
    size, modified, sum_ = traits
    stat = path.stat()
    return stat.st_size == size and (stat.st_mtime_ns == modified or _sha256(path) == sum_)


def _put(scratch: Path, folder: Path) -> None:
    files = [path for path in scratch.iterdir() if path.is_file()]
    kept = {path.name: [path.stat().st_size, path.stat().st_mtime_ns, _sha256(path)] for path in files}
    (scratch / _CHECKSUMS).write_text(json.dumps(kept))
    flush(*scratch.iterdir(), scratch)
    if folder.exists():
        damaged = Path(mkdtemp(prefix=folder.name, dir=folder.parent))
        folder.replace(damaged)
        shutil.rmtree(damaged)
    scratch.replace(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
