"""The rooms' English word lists: each is read by the module that its table names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILES = [path for room in ("qa", "ingest") for path in sorted((ROOT / room).rglob("english.toml"))]


def tables(file: Path) -> list[tuple[Path, dict[str, str]]]:
    """A file's tables that are a module's own, with the module."""
    found = tomllib.loads(file.read_text(encoding="utf-8")).items()
    shared = {"scales", "money", "measures", "small"}
    return [
        (file.with_name(f"{name}.py"), lists)
        for name, lists in found
        if isinstance(lists, dict) and name not in shared
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_list_is_read_by_its_module(file: Path) -> None:
    assert tables(file)
    for module, lists in tables(file):
        source = module.read_text(encoding="utf-8")
        assert [name for name in lists if f'["{name}"]' not in source and f"['{name}']" not in source] == []
