"""Models made on this machine: made once, and anew when a file of theirs is damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.models.derived import ensure


@pytest.fixture
def made(tmp_path: Path):
    """Ensures a model of one file, and counts how often it is made."""
    times: list[Path] = []

    def make(folder: Path) -> None:
        times.append(folder)
        (folder / "vectors").write_bytes(bytes(range(256)) * 40)

    def had() -> tuple[int, bytes]:
        folder = ensure(tmp_path / "models" / "static", make)
        return len(times), (folder / "vectors").read_bytes()

    return had


def test_a_model_is_made_once(made) -> None:
    assert made() == made() == (1, bytes(range(256)) * 40)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: os.truncate(path, 100),
        lambda path: path.write_bytes(os.urandom(path.stat().st_size)),
        lambda path: path.unlink(),
        lambda path: (path.parent / "checksums.json").unlink(),
        lambda path: (path.parent / "checksums.json").write_text("{"),
    ],
)
def test_a_damaged_model_is_made_anew_and_nothing_is_left_of_it(made, tmp_path: Path, damage) -> None:
    made()
    damage(tmp_path / "models" / "static" / "vectors")
    assert made() == (2, bytes(range(256)) * 40)
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == ["static", "static.lock"]


def test_a_file_that_was_only_copied_stays(made, tmp_path: Path) -> None:
    made()
    os.utime(tmp_path / "models" / "static" / "vectors", (1, 1))
    assert made()[0] == 1


def test_what_fails_while_it_is_made_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        ensure(tmp_path / "models" / "static", fail)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["static.lock"]
