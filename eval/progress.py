"""The progress of long work, on stderr: stdout stays the result's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.run import Progress


@contextmanager
def progress_bar(what: str = "questions") -> Iterator[Progress]:
    """A bar, or a line for each tenth where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from eval.run import Progress

    console = Console(stderr=True)

    def tenths(done: int, total: int) -> None:
        if done == total or done % max(1, total // 10) == 0:
            console.print(f"{done} of {total} {what}")

    if not console.is_terminal:
        yield Progress(console.print, tenths)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what.capitalize(), total=None)
        yield Progress(bar.console.print, lambda done, total: bar.update(task, completed=done, total=total))
