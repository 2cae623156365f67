"""The flags and the error handling that all commands of ingest share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from qa.core.errors import DatelineError
from qa.core.printable import printable

DONE, IN_PART, COULD_NOT = 0, 1, 2


@contextmanager
def _plainly() -> Iterator[None]:
    """Prints errors for the reader as one line on stderr, with exit status 2."""
    try:
        yield
    except DatelineError as error:
        click.echo(printable(str(error)), err=True)
        sys.exit(COULD_NOT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except Exception as error:
        from qa.core.disk import trouble

        said = trouble(error)
        if said is None:
            raise
        click.echo(said, err=True)
        sys.exit(COULD_NOT)


def command(function: Callable[..., None]) -> Callable[..., None]:
    @click.option("--library", type=click.Path(path_type=Path), help="Folder of the library.")
    @click.option("--json", "as_json", is_flag=True, help="Write JSON on standard output.")
    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        with _plainly():
            function(*args, **kwargs)

    return run
