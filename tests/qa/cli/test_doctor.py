"""The doctor names what is wrong, and each sentence says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.cli.doctor import examine
from qa.core.settings import Settings
from qa.search.retriever import HybridRetriever
from qa.store.library import Library
from tests.dripping import dripping


def said(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {each.about: (each.well, each.says) for each in examine(settings)}


def test_a_sound_library_is_well(retriever: HybridRetriever) -> None:
    found = said(Settings(library=retriever.library.folder))
    assert found["catalogue"] == (True, f"sound, 2 documents, {retriever.library.stats().passages} passages.")
    assert found["indexes"][0]


def test_no_library_and_an_empty_one_are_told(tmp_path: Path) -> None:
    assert "There is no library" in said(Settings(library=tmp_path / "none"))["catalogue"][1]
    Library(tmp_path / "new", create=True)
    found = said(Settings(library=tmp_path / "new"))
    assert "python -m ingest PATH" in found["catalogue"][1]
    assert found["permissions"][0]


def test_a_readable_library_and_servers_that_are_down_are_told(tmp_path: Path) -> None:
    library = Library(tmp_path / "open", create=True)
    library.folder.chmod(0o755)
    library.path.chmod(0o644)
    nowhere = "http://127.0.0.1:9"
    found = said(Settings(library=library.folder, llm="openai:x", llm_url=nowhere, chroma_url=nowhere))
    assert "chmod" in found["permissions"][1]
    assert "DATELINE_LLM_URL" in found["model server"][1]
    assert "There is no Chroma server" in found["Chroma server"][1]
    assert not any(found[about][0] for about in ("permissions", "model server", "Chroma server"))


def test_a_server_whose_head_drips_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.cli.doctor._SERVER_SECONDS", 0.2)
    with dripping() as (url, left):
        found = said(Settings(library=tmp_path / "none", llm="openai:x", llm_url=url))
        assert left.get(timeout=30)
    assert "does not come to the end of an answer's head" in found["model server"][1]


def test_a_damaged_catalogue_is_told(tmp_path: Path) -> None:
    library = Library(tmp_path / "torn", create=True)
    library.path.write_bytes(b"SQLite format 3\0" + bytes(50_000))
    assert not said(Settings(library=library.folder))["catalogue"][0]
