"""The rooms of `qa`, foot to top: a room imports only from those nearer the foot, and no file in a circle.

No file of `qa` is longer than 400 lines, no function of the project longer than 50. `python
tests/test_rooms.py` prints the tree: each room's floor, files and lines, and what breaks the order.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = "core text dates models store search verify answer watch suggest cli serve web".split()
FLAT = {"__init__", "__main__"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


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


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions() -> list[str]:
    """The functions that are longer than they may be, with their lines."""
    found = []
    for package in ("qa", "ingest", "eval"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    if length > LONGEST_FUNCTION:
                        found.append(f"{path.relative_to(ROOT)} {node.name}: {length} lines")
    return found


def circles() -> list[str]:
    """The circles of imports, each as its files."""
    graph = {name: set(found) for name, found in IMPORTS.items()}
    found: list[str] = []
    while True:
        try:
            TopologicalSorter(graph).prepare()
            return found
        except CycleError as error:
            circle = error.args[1]
            found.append(" > ".join(reversed(circle)))
            graph[circle[1]].discard(circle[0])


def floors() -> dict[str, int]:
    """How many files a file of `qa` stands on, one on another: 0 for one that imports none of `qa`."""
    found: dict[str, int] = {}
    for name in TopologicalSorter(IMPORTS).static_order():
        found[name] = max((found[each] + 1 for each in IMPORTS[name]), default=0)
    return found


def test_nothing_is_flat_but_the_public_names() -> None:
    assert {path.stem for path in (ROOT / "qa").glob("*.py")} == FLAT


def test_a_room_imports_only_from_rooms_nearer_the_foot() -> None:
    assert wrong_way() == []


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circles() == []


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    assert [name for name, path in MODULES.items() if lines(path) > LONGEST_FILE] == []


def test_no_function_is_longer_than_a_page() -> None:
    assert long_functions() == []


if __name__ == "__main__":
    on = floors()
    for room in ROOMS:
        paths = {name: path for name, path in MODULES.items() if name.split(".")[1:2] == [room]}
        counts = {path.stem: lines(path) for name, path in paths.items() if path.stem != "__init__"}
        print(
            f"{room}: {sum(counts.values())} lines, floors {min(map(on.get, paths))} to {max(map(on.get, paths))}"
        )
        print("   ", ", ".join(f"{name} {count}" for name, count in counts.items()))
    print(*wrong_way(), *(f"circle: {each}" for each in circles()), *long_functions(), sep="\n")
    print(f"{len(MODULES)} files on {max(on.values()) + 1} floors, {len(circles())} circles")
