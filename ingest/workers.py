"""A pool of reader processes: each job has a time limit, and a process that hangs is replaced."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import Pipe
from queue import SimpleQueue
from threading import Event
from typing import TypeAlias

from ingest.prepare import prepare
from ingest.readers.formats import is_risky
from ingest.values import Blob, Draft, Options, Prepared, Refusal
from qa.errors import UnavailableError

Item: TypeAlias = tuple[Blob | Draft, str]
Result: TypeAlias = Prepared | Refusal
DOCUMENT_SECONDS = 60
OCR_SECONDS = 900
START_SECONDS = 120
_ALONE = 700  # Plain documents that are read in this process before a worker is worth its start,
_ALONE_BYTES = 1_000_000  # or about as many bytes, where it is known how many there are.


class _Worker:
    """One reader process and the pipe to it."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        self._connection = ours
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        theirs.close()
        if not self._is_ready():
            self.close()
            raise UnavailableError("The process that reads documents does not start; is memory left?")

    def _is_ready(self) -> bool:
        try:
            return self._connection.poll(START_SECONDS) and self._connection.recv() == "ready"
        except (EOFError, OSError):
            return False

    def run(self, items: Sequence[Item], options: Options, seconds: float) -> list[Result] | None:
        """The results of a job; None when the process hung or died over it, and is gone."""
        try:
            self._connection.send((items, options, seconds))
            if self._connection.poll(seconds):
                results: list[Result] = self._connection.recv()
                return results
        except (EOFError, OSError):
            pass
        self.close()
        return None

    def close(self) -> None:
        """Ends the process."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


class Workers:
    """Reads documents beside this process, in order, a bounded number ahead.

    Args:
        options: how documents are to be taken.
        expected_bytes: how much there is to read, 0 where that isn't known.
        seconds: the time limit of a document.
    """

    def __init__(self, options: Options, *, expected_bytes: int = 0, seconds: float | None = None) -> None:
        self._options = options
        self._seconds = seconds or (OCR_SECONDS if options.ocr else DOCUMENT_SECONDS)
        self._size = max(1, min(8, (os.cpu_count() or 2) - 1))
        self._idle: SimpleQueue[_Worker | None] = SimpleQueue()
        for _ in range(self._size):
            self._idle.put(None)
        self._threads = ThreadPoolExecutor(self._size, thread_name_prefix="reader")
        self._read_here = 0
        self._warming = False
        self._ready = Event()
        if expected_bytes > _ALONE_BYTES:
            self._start_ahead()

    def map(self, jobs: Iterator[Sequence[Item]]) -> Iterator[list[Result]]:
        """The results of each job, in the jobs' order."""
        waiting: deque[Future[list[Result]]] = deque()
        for job in jobs:
            if not waiting and self._reads_here(job):
                yield [prepare(item, digest, self._options) for item, digest in job]
                continue
            waiting.append(self._threads.submit(self._run, job))
            while waiting and (waiting[0].done() or len(waiting) > 2 * self._size):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """Ends all processes."""
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            worker = self._idle.get()
            if worker is not None:
                worker.close()

    def _reads_here(self, job: Sequence[Item]) -> bool:
        """Whether a job is harmless, and there is no other process yet that could read it."""
        if self._ready.is_set() or any(is_risky(item) for item, _ in job):
            return False
        self._read_here += len(job)
        if self._read_here >= _ALONE and not self._warming:
            self._start_ahead()  # More is likely to come.
        return True

    def _start_ahead(self) -> None:
        """Has a worker ready for what will come, while documents are read in this process."""
        self._warming = True
        self._threads.submit(self._warm)

    def _warm(self) -> None:
        worker = self._idle.get()
        try:
            worker = worker or _Worker()
        except UnavailableError:
            return  # Told when a worker is needed.
        finally:
            self._idle.put(worker)
            self._ready.set()

    def _run(self, job: Sequence[Item]) -> list[Result]:
        worker = self._idle.get()
        results = None
        try:
            worker = worker or _Worker()
            results = worker.run(job, self._options, self._seconds)
        finally:
            self._idle.put(worker if results is not None else None)
        if results is not None:
            return results
        if len(job) > 1:  # One of them did it: each gets a chance of its own.
            return [result for item in job for result in self._run([item])]
        reason = f"It could not be read within {self._seconds:.0f} seconds, or it broke its reader."
        return [Refusal(job[0][0].source, reason)]
