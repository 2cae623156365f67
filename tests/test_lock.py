"""What the server image installs: the tested versions, each with hashes, from no machine's own folders."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]+\])?==([^\s;\\]+)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


LOCKED = {normal(name): version for name, version in PINNED.findall(LOCK)}


def test_each_package_has_hashes_and_no_address() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(entries) == len(LOCKED)
    assert [each.split()[0] for each in entries if "--hash=sha256:" not in each] == []
    assert not re.search(r"://|--(?:find-links|index-url|extra-index-url)|file:", LOCK)


def test_the_versions_are_those_that_are_tested() -> None:
    """torch without a build's suffix: whoever installs takes the ordinary package."""
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    tested = {normal(name): version for name, version in PINNED.findall(constraints)}
    assert {name: version for name, version in LOCKED.items() if tested.get(name, version) != version} == {}
    assert LOCKED["torch"] == tested["torch"]


def test_all_that_the_server_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["serve"], *extras["team"]]
    names = {normal(found[0]) for each in asked if (found := NAME.match(each))}
    assert names - LOCKED.keys() == set()


def test_the_image_installs_nothing_else() -> None:
    installs = re.findall(r"pip install .*", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert installs == ["pip install --no-cache-dir --require-hashes -r requirements.lock"]
