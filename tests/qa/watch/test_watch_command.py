"""`python -m qa watch`: keep a question, ask again, list and remove, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qa.__main__ import main
from qa.core.errors import UnavailableError
from qa.core.types import Hit
from tests.qa.watch.scripted import ASKED, OTHER, Assistant, put


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["watch", *arguments])


@pytest.fixture
def opened(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library's folder; the commands open the assistant of this test."""
    monkeypatch.setattr("qa.answer.assistant.Assistant.open", lambda settings: assistant)
    return assistant.library.folder


def test_the_commands_keep_ask_again_list_and_remove(opened: Path, assistant: Assistant) -> None:
    library = ("--library", str(opened))
    assert "No question is watched yet" in run(*library).stdout
    assert "Watched, as number 1 (Desk, since 1 January 2020)." in (
        run(ASKED, "--publisher", "Desk", "--since", "2020", *library).stdout
    )
    assert "1 question watched, 0 searched for again, 0 asked again, none changed." in run(*library).stdout
    put(assistant.library, "corrected", OTHER)
    assistant.says = lambda hits: OTHER
    told = " ".join(run(*library).stdout.split())
    for part in (
        "The answer has changed.",
        "Desk, 21 January 2024, Corrected",
        "Before (",
        "Now (",
        "1 changed.",
    ):
        assert part in told
    assert "none changed" in run(*library).stdout
    assert "Nong Rong" in run("list", *library).stdout
    assert "No longer watched: Who co-chaired" in run("remove", "1", *library).stdout
    again = run("remove", "1", *library)
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)


def test_the_commands_speak_json(opened: Path, assistant: Assistant) -> None:
    library = ("--library", str(opened), "--json")
    assert json.loads(run(*library).stdout) == {"questions": [], "changed": 0, "failed": 0}
    kept = json.loads(run(ASKED, *library).stdout)
    assert (kept["number"], kept["new"], kept["now"]["status"]) == (1, True, "answered")
    put(assistant.library, "corrected", OTHER)
    assistant.says = lambda hits: OTHER
    found = json.loads(run(*library).stdout)
    assert (found["changed"], found["questions"][0]["outcome"]) == (1, "changed")
    assert found["questions"][0]["changes"][0]["documents"][0]["title"] == "Corrected"
    assert json.loads(run("list", *library).stdout)["questions"][0]["unseen"] is False


def test_what_could_not_be_asked_is_named_and_ends_in_part(opened: Path, assistant: Assistant) -> None:
    def broken(hits: Sequence[Hit]) -> str:
        raise UnavailableError("The model is away.")

    assistant.says = broken
    result = run(ASKED, "--library", str(opened))
    assert (result.exit_code, "Not asked yet: The model is away." in result.stdout) == (1, True)
    result = run("--library", str(opened))
    assert (result.exit_code, "The model is away." in result.stdout) == (1, True)


def test_where_there_is_no_library_nothing_is_kept(tmp_path: Path) -> None:
    result = run(ASKED, "--library", str(tmp_path / "none"))
    assert (result.exit_code, "python -m ingest" in result.stderr) == (2, True)
    assert not (tmp_path / "none").exists()


def test_filters_need_a_question(opened: Path) -> None:
    assert run("--since", "2020", "--library", str(opened)).exit_code == 2
