"""A power cut: of each file there is what was last synced, and what was reported is in it."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.repair import compare_index, repair
from qa.core.settings import Settings
from qa.store.index_state import Differences
from qa.store.library import Library, article_id
from tests.faults import shim

pytestmark = pytest.mark.skipif(not shim.possible(), reason="needs Linux and a C compiler (cc)")

# Writes documents and removes some, tells each, and ends at a power cut.
_WRITER = """
import os, sys
from pathlib import Path
from qa.core.settings import Settings
from qa.models.embedder import load_static
from qa.store.library import Library
from tests.faults import __main__ as faults
from tests.faults import shim
folder, kept, pragma = sys.argv[1:]
shim.arm(Path(folder), kept=Path(kept))
if pragma:
    real = Library._connection
    Library._connection = lambda self: (real(self).execute(pragma), real(self))[1]
settings = Settings(library=folder)
faults.write(settings, load_static(settings), 0, 1)
"""
DOCUMENTS = 15


def cut(folder: Path, pragma: str = "") -> dict[int, bool]:
    """Has a library written and its power cut. Returns what was reported: which documents are in, which out."""
    library, kept = folder / "library", folder / "kept"
    for each in (library, kept):
        each.mkdir()
    command = [sys.executable, "-c", _WRITER, str(library), str(kept), pragma]
    reported: dict[int, bool] = {}
    with subprocess.Popen(command, env=shim.loading(folder), stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if line[:1] in b"+-":
                reported[int(line[1:])] = line.startswith(b"+")
            elif line[:1] == b"?":
                reported.pop(int(line[1:]), None)
            if len(reported) > DOCUMENTS:
                break
        writer.send_signal(signal.SIGKILL)
        for line in writer.stdout:
            if line[:1] == b"?":  # It was about to be removed.
                reported.pop(int(line[1:]), None)
    shutil.rmtree(library)
    kept.rename(library)
    return reported


def missing(folder: Path, reported: dict[int, bool]) -> list[int]:
    """The documents that are not as they were reported."""
    if not (folder / "library" / "catalogue.sqlite3").exists():
        return list(reported)
    with sqlite3.connect(folder / "library" / "catalogue.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        try:
            rows = connection.execute("SELECT id FROM articles").fetchall()
        except sqlite3.OperationalError:  # Not even its tables were synced.
            return list(reported)
    there = {row[0] for row in rows}
    return [number for number, is_in in reported.items() if (article_id(str(number)) in there) != is_in]


@pytest.mark.slow
def test_what_was_reported_is_there_after_a_power_cut_and_the_indexes_come_to_agree(tmp_path: Path) -> None:
    reported = cut(tmp_path)
    assert len(reported) > DOCUMENTS / 2
    assert missing(tmp_path, reported) == []
    settings = Settings(library=tmp_path / "library")
    repair(settings)
    for index in ("lexical", "vectors"):
        assert compare_index(Library(settings.library), settings, index) == Differences()


@pytest.mark.slow
def test_such_a_cut_would_show_a_catalogue_that_is_not_synced(tmp_path: Path) -> None:
    """The test's own test: with the setting that lost documents, they are lost."""
    assert missing(tmp_path, cut(tmp_path, "PRAGMA synchronous = NORMAL"))
