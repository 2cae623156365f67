"""Copies a library to one file and back: while it is written to, with checksums, completely or not at all.

The file is a gzipped tar: first `manifest.json` (what it is, and of each other member its size and
SHA-256), then SQLite's files. It has no indexes: they are made anew from the copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from qa.core.disk import flush, private, told_plainly
from qa.core.errors import DatelineError, RefusedError
from qa.store.catalogue import INDEXES_FOLDER
from qa.store.library import Library
from qa.store.migrations import VERSION
from qa.store.vectors import EMBEDDERS

CATALOGUE = "catalogue.sqlite3"
READERS = ("conversations.sqlite3", "watched.sqlite3")  # The readers' questions, which are not exported.
_MANIFEST = "manifest.json"
_FORMAT = 1
_MANIFEST_BYTES = 100_000
_MAX_BYTES = 200_000_000_000
_BLOCK = 1 << 20
_BESIDE = ".dateline-copy-"
_LOCK = "lock"
# Facts about the indexes beside this catalogue; the copy's indexes will have others.
_OF_INDEXES = (INDEXES_FOLDER, "chroma_collection", *EMBEDDERS.values(), "vectors_version", "refined_version")


@dataclass(frozen=True, slots=True)
class Copied:
    """A finished copy: the file, its number of articles, and its size in bytes."""

    path: Path
    articles: int
    size: int


def copy_out(library: Library, target: Path, *, readers: bool) -> Copied:
    """Writes a library to one file, as it is at one moment; others may read and write it meanwhile.

    Args:
        library: the library.
        target: the file, or a folder in which one is named by the time.
        readers: whether to include the conversations and watched questions.

    Raises:
        RefusedError: the file is there already.
        UnavailableError: the disk is full or fails; no incomplete file is left.
    """
    if target.is_dir():
        target /= f"dateline-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
    if target.exists():
        raise RefusedError(f"{str(target)!r} is there already; name another file.")
    with told_plainly(library.folder), _scratch(target.parent) as beside:
        names = [CATALOGUE, *(name for name in READERS if readers and (library.folder / name).exists())]
        parts = [_snapshot(library.folder / name, beside / name) for name in names]
        articles = _cut_loose(parts[0])
        written = beside / "whole"
        private(written)
        _pack(written, parts, articles)
        flush(written)
        os.link(written, target)  # Unlike a rename, this never replaces another file.
        flush(target.parent)
    return Copied(target, articles, target.stat().st_size)


def copy_in(source: Path, folder: Path) -> int:
    """Makes a library from such a file, still without indexes. Returns how many articles it has.

    Raises:
        RefusedError: it is no such file or a damaged one, or the folder has a library.
    """
    if (folder / CATALOGUE).exists():
        raise RefusedError(f"There is a library in {str(folder)!r}; name another folder with --library.")
    with told_plainly(folder):
        folder.mkdir(0o700, parents=True, exist_ok=True)
        with _scratch(folder) as beside:
            try:
                manifest = _unpack(source, beside)
            except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
                raise RefusedError(f"{str(source)!r} is damaged, or no copy of a library.") from error
            except OSError as error:
                if isinstance(error, FileNotFoundError) or not error.errno:  # gzip's errors have no number.
                    raise RefusedError(f"{str(source)!r} is damaged, or not there.") from error
                raise
            _check(beside / CATALOGUE, source)
            for name in sorted(
                manifest["files"], key=CATALOGUE.__eq__
            ):  # It makes the library, so it comes last.
                os.replace(beside / name, folder / name)
                flush(folder / name, folder)
    return Library(folder).count()


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder for an incomplete copy; removes those that killed copies left."""
    for left in folder.glob(f"{_BESIDE}*"):
        with suppress(Timeout), FileLock(left / _LOCK, blocking=False):  # Another copy may be running there.
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_BESIDE) as beside, FileLock(Path(beside) / _LOCK):
        yield Path(beside)


def _snapshot(database: Path, copy: Path) -> Path:
    private(copy)
    with closing(sqlite3.connect(database, timeout=30)) as live, closing(sqlite3.connect(copy)) as kept:
        live.backup(kept)
        kept.execute("PRAGMA journal_mode = DELETE")
    return copy


def _cut_loose(catalogue: Path) -> int:
    """Notes in a copied catalogue that it has no indexes. Returns how many articles it has."""
    with closing(sqlite3.connect(catalogue)) as copy, copy:
        copy.execute("UPDATE passages SET in_vectors = 0, in_lexical = 0, in_refined = 0")
        copy.execute("DELETE FROM removals")
        copy.executemany("DELETE FROM meta WHERE key = ?", [(key,) for key in _OF_INDEXES])
        return int(copy.execute("SELECT count(*) FROM articles").fetchone()[0])


def _pack(target: Path, parts: list[Path], articles: int) -> None:
    files = {part.name: {"bytes": part.stat().st_size, "sha256": _digest(part)} for part in parts}
    manifest = {
        "dateline": _FORMAT,
        "layout": VERSION,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "articles": articles,
        "files": files,
    }
    said = json.dumps(manifest, indent=1).encode()
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        first = tarfile.TarInfo(_MANIFEST)
        first.size = len(said)
        archive.addfile(first, BytesIO(said))
        for part in parts:
            info = tarfile.TarInfo(part.name)
            info.size = part.stat().st_size
            with part.open("rb") as content:
                archive.addfile(info, content)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpacks an archive into a folder and verifies each member's size and checksum. Returns the manifest."""
    with tarfile.open(source, "r|gz") as archive:
        members = iter(archive)
        with _opened(archive, next(members, None), _MANIFEST) as said:
            manifest: dict[str, Any] = json.loads(said.read(_MANIFEST_BYTES))
        files = manifest["files"]
        if manifest["dateline"] != _FORMAT or manifest["layout"] > VERSION:
            raise DatelineError(f"{str(source)!r} was made by a newer Dateline: bring Dateline up to date.")
        if CATALOGUE not in files or not files.keys() <= {CATALOGUE, *READERS}:
            raise ValueError("members")
        for name, about in files.items():
            with _opened(archive, next(members, None), name) as content:
                _take(content, folder / name, about["bytes"], about["sha256"])
    return manifest


@contextmanager
def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo | None, name: str) -> Iterator[IO[bytes]]:
    content = archive.extractfile(member) if member and member.isreg() and member.name == name else None
    if content is None:
        raise ValueError(name)
    with content:
        yield content


def _take(content: IO[bytes], target: Path, size: int, sha256: str) -> None:
    if not 0 <= size <= _MAX_BYTES:
        raise ValueError("size")
    private(target)
    digest, left = hashlib.sha256(), size
    with target.open("wb") as written:
        while block := content.read(min(_BLOCK, left + 1)):
            left -= len(block)
            if left < 0:
                raise ValueError("size")
            digest.update(block)
            written.write(block)
    if left or digest.hexdigest() != sha256:
        raise ValueError("checksum")


def _check(catalogue: Path, source: Path) -> None:
    """Refuses a file that is no sound catalogue, which its checksum does not tell."""
    try:
        with closing(sqlite3.connect(catalogue)) as copy:
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            copy.execute("SELECT 1 FROM articles, passages LIMIT 1")
            programs = copy.execute(
                "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')"
            ).fetchone()
    except sqlite3.Error as error:
        found, programs = str(error), None
    if found != "ok" or programs:
        raise RefusedError(f"{str(source)!r} holds no sound catalogue ({found}).")


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
