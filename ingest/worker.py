"""The process that reads documents, so that a hostile one can hang or crash nothing else.

Started as `python -m ingest.worker FD MEMORY_BYTES`. A job is a function that gives an iterable, its
arguments, and the seconds that each of its results may take, of the processor's time and by the clock; the
results are sent one by one.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Literal

from qa.core.errors import DatelineError, RefusedError

MAX_FILE_BYTES = 256 << 20  # The language model unpacks itself through a file; a document needs none.
_GRACE_SECONDS = 10  # The parent has its own clock, but may be gone; an endless document must end too.
Message = tuple[Literal["result", "end", "error"], object]


def main() -> None:
    """Answers jobs until the other end of the pipe is closed."""
    memory = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection: Connection[Message, tuple] = Connection(int(sys.argv[1]))  # type: ignore[type-arg]
    connection.send(("result", "ready"))
    while True:
        try:
            function, arguments, computing, clock = connection.recv()
        except EOFError:
            return
        for message in _messages(function, arguments, computing, int(clock) + _GRACE_SECONDS):
            connection.send(message)


def _messages(
    function: Callable[..., Iterable[object]],
    arguments: tuple,  # type: ignore[type-arg]
    computing: float,
    clock: int,
) -> Iterator[Message]:
    """The results of a job and its end; time runs while a result is made, not while it is sent."""
    try:
        _end_after(computing, clock)
        for result in function(*arguments):
            _end_after(0, 0)
            yield "result", result
            _end_after(computing, clock)
        yield "end", None
    except DatelineError as error:
        yield "error", error
    except (RecursionError, MemoryError):
        yield "error", RefusedError("It is nested too deeply or too large to be read.")
    except Exception as error:  # A parser's own bug must cost one document, not the run.
        reason = f"Its reader failed over it ({type(error).__name__}: {error}); it may be damaged."
        yield "error", RefusedError(reason)
    finally:
        _end_after(0, 0)


def _end_after(computing: float, clock: int) -> None:
    """Ends this process after so many seconds of the processor, or by the clock; 0 is never."""
    signal.setitimer(signal.ITIMER_PROF, computing)
    signal.alarm(clock)


if __name__ == "__main__":
    main()
