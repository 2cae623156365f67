"""Faults by the hundred: `python -m tests.faults 500`. About a second each.

A child writes documents into a library, says which are in the catalogue, and is killed at a random moment, or
may write no file beyond a random size (what a full disk does to it). After each fault the parent looks whether
all that was reported is there word for word and SQLite is content; every fifty, whether `repair` makes the
indexes agree. The seed is printed, so that a run can be had again.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ingest.repair import compare, repair
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
from tests.ingest.corpus import story

_LONGEST_SECONDS = 0.6
_REPAIR_EVERY = 50
_TOLD, _TRACEBACK = 2, 3


def article(number: int) -> Article:
    return Article(article_id(str(number)), f"Story {number}", story(number % 200).body, str(number))


def write(settings: Settings, embedder: StaticEmbedder, first: int, told: int) -> None:
    """Adds documents and removes some, until killed; tells each that the catalogue has or has no longer."""
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
        if number % 4 == 0:
            Lexical(library).sync()
            vectors.sync()


def fault(
    settings: Settings, embedder: StaticEmbedder, first: int, kind: str, luck: random.Random
) -> tuple[list[bytes], int]:
    """One child and its end. Returns what it told, and its exit status."""
    read, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            if kind == "full":
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                size = luck.randrange(1, 3_000_000)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            write(settings, embedder, first, told)
        except BaseException as error:
            if isinstance(error, DatelineError) or trouble(error):
                os._exit(_TOLD)
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(_TRACEBACK)
        os._exit(0)
    os.close(told)
    time.sleep(luck.random() * _LONGEST_SECONDS)
    ended = 0
    for _ in range(0 if kind == "kill" else 300):  # A full disk is met soon; else it is killed after all.
        if (ended := os.waitpid(child, os.WNOHANG)[1]) or _gone(child):
            break
        time.sleep(0.1)
    if not _gone(child):
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
    with os.fdopen(read, "rb") as lines:
        return lines.read().split(b"\n")[:-1], os.waitstatus_to_exitcode(ended)


def _gone(child: int) -> bool:
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        return True
    return False


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


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Injects faults. Returns how many of each kind, and what went wrong."""
    luck, counts = random.Random(seed), Counter[str]()
    settings = Settings(library=folder / "library")
    embedder = load_static(settings)
    Library(settings.library, create=True)
    kept: dict[int, bool | None] = {}
    for done in range(1, count + 1):
        kind = luck.choice(("kill", "kill", "full"))
        lines, status = fault(settings, embedder, done * 10_000, kind, luck)
        note(kept, lines)
        counts[kind] += 1
        counts["reported"] += sum(line.startswith(b"+") for line in lines)
        counts["told in a sentence"] += status == _TOLD
        counts["tracebacks"] += status == _TRACEBACK
        counts["lost"] += len(lost(settings, kept))
        if done % _REPAIR_EVERY == 0 or done == count:
            repair(settings)
            counts["repairs"] += 1
            for index in ("lexical", "vectors"):
                counts["disagreeing"] += compare(Library(settings.library), settings, index) != Differences()
            print(done, dict(counts), flush=True)
    return counts


if __name__ == "__main__":
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    print("seed", seed)
    with tempfile.TemporaryDirectory() as folder:
        counts = run(int(sys.argv[1]), seed, Path(folder))
    sys.exit(bool(counts["lost"] or counts["tracebacks"] or counts["disagreeing"]))
