"""The rooms of `qa`, foot to top: a room imports only from those nearer the foot, and no file in a circle.

`python tests/test_rooms.py` prints the rooms with their files and lines, and what breaks the order.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = "core text dates models store search verify answer watch suggest cli serve web".split()
FLAT = {"__init__", "__main__"}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in sorted((ROOT / "qa").rglob("*.py"))}


def imported(path: Path) -> Iterator[str]:
    """The modules of `qa` that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            submodules = [f"{node.module}.{each.name}" for each in node.names]
            found = {each if each in MODULES else node.module for each in submodules}
            yield from found & MODULES.keys()
        elif isinstance(node, ast.Import):
            yield from {each.name for each in node.names} & MODULES.keys()


IMPORTS = {name: set(imported(path)) for name, path in MODULES.items()}


def floor(name: str) -> int:
    parts = name.split(".")
    return ROOMS.index(parts[1]) if len(parts) > 1 and parts[1] in ROOMS else len(ROOMS)


def wrong_way() -> list[str]:
    return [f"{a} imports {b}" for a, bs in IMPORTS.items() for b in sorted(bs) if floor(b) > floor(a)]


def test_nothing_is_flat_but_the_public_names() -> None:
    assert {path.stem for path in (ROOT / "qa").glob("*.py")} == FLAT


def test_a_room_imports_only_from_rooms_nearer_the_foot() -> None:
    assert wrong_way() == []


def test_no_files_import_one_another_in_a_circle() -> None:
    tuple(TopologicalSorter(IMPORTS).static_order())


if __name__ == "__main__":
    for room in ROOMS:
        lines = [
            len(path.read_text().splitlines())
            for name, path in MODULES.items()
            if name.split(".")[1:2] == [room]
        ]
        print(f"{room:8} {len(lines):3} files {sum(lines):6} lines, longest {max(lines, default=0)}")
    print(*wrong_way(), sep="\n")
    graph = {name: set(found) for name, found in IMPORTS.items()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
            break
        except CycleError as error:
            circle = error.args[1]
            print("circle:", " > ".join(reversed(circle)))
            graph[circle[1]].discard(circle[0])
