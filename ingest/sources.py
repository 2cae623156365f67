"""Where documents come from: files, folders, standard input, pages and feeds."""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from ingest.containers import CONTAINER_SUFFIXES
from ingest.feeds import is_feed
from ingest.fetch import has_password, is_address, without_password
from ingest.readers.formats import DOCUMENT_SUFFIXES, suffix
from ingest.values import MAX_DOCUMENT_BYTES, Blob, Options, Refusal
from ingest.web import Web


def find_inputs(inputs: Sequence[str], options: Options, web: Web) -> Iterator[Blob | Refusal]:
    """The documents of the inputs: paths, folders, addresses, or `-` for standard input."""
    for feed in options.feeds:
        yield from (_secret(feed),) if has_password(feed) else web.feed(feed)
    for each in inputs:
        if each == "-":
            yield _standard_input()
        elif is_address(each):
            yield from (_secret(each),) if has_password(each) else web.page(each)
        else:
            yield from _files(Path(each).expanduser(), options)


def size_bytes(inputs: Sequence[str], options: Options) -> int:
    """The size of all files to read; 0 if it is not known beforehand."""
    if options.feeds or any(each == "-" or is_address(each) for each in inputs):
        return 0
    total = 0
    for each in inputs:
        path = Path(each).expanduser()
        found = (each.path for each in _walk(path, path.resolve(), options)) if path.is_dir() else (path,)
        for file in found:
            with suppress(OSError):
                total += Path(file).stat().st_size if file else 0
    return total


def _secret(address: str) -> Refusal:
    reason = "It holds a user name or password, which would be kept and shown; give the address without."
    return Refusal(without_password(address), reason)


def _standard_input() -> Blob | Refusal:
    data = sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        return Refusal(
            "-", "Standard input holds more than one document may; save it as a file of JSON lines."
        )
    head = data.lstrip()[:1]
    name = "stdin.jsonl" if head in (b"{", b"[") else "stdin"
    return Blob("stdin", name, data)


def _files(path: Path, options: Options) -> Iterator[Blob | Refusal]:
    if path.is_dir():
        found = False
        for each in _walk(path, path.resolve(), options):
            found = True
            yield each
        if not found:
            yield Refusal(str(path), "There is no document in this folder that can be read here.")
    elif path.is_file():
        yield Blob(str(path.resolve()), path.name, path=path)
    elif path.exists():
        yield Refusal(str(path), "It is neither a file nor a folder.")
    else:
        yield Refusal(str(path), "There is no such file or folder.")


def _walk(folder: Path, root: Path, options: Options) -> Iterator[Blob | Refusal]:
    """The readable files of a folder and the folders in it, in the order of their names.

    Hidden files are left out. Links to folders and links out of `root` are not followed; the target of a link
    inside `root` is found by itself.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Refusal(str(folder), f"The folder can't be read ({error.strerror}).")
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path, root, options)
        elif path.is_symlink():
            if _wanted(path, options) and not path.resolve().is_relative_to(root):
                yield Refusal(str(path), "It is a link that leads out of the folder; name what it leads to.")
        elif path.is_file() and _wanted(path, options):
            yield Blob(str(path.resolve()), path.name, path=path)


def _wanted(path: Path, options: Options) -> bool:
    if any(_matches(path, glob) for glob in options.exclude):
        return False
    if options.include:
        return any(_matches(path, glob) for glob in options.include)
    if suffix(path.name) == ".xml":  # Most are something else.
        return path.is_file() and _begins_a_feed(path)
    return suffix(path.name) in DOCUMENT_SUFFIXES | CONTAINER_SUFFIXES


def _begins_a_feed(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return is_feed(stream.read(20_000))
    except OSError:
        return False


def _matches(path: Path, glob: str) -> bool:
    return fnmatch.fnmatch(path.name, glob) or fnmatch.fnmatch(
        path.as_posix(), glob if "/" not in glob else f"*/{glob.lstrip('/')}"
    )
