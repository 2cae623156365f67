"""A library and its disk: files that must survive a power cut, and sentences for what fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qa.core.errors import DatelineError, UnavailableError

# What SQLite and the operating system report, as Python, Chroma and Tantivy pass it on.
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
    """Makes sure that files, and folders' lists of files, are on the disk."""
    for path in paths:
        with suppress(FileNotFoundError):  # SQLite removes its journals.
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def private(file: Path) -> None:
    """Makes a file, where there is none, that only its owner can read; SQLite's files beside it are alike.

    A file that is there is not opened: closing it would drop the locks that SQLite has on it in this process
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    with suppress(OSError):  # Opening it fails too, and says why.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def trouble(error: BaseException) -> str | None:
    """A disk's or a file's failure as a sentence that says what to do; None for any other error."""
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
    """Turns errors of the disk, and of damaged files in a library's folder, into sentences.

    Raises:
        UnavailableError: in the place of such errors; others pass as they are.
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
