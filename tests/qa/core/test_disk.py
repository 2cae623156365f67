"""What a disk does is told as what it is, whichever library says so."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda

from qa.answer.assistant import Assistant
from qa.core.disk import told_plainly, trouble
from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.store.library import Library
from tests.qa.conftest import Store


def test_a_full_disk_is_told(library: Library, store: Store) -> None:
    connection = library._connection()
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(sqlite3.OperationalError) as full:
        store("port", text="Dredging. " * 100_000)
    assert "disk is full" in str(trouble(full.value))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "can't be written"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "can't be written"),
        (OSError(errno.EIO, os.strerror(errno.EIO)), "disk failed"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), "full"),
        (ValueError("An error occurred in a thread: 'An index writer was killed.. '"), "words were indexed"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "can't be written"),
        (sqlite3.OperationalError("disk I/O error"), "disk failed"),
        (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
    ],
)
def test_what_the_system_and_sqlite_say_is_told(error: Exception, said: str, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=said), told_plainly(tmp_path):
        raise error


@pytest.mark.parametrize("error", [ConnectionRefusedError("refused"), KeyError("corrupt"), RuntimeError("x")])
def test_other_errors_are_no_matter_of_the_disk(error: Exception) -> None:
    assert trouble(error) is None


def test_a_failing_disk_is_not_blamed_on_the_language_model(
    library: Library, settings: Settings, retriever
) -> None:
    def fail(given: object) -> object:
        raise sqlite3.OperationalError("disk I/O error")

    assistant = Assistant(settings, library, retriever)
    assistant._chain = RunnableLambda(fail)
    with pytest.raises(UnavailableError, match="The disk failed"):
        assistant.ask("Who met?")


@pytest.mark.parametrize("command", [["ingest", "status"], ["ingest", "repair"], ["qa", "ask", "Who met?"]])
def test_a_damaged_catalogue_ends_a_command_in_a_sentence(
    library: Library, store: Store, command: list[str]
) -> None:
    store("port")
    library._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = library.path.stat().st_size
    library.path.write_bytes(library.path.read_bytes()[:100] + os.urandom(size - 100))
    module, *rest = command
    done = subprocess.run(
        [sys.executable, "-m", module, *rest, "--library", str(library.folder)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
