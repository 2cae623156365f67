"""What can go wrong, as classes.

    DatelineError            a sentence for the reader: what is wrong and what to do
    +-- RefusedError         this document or input can't be taken; the rest goes on
    +-- UnavailableError     something needed is not there now; trying later may help
    +-- LibraryEmptyError    nothing has been ingested yet

Commands turn exactly these into one line on stderr; anything else is a bug and shows as one. What a disk
or a damaged file does comes from many libraries in many classes: `told_plainly` makes these one of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
        ("database is locked", "database is busy"),
        "Another program is writing to the library; try again shortly.",
    ),
    (
        ("malformed", "not a database", "Corrupt", "corrupt", "no such table", "hnsw", "pickle", "backfill"),
        "A file of the library is damaged: mend it with: python -m ingest repair",
    ),
)


class DatelineError(Exception):
    """An error whose message is meant for the reader's eyes."""


class RefusedError(DatelineError):
    """One input is refused; trying it again changes nothing."""


class UnavailableError(DatelineError):
    """A model, a server or a file is not there at present."""


class LibraryEmptyError(DatelineError):
    """There is no library here, or there is nothing in it."""


def trouble(error: BaseException) -> str | None:
    """What befell the disk or a file, as a sentence that says what to do; None where the error is another."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    for said in map(str, chain):
        for signs, sentence in _TROUBLE:
            if any(sign in said for sign in signs):
                return sentence
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
