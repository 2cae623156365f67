"""Faults by the hundred: `python -m tests.faults 500 [SEED]`. A second or two each.

A child writes documents into a library, says which are in the catalogue, and something befalls it: a kill, at a
moment or in the middle of a system call; a disk that is full, fails or can't be written; a power cut, after which
the library has what was synced and no more. After each fault the parent looks whether all that was reported is there
word for word and SQLite is content. Every twenty a file is damaged, too, and `repair` has to make the indexes agree.
The seed is printed, so that a run can be had again.
"""

from __future__ import annotations

import errno
import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import chromadb  # noqa: F401 (so that no child has to)

from ingest.repair import compare_index, repair
from ingest.splitter import split
from qa.core.disk import trouble
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.core.types import Article
from qa.models.embedder import StaticEmbedder, load_static
from qa.store.index_state import Differences
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id
from qa.store.vectors import Vectors
from qa.text.sentences import spans
from tests.faults import shim
from tests.faults.test_damage import DAMAGE
from tests.ingest.corpus import story

_LONGEST_SECONDS = 0.6
_START_SECONDS, _END_SECONDS = 30, 4
_REPAIR_EVERY = 20
# So many of each call a child comes to in the time that it has.
_CALLS = {"write": 400, "sync": 40, "rename": 6, "delete": 6, "open": 80}
_TOLD, _TRACEBACK = 2, 3
_BY_TIME = ("killed at a moment", "power cut")


