"""The README's Python is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from qa.core.settings import Settings

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
MEETING = "sample/2024-01-21-fourth-jwg-meeting.md"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of one brief, at the place where the README has one."""
    monkeypatch.chdir(tmp_path)
    report = ingest([str(ROOT / MEETING)], Settings(library=Path("library")))
    assert not report.refused


@pytest.mark.usefixtures("library")
def test_the_retriever_of_the_readme_finds_passages(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (block for block in BLOCKS if "qa.retriever" in block)
    exec(example, {})
    assert "Sun Weidong" in capsys.readouterr().out


@pytest.mark.llm
@pytest.mark.usefixtures("library")
def test_the_assistant_of_the_readme_answers_with_its_quote(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (block for block in BLOCKS if "qa.assistant" in block)
    exec(example, {})
    said = capsys.readouterr().out
    assert "Sun Weidong" in said
    assert "co-chaired the meeting" in said
