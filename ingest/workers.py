"""Reader processes: each result has a time limit, and a process that hangs is replaced."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import Pipe
from queue import SimpleQueue
from typing import Any, TypeAlias

from ingest.prepare import prepare_all
from ingest.values import Blob, Draft, Options, Prepared, Refusal
from qa.core.errors import RefusedError, UnavailableError

Item: TypeAlias = tuple[Blob | Draft, str]
Result: TypeAlias = Prepared | Refusal
DOCUMENT_SECONDS = 60  # of the processor
OCR_SECONDS = 900
_CLOCK = 5  # times as long by the clock: a small document must be read on a starved machine, too.
START_SECONDS = 120
MAX_MEMORY_BYTES = 2 << 30  # Of one process, where the machine has it; a common document takes 0.3 GB.
_MIN_MEMORY_BYTES = 1 << 30
_MAX_READERS = 8


class BrokenReaderError(RefusedError):
    """A reader process hung or died over what it was to read."""


class _Worker:
    """One reader process and the pipe to it."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        self._connection = ours
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker", str(theirs.fileno()), str(_memory_bytes())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        theirs.close()
        try:
            next(self._received(START_SECONDS, START_SECONDS))
        except BrokenReaderError:
            self.close()
            raise UnavailableError(
                "The process that reads documents does not start; is memory left?"
            ) from None

    @property
    def lives(self) -> bool:
        """Whether the process can take a job."""
        return self._process.poll() is None and not self._connection.closed

    def run(
        self, function: Callable[..., Iterable[Any]], arguments: tuple[Any, ...], seconds: float
    ) -> Iterator[Any]:
        """What `function(*arguments)` gives in the process, one by one, each within the time limit.

        The limit is of the processor's time; a process that waits or is stopped has five times as long.

        The process is gone afterwards unless all was taken.

        Raises:
            BrokenReaderError: the process hung or died.
            DatelineError: what the function itself raised.
        """
        ended = False
        try:
            with suppress(OSError):  # It died just now: what is received tells.
                self._connection.send((function, arguments, seconds, _CLOCK * seconds))
            yield from self._received(_CLOCK * seconds, seconds)
            ended = True
        except BrokenReaderError:
            raise
        except RefusedError:
            ended = True
            raise
        finally:
            if not ended:
                self.close()

    def _received(self, clock: float, seconds: float) -> Iterator[Any]:
        reason = f"It could not be read within {seconds:.0f} seconds of computing, or it broke its reader."
        while True:
            try:
                if not self._connection.poll(clock):
                    raise BrokenReaderError(reason)
                what, value = self._connection.recv()
            except (EOFError, OSError):
                raise BrokenReaderError(reason) from None
            if what == "error":
                raise value
            if what == "end":
                return
            yield value

    def close(self) -> None:
        """Ends the process."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


_spare: list[_Worker] = []  # One process outlives its run, for the next: starting one takes a second.


def _worker() -> _Worker:
    while _spare:
        with suppress(IndexError):  # Another thread was quicker.
            worker = _spare.pop()
            if worker.lives:
                return worker
            worker.close()
    return _Worker()


def _memory_bytes() -> int:
    """What a reader may take: together they leave half of the machine's memory to others."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_MIN_MEMORY_BYTES, min(MAX_MEMORY_BYTES, machine // 2 // (_readers() + 1)))


def _readers() -> int:
    return max(1, min(_MAX_READERS, (os.cpu_count() or 2) - 1))


class Reader:
    """Reads jobs one after another in a process that is replaced when a document breaks it.

    Args:
        options: how documents are to be taken.
        seconds: how long a document may be computed on.
    """

    def __init__(self, options: Options, seconds: float | None = None) -> None:
        self._options = options
        self._seconds = seconds or (OCR_SECONDS if options.ocr else DOCUMENT_SECONDS)
        self._process: _Worker | None = None

    def read(self, job: Sequence[Item]) -> list[Result]:
        """A job's results; what breaks the reader is refused, and another process goes on after it."""
        results: list[Result] = []
        while left := job[len(results) :]:
            try:
                for result in self._started().run(prepare_all, (left, self._options), self._seconds):
                    results.append(result)  # One by one: what came before a break stays.
            except BrokenReaderError as error:
                results.append(Refusal(job[len(results)][0].source, str(error)))
        return results

    def stream(self, function: Callable[..., Iterable[Any]], *arguments: Any) -> Iterator[Any]:
        """What a function gives that takes apart a container, a feed or a sitemap.

        One at a time: the next begins when this one was taken whole, or closed.

        Raises:
            RefusedError: what the function raised, or that it hung or died.
        """
        yield from self._started().run(function, arguments, self._seconds)

    def close(self) -> None:
        """Ends the process, unless it is the one that waits for the next run."""
        if self._process is not None and self._process.lives and not _spare:
            _spare.append(self._process)
        elif self._process is not None:
            self._process.close()
        self._process = None

    def _started(self) -> _Worker:
        if self._process is None or not self._process.lives:
            self._process = _worker()
        return self._process


class Workers:
    """Reads documents beside this process, in order, a bounded number ahead.

    Args:
        options: how documents are to be taken.
        seconds: how long a document may be computed on.
    """

    def __init__(self, options: Options, *, seconds: float | None = None) -> None:
        self._source = Reader(options, seconds)
        self._readers = [Reader(options, seconds) for _ in range(_readers())]
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        for reader in self._readers:
            self._idle.put(reader)
        self._threads = ThreadPoolExecutor(len(self._readers), thread_name_prefix="reader")

    def map(self, jobs: Iterable[Sequence[Item]]) -> Iterator[list[Result]]:
        """The results of each job, in the jobs' order."""
        waiting: deque[Future[list[Result]]] = deque()
        for job in jobs:
            waiting.append(self._threads.submit(self._run, job))
            while waiting and (waiting[0].done() or len(waiting) > 2 * len(self._readers)):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def stream(self, function: Callable[..., Iterable[Any]], *arguments: Any) -> Iterator[Any]:
        """What a function gives in a process beside those that read documents: see `Reader.stream`."""
        yield from self._source.stream(function, *arguments)

    def close(self) -> None:
        """Ends all processes but one, which waits for the next run."""
        self._threads.shutdown(cancel_futures=True)
        for reader in (self._source, *self._readers):
            reader.close()

    def _run(self, job: Sequence[Item]) -> list[Result]:
        reader = self._idle.get()
        try:
            return reader.read(job)
        finally:
            self._idle.put(reader)