def _no_file_beyond(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _struck(call: str, error: int = 0) -> Callable[[Path, Path, random.Random], None]:
    def arm(library: Path, kept: Path, luck: random.Random) -> None:
        shim.arm(library, call=call, at=int(_CALLS[call] ** luck.random()), error=error)

    return arm


# What befalls a child, and how it is armed for it.
KINDS: dict[str, Callable[[Path, Path, random.Random], None]] = {
    "killed at a moment": lambda library, kept, luck: None,
    "no file beyond a size": lambda library, kept, luck: _no_file_beyond(luck.randrange(1, 3_000_000)),
}
SHIMMED = {
    "power cut": lambda library, kept, luck: shim.arm(library, kept=kept),
    "killed in a write": _struck("write"),
    "killed in a sync": _struck("sync"),
    "killed in a renaming": _struck("rename"),
    "killed in a deletion": _struck("delete"),
    "killed in an opening": _struck("open"),
    "disk full": _struck("write", errno.ENOSPC),
    "writing fails": _struck("write", errno.EIO),
    "syncing fails": _struck("sync", errno.EIO),
    "renaming fails": _struck("rename", errno.EIO),
    "deleting fails": _struck("delete", errno.EACCES),
    "nothing opens for writing": _struck("open", errno.EROFS),
}


def article(number: int) -> Article:
    return Article(article_id(str(number)), f"Story {number}", story(number % 200).body, str(number))


def write(settings: Settings, embedder: StaticEmbedder, first: int, told: int) -> None:
    """Adds documents and removes some, until killed; tells each that the catalogue has or has no longer."""
    os.write(told, b"!\n")
    library = Library(settings.library, create=True)
    vectors = Vectors(library, embedder, settings)
    for number in range(first, first + 10_000):
        each = article(number)
        library.put(each, split(each.id, each.body, spans(each.body)))
        os.write(told, b"+%d\n" % number)
        if number % 7 == 0:
            os.write(told, b"?%d\n" % (number - 3))  # From now on either is right.
            library.remove(article_id(str(number - 3)))
            os.write(told, b"-%d\n" % (number - 3))
        if number % 6 == 3:
            Lexical(library).sync()
            vectors.sync()


def fault(
    settings: Settings, embedder: StaticEmbedder, first: int, kind: str, luck: random.Random
) -> tuple[list[bytes], int]:
    """One child and its end. Returns what it told, and its exit status."""
    kept = settings.library.with_name("kept")
    if kind == "power cut":
        shutil.copytree(settings.library, kept)
    read, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            (KINDS | SHIMMED)[kind](settings.library, kept, luck)
            write(settings, embedder, first, told)
        except BaseException as error:
            if isinstance(error, DatelineError) or trouble(error):
                os._exit(_TOLD)
            os.write(2, f"{kind}: {type(error).__name__}: {error}\n".encode())
            os._exit(_TRACEBACK)
        os._exit(0)
    os.close(told)
    with os.fdopen(read, "rb", buffering=0) as lines:
        said = _heard(lines.fileno(), luck.random() * _LONGEST_SECONDS if kind in _BY_TIME else _END_SECONDS)
        os.kill(child, signal.SIGKILL)  # If it has not ended by itself.
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said += lines.read()
    if kind == "power cut":
        shutil.rmtree(settings.library)
        kept.rename(settings.library)
    return said.split(b"\n")[1:-1], status


def _heard(pipe: int, seconds: float) -> bytes:
    """What a child tells within some seconds of its start; less where it ends before."""
    heard = os.read(pipe, 1) if select.select([pipe], [], [], _START_SECONDS)[0] else b""
    until = time.monotonic() + seconds
    while heard and select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
        if not (more := os.read(pipe, 65_536)):
            break
        heard += more
    return heard


def note(kept: dict[int, bool | None], lines: list[bytes]) -> None:
    for line in lines:
        kept[int(line[1:])] = {b"+": True, b"-": False, b"?": None}[line[:1]]


def lost(settings: Settings, kept: dict[int, bool | None]) -> list[int]:
    """The documents that are not as they were reported."""
    with sqlite3.connect(settings.library / "catalogue.sqlite3") as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    assert found == "ok", found
    there = Library(settings.library).articles_by_id(article_id(str(number)) for number in kept)
    bodies = {int(each.source): each.body for each in there.values()}
    wrong = [n for n, is_in in kept.items() if is_in is not None and (n in bodies) != is_in]
    return wrong + [n for n, body in bodies.items() if body != article(n).body]


def damaged(settings: Settings, luck: random.Random) -> str:
    """Damages a file as it may be damaged. Returns how, "" where there was no such file."""
    how = luck.choice(list(DAMAGE))
    try:
        DAMAGE[how](settings)
    except (ValueError, FileNotFoundError):  # Chroma writes its graph out from a thousand passages on.
        return ""
    return how


def run(count: int, seed: int, folder: Path) -> tuple[Counter[str], Counter[str]]:
    """Injects faults. Returns how many of each kind, and what came of them."""
    luck, kinds, found = random.Random(seed), Counter[str](), Counter[str]()
    settings = Settings(library=folder / "library")
    embedder = load_static(settings)
    Library(settings.library, create=True)
    kept: dict[int, bool | None] = {}
    possible = list(KINDS | SHIMMED if shim.loaded() else KINDS)
    for done in range(1, count + 1):
        kind = luck.choice(possible)
        lines, status = fault(settings, embedder, done * 10_000, kind, luck)
        note(kept, lines)
        kinds[kind] += 1
        found["reported"] += sum(line.startswith(b"+") for line in lines)
        found["told in a sentence"] += status == _TOLD
        found["tracebacks"] += status == _TRACEBACK
        found["lost"] += len(lost(settings, kept))
        if done % _REPAIR_EVERY == 0 or done == count:
            if how := damaged(settings, luck):
                kinds[how] += 1
            repair(settings)
            found["repairs"] += 1
            for index in ("lexical", "vectors"):
                found["disagreeing"] += (
                    compare_index(Library(settings.library), settings, index) != Differences()
                )
            print(done, dict(found), dict(sorted(kinds.items())), flush=True)
    return kinds, found


def main(count: int, seed: int) -> int:
    """Runs the faults. Returns the exit status: 1 where anything was lost, untold or left disagreeing."""
    with tempfile.TemporaryDirectory() as folder:
        if shim.possible() and not shim.loaded():
            command = [sys.executable, "-m", "tests.faults", str(count), str(seed)]
            return subprocess.run(command, env=shim.loading(Path(folder)), check=False).returncode
        print("seed", seed, "" if shim.loaded() else "without faults in system calls: no C compiler is here")
        _, found = run(count, seed, Path(folder))
    return int(bool(found["lost"] or found["tracebacks"] or found["disagreeing"]))


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(given[0], given[1] if len(given) > 1 else time.time_ns() % 1_000_000))
