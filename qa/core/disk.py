"""What a disk does to a library: files put on it for good, and its failures told in a sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qa.core.errors import DatelineError, UnavailableError

# What SQLite and the operating system say, as Python, Chroma and Tantivy pass it on.
_TROUBLE = (
    (
        ("disk is full", "No space left", "os error 28", "quota exceeded"),
        "The disk is full: free some space, then run the same command again. What was reported is kept.",
    ),
    (
        (
            "readonly",
            "Read-only",
            "Permission denied",
            "os error 13",
            "os error 30",
            "unable to open database",
        ),
        "The library can't be written: see that its folder is yours and its disk is not read-only.",
    ),
    (
        ("disk I/O error", "Input/output error", "os error 5)"),
        "The disk failed while the library was read or written: see to the disk, then run: "
        "python -m ingest repair",
    ),
    (
        ("index writer was killed",),  # Tantivy's, in whose thread the disk failed.
        "The disk is full or failed while words were indexed: see to the disk, then run: "
        "python -m ingest repair",
    ),
    (
        ("database is locked", "database is busy"),
        "Another program is writing to the library; try again shortly.",
    ),
    (
        ("malformed", "not a database", "Corrupt", "corrupt", "no such table", "hnsw", "pickle", "backfill"),
        "A file of the library is damaged: mend it with: python -m ingest repair",
    ),
)

_KINDS = (OSError, sqlite3.Error, ValueError)  # Tantivy's are ValueErrors.


def flush(*paths: Path) -> None:
    """Puts files, and folders' lists of files, on the disk."""
    for path in paths:
        with suppress(FileNotFoundError):  # SQLite takes its journals away.
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def private(file: Path) -> None:
    """Makes a file, where there is none, for its owner alone; what SQLite lays beside it is likewise.

    A file that is there is not opened: closing it would drop the locks that SQLite has on it in this process
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    with suppress(OSError):  # Whoever opens it then says why it can't be.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def trouble(error: BaseException) -> str | None:
    """What befell the disk or a file, as a sentence that says what to do; None where the error is another."""
    at: BaseException | None = error
    while at is not None:
        said = str(at)
        if isinstance(at, _KINDS) or type(at).__module__.startswith("chromadb"):
            for signs, sentence in _TROUBLE:
                if any(sign in said for sign in signs):
                    return sentence
        if isinstance(at, sqlite3.Error):
            return f"The library can't be read or written ({said})."
        at = at.__cause__ or at.__context__
    return None


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turns what a disk or a damaged file does in a library's folder into a sentence.

    Raises:
        UnavailableError: instead of the libraries' own errors; others pass as they are.
    """
    try:
        yield
    except DatelineError:
        raise
    except Exception as error:
        said = trouble(error)
        if said is None:
            raise
        raise UnavailableError(f"{said} (library {str(folder)!r})") from error
