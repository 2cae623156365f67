"""The output of a running ingest: a line that is updated for a person, JSON lines for a program."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Protocol

import click

from ingest.found import StoredDocuments
from ingest.values import Event, Report
from qa.core.printable import printable


class Reporter(Protocol):
    """Reports every event, and the end."""

    def __call__(self, event: Event) -> None: ...
    def finish(self, report: Report) -> None: ...


@contextmanager
def reporter(*, as_json: bool) -> Iterator[Reporter]:
    """JSON lines on stdout; or a line of progress on a terminal's stderr and a report on stdout."""
    shown: Reporter = _Lines() if as_json else _Screen(moving=sys.stderr.isatty())
    yield shown


class _Lines:
    def __call__(self, event: Event) -> None:
        told = {name: value for name, value in asdict(event).items() if value not in (None, 0)}
        click.echo(json.dumps(told, ensure_ascii=False))

    def finish(self, report: Report) -> None:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))


class _Screen:
    """Counts and rates on one line, a line for each refusal, and a summary at the end."""

    def __init__(self, *, moving: bool) -> None:
        self._moving = moving
        self._began = self._drawn = time.monotonic()
        self._share = 0.0
        self._documents = self._passages = self._indexed = 0
        self._found = StoredDocuments()

    def __call__(self, event: Event) -> None:
        if event.event == "read":
            self._share = event.share
        elif event.event == "indexed":
            self._indexed += event.passages
        else:
            self._documents += 1
            self._passages += event.passages
            self._found.note(event)
        if event.event == "refused":
            self._wipe()
            click.echo(printable(f"Refused {event.source}: {event.reason}"), err=True)
        now = time.monotonic()
        if self._moving and now - self._drawn > 0.2:
            self._drawn = now
            self._draw(now - self._began)

    def finish(self, report: Report) -> None:
        self._wipe()
        parts = [
            f"{report.added:,} added",
            f"{report.updated:,} updated",
            f"{report.unchanged:,} unchanged",
            f"{report.near_duplicates:,} near-duplicate{'' if report.near_duplicates == 1 else 's'}",
            f"{len(report.refused):,} refused",
        ]
        passages = f"{report.passages:,} passage{'' if report.passages == 1 else 's'}"
        click.echo(f"{', '.join(parts)}; {passages} in {report.seconds:.1f} s.")
        for line in self._found.lines():
            click.echo(printable(line))
        self._found = StoredDocuments()

    def _draw(self, seconds: float) -> None:
        rate = self._passages / max(seconds, 0.001)
        behind = self._passages - self._indexed
        left = f", {behind:,} to index" if behind > 0 else ""
        if self._share > 0.01:
            left += f", about {seconds * (1 - self._share) / self._share:,.0f} s left"
        line = f"{self._documents:,} documents, {self._passages:,} passages, {rate:,.0f} a second{left}"
        click.echo(f"\r{line:<78}", nl=False, err=True)

    def _wipe(self) -> None:
        if self._moving:
            click.echo("\r" + " " * 78 + "\r", nl=False, err=True)
