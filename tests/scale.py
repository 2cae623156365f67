"""What a passage costs, measured as a library grows on a Chroma server: `python -m tests.scale [PASSAGES...]`.

Made-up stories go through the stages of an ingest one after another, each on one thread, so that processor time
says what a stage takes of a core however busy the machine is. docs/SCALE.md extrapolates from what is printed.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.prepare import prepare
from ingest.store import Store
from ingest.values import Blob, Options, Prepared
from qa.core.settings import Settings
from qa.models.chosen import load_embedder
from qa.models.embedder import Embedder, Matrix
from qa.search.retriever import open_retriever
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.vectors import Vectors
from tests.chroma_server import chroma_server
from tests.ingest.corpus import story
from tests.load import memory_mb

_BATCH = 50
_QUESTIONS = [story(number * 37).title for number in range(40)]
_TICKS = os.sysconf("SC_CLK_TCK")


class Spent:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds = Counter[str]()

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - began


class Timed(Embedder):
    """An embedder whose time is a stage of its own."""

    def __init__(self, model: Embedder, spent: Spent) -> None:
        self._model, self._spent, self.name, self.dimensions = model, spent, model.name, model.dimensions

    def embed(self, texts: list[str]) -> Matrix:  # type: ignore[override]
        with self._spent.on("embedding"):
            return self._model.embed(texts)


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def megabytes(*paths: Path) -> float:
    files = [
        file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()
    ]
    return sum(file.stat().st_size for file in files) / 1e6


def grow(library: Library, settings: Settings, first: int, passages: int, spent: Spent) -> int:
    """Adds stories from a number on until there are so many passages. Returns the next number."""
    store, held = Store(library), library.stats().passages
    while held < passages:
        blobs = [
            Blob(f"/made/{number}", f"{number}.txt", f"{made.title}\n\n{made.body}".encode())
            for number, made in ((number, story(number)) for number in range(first, first + _BATCH))
        ]
        with spent.on("reading, cleaning, splitting"):
            prepared = [prepare(blob, "", Options()) for blob in blobs]
        with spent.on("catalogue"):
            events = store.put([each for each in prepared if isinstance(each, Prepared)])
        held += sum(event.passages for event in events)
        first += _BATCH
    with spent.on("words"):
        Lexical(library).sync()
    with spent.on("embedding, and sending to Chroma"):
        Vectors(library, Timed(load_embedder(settings), spent), settings).sync()
    return first


def searches(settings: Settings, library: Library) -> tuple[float, float]:
    """Milliseconds of processor time of a search here, p50 and p95."""
    retriever = open_retriever(settings, library)
    retriever.search(_QUESTIONS[0])
    took = []
    for question in _QUESTIONS:
        began = time.process_time()
        retriever.search(question)
        took.append(1000 * (time.process_time() - began))
    cuts = statistics.quantiles(took, n=20)
    return cuts[9], cuts[18]


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name, chroma_server(Path(name) / "server") as (url, server):
        folder = Path(name)
        settings = Settings(library=folder / "library", chroma_url=url)
        library = Library(settings.library, create=True)
        documents = held = 0
        for size in sizes:
            spent, before = Spent(), processor_seconds(server)
            documents = grow(library, settings, documents, size, spent)
            stats = library.stats()
            added, held = stats.passages - held, stats.passages
            spent.seconds["Chroma's server"] = processor_seconds(server) - before
            print(f"{stats.articles:,} documents, {held:,} passages; for each passage since the last line:")
            for stage, seconds in spent.seconds.items():
                print(f"  {stage}: {1000 * seconds / added:.3f} ms")
            library.read("PRAGMA wal_checkpoint(TRUNCATE)")
            disk = {
                "catalogue": megabytes(*settings.library.glob("catalogue*")),
                "words": megabytes(settings.library / "tantivy"),
                "Chroma": megabytes(folder / "server"),
            }
            print(
                "  on disk, KB a passage:",
                ", ".join(f"{what} {1000 * mb / held:.2f}" for what, mb in disk.items()),
            )
            mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"  memory: Chroma's server {memory_mb(server):,.0f} MB, this process {mine:,.0f} MB at most"
            )
            before = processor_seconds(server)
            p50, p95 = searches(settings, library)
            there = 1000 * (processor_seconds(server) - before) / (len(_QUESTIONS) + 1)
            print(
                f"  a search: {p50:.0f} ms, p95 {p95:.0f} ms of processor time, and {there:.0f} ms of the server's",
                flush=True,
            )


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [10_000, 40_000, 160_000])
