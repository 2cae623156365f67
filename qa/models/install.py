"""A sound copy of a model on this machine, fetched if need be by one process at a time."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from qa.core.settings import Settings
from qa.models import registry

logger = logging.getLogger(__name__)


def ensure(name: str, settings: Settings, *, progress: bool = True) -> Path:
    """A sound copy of a model, fetched if need be: its file, or its folder if it has several files.

    Raises:
        DatelineError: there is no model of that name.
        UnavailableError: it is not here and can't be fetched now.
    """
    model = registry.named(name)
    folder = registry.folder_of(model, settings)
    if not registry.stamped(model, folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not registry.stamped(model, folder) and not _sound(model, folder):
                _replace(model, folder, settings, progress)
    return registry.entry(model, folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lets one process fetch at a time; the others wait for it."""
    lock = FileLock(f"{folder}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.warning("Waiting for another Dateline, which is fetching %s.", folder.name)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _sound(model: registry.Model, folder: Path) -> bool:
    """Whether a model is sound. One without a stamp is verified, and stamped if it is."""
    if not folder.exists():
        return False
    wrong = registry.damage(model, folder)
    if wrong is None:
        registry.stamp(model, folder)
    else:
        logger.warning("The model %s is damaged: %s. It is fetched anew.", model.name, wrong)
    return wrong is None


def _replace(model: registry.Model, folder: Path, settings: Settings, progress: bool) -> None:
    """Fetches a model into a folder beside its own, verifies it there, and moves it in place."""
    from qa.models.fetch import fetch

    partial = folder.with_name(f"{folder.name}.partial")
    fetch(model, partial, settings.models_from, progress=progress)
    registry.stamp(model, partial)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(partial, folder)
