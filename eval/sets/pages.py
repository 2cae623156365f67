"""Real web pages with their right values, as htmldate, trafilatura and scrapinghub keep them.

Each archive holds the pages in `docs/` and their values in `expected.json`. They are read in memory: nothing
of theirs is written anywhere.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARCHIVES = ("htmldate", "trafilatura", "aeb")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was served, and what its project says is right about it."""

    project: str
    name: str
    html: bytes
    expected: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The page's name within the set."""
        return f"{self.project}/{self.name}"


def load(folder: Path) -> Iterator[Page]:
    """The pages of the archives that are there.

    Raises:
        FileNotFoundError: none of them is.
    """
    found = [name for name in ARCHIVES if (folder / f"{name}.tar.gz").exists()]
    if not found:
        raise FileNotFoundError(2, "no archive", f"{ARCHIVES[0]}.tar.gz")
    for project in found:
        with tarfile.open(folder / f"{project}.tar.gz") as archive:
            files = {Path(each.name).name: each for each in archive.getmembers() if each.isfile()}
            expected = json.loads(_read(archive, files["expected.json"]))
            for name in sorted(expected):
                if name in files:
                    yield Page(project, name, _read(archive, files[name]), expected[name])


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return stream.read() if stream else b""
