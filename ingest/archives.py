"""Archives of documents, unpacked one member at a time in memory, never onto the disk."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from ingest.readers.formats import DOCUMENT_SUFFIXES, suffix
from ingest.values import MAX_DOCUMENT_BYTES, Blob, Refusal
from qa.core.errors import RefusedError

ARCHIVE_SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".gz"})
MAX_MEMBERS = 200_000
MAX_UNPACKED_BYTES = 20_000_000_000
_MAX_RATIO = 200  # Text compresses to a tenth; a file that unpacks to more than this is a bomb.
_RATIO_FREE_BYTES = 1_000_000
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, ValueError, NotImplementedError)
_NESTED = ".zip .tar .tgz .gz .bz2 .xz .7z .rar .warc".split()


def read_archive(blob: Blob, accepted: frozenset[str]) -> Iterator[Blob | Refusal]:
    """The documents in a .zip, .tar or .tar.gz.

    Args:
        blob: the archive.
        accepted: the suffixes of containers of records, which may lie in an archive.

    Raises:
        RefusedError: it is damaged, needs a password, or unpacks to more than an archive should.
    """
    wanted = DOCUMENT_SUFFIXES | accepted
    found = False
    try:
        for member in _zip(blob, wanted) if suffix(blob.name) == ".zip" else _tar(blob, wanted):
            found = True
            yield member
    except _DAMAGE as error:
        raise RefusedError("It is a damaged archive, or one of a kind that is not read here.") from error
    if not found:
        yield Refusal(f"{blob.source}!", "There is no document in this archive that can be read here.")


def is_member(path: str) -> bool:
    """Whether a path names a member of an archive rather than a file."""
    return any(f"{ending}!" in path.lower() for ending in ARCHIVE_SUFFIXES)


def _zip(blob: Blob, wanted: frozenset[str]) -> Iterator[Blob | Refusal]:
    total = 0
    with zipfile.ZipFile(_source(blob)) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise RefusedError(f"It has more than {MAX_MEMBERS:,} files.")
        for info in members:
            is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
            if info.is_dir():
                continue
            reason = _refused(info.filename, is_link=is_link, is_special=False)
            if info.flag_bits & 0x1:
                reason = "It needs a password; save it without one."
            if reason or suffix(info.filename) not in wanted:
                if reason:
                    yield Refusal(f"{blob.source}!{info.filename}", reason)
                continue
            with archive.open(info) as member:
                found = _member(blob, info.filename, member, max(1, info.compress_size))
            total += len(found.data or b"") if isinstance(found, Blob) else 0
            _check_total(total)
            yield found


def _tar(blob: Blob, wanted: frozenset[str]) -> Iterator[Blob | Refusal]:
    total = count = 0
    source = _source(blob)
    packed = blob.path.stat().st_size if blob.path else len(blob.data or b"")
    with tarfile.open(fileobj=source, mode="r|*") as archive:
        for info in archive:
            count += 1
            total += max(0, info.size)
            if count > MAX_MEMBERS:
                raise RefusedError(f"It has more than {MAX_MEMBERS:,} files.")
            if total > _MAX_RATIO * max(packed, _RATIO_FREE_BYTES):
                raise RefusedError("It unpacks to far more than an archive of documents does.")
            _check_total(total)
            if info.isdir():
                continue
            reason = _refused(info.name, is_link=info.issym() or info.islnk(), is_special=not info.isreg())
            if reason:
                yield Refusal(f"{blob.source}!{info.name}", reason)
            elif suffix(info.name) in wanted:
                member = archive.extractfile(info)
                if member is not None:
                    yield _member(blob, info.name, member, max(info.size, 1))


def _member(blob: Blob, name: str, stream: IO[bytes], packed: int) -> Blob | Refusal:
    """A member's bytes, up to the limit for documents and bombs."""
    source = f"{blob.source}!{name}"
    limit = min(MAX_DOCUMENT_BYTES, max(_MAX_RATIO * packed, _RATIO_FREE_BYTES))
    try:
        data = stream.read(limit + 1)
    except (*_DAMAGE, RuntimeError) as error:
        return Refusal(source, f"It is damaged inside the archive ({type(error).__name__}).")
    except Exception as error:  # zlib.error and lzma.LZMAError share no other base class.
        return Refusal(source, f"It is damaged inside the archive ({error}).")
    if len(data) > limit:
        return Refusal(source, "It unpacks to far more than a document holds.")
    return Blob(source, PurePosixPath(name).name, data, None, blob.facts, inside=True)


def _refused(name: str, *, is_link: bool, is_special: bool) -> str | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or name[1:3] == ":\\":
        return "Its path leads out of the archive."
    if is_link:
        return "It is a link, not a file."
    if is_special:
        return "It is not a plain file."
    if path.suffix.lower() in _NESTED:
        return "It is an archive inside an archive; unpack it first."
    return None


def _check_total(total: int) -> None:
    if total > MAX_UNPACKED_BYTES:
        raise RefusedError(f"It unpacks to more than {MAX_UNPACKED_BYTES / 1e9:,.0f} GB.")


def _source(blob: Blob) -> IO[bytes]:
    return blob.path.open("rb") if blob.path is not None else BytesIO(blob.data or b"")
