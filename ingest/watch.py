"""Keeps a library current: checks folders and feeds again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ingest.pipeline import Progress, Stop, ingest
from ingest.refine import can_refine, refine
from ingest.values import Options, Report
from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.store.library import Library

WATCH_SECONDS = 10.0
FEED_SECONDS = 900.0  # A feed is asked again after a quarter of an hour.
_TICK_SECONDS = 0.2


def watch(
    inputs: Sequence[str],
    settings: Settings,
    options: Options,
    *,
    progress: Progress,
    stop: Stop,
    seconds: float = WATCH_SECONDS,
    told: Callable[[Report], None] = lambda report: None,
) -> None:
    """Ingests the inputs now, files again when they change, and feeds every quarter of an hour.

    Args:
        inputs: files, folders and addresses.
        settings: the settings.
        options: how documents are to be read, and the feeds.
        progress: called for every input that is new, changed or refused.
        stop: ends the watch.
        seconds: how often files are checked.
        told: called with the report of every round that changed something.
    """
    seen: object = None
    asked = -FEED_SECONDS
    while not stop():
        now = time.monotonic()
        due = now - asked >= FEED_SECONDS
        state = _state(inputs)
        if due or state != seen:
            web = inputs if due else [each for each in inputs if "://" not in each]
            report = ingest(
                web,
                settings,
                replace(options, feeds=options.feeds if due else ()),
                progress=progress,
                stop=stop,
            )
            if report.added or report.updated or report.near_duplicates:
                told(report)
            seen, asked = state, now if due else asked
        until = time.monotonic() + seconds
        _refine_until(until, settings, stop)
        while time.monotonic() < until and not stop():
            time.sleep(_TICK_SECONDS)


def _refine_until(until: float, settings: Settings, stop: Stop) -> None:
    """Refines passages until it is time for the next round."""
    if can_refine(settings) and Library(settings.library).stats().waiting_refined:
        with suppress(UnavailableError):  # Another process does it.
            refine(settings, stop=lambda: stop() or time.monotonic() > until)


def _state(inputs: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Size and time of the last change of every file under the inputs."""
    state = {}
    for each in inputs:
        path = Path(each).expanduser()
        for file in path.rglob("*") if path.is_dir() else [path]:
            try:
                found = file.stat()
            except OSError:
                continue
            if file.is_file():
                state[str(file)] = (found.st_size, found.st_mtime_ns)
    return state
