"""A small set of the tests' own, in the format of a reader's folder, and its results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.registry import load_set
from eval.run import Plan, Progress, run
from qa.core.settings import Settings, load_settings

DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "url": "https://example.org/harbour",
        "title": "Harbour opens",
        "body": "The new harbour at Calder opened on Monday. Mayor Ines Torres cut the ribbon.\n\n"
        "It cost 40 million crowns and has six berths.",
        "publisher": "The Calder Post",
        "published": "2023-05-08",
    },
    {
        "url": "https://example.org/bridge",
        "title": "Bridge closed for repairs",
        "body": "The Alder bridge is closed until September. Engineers found cracks in two of its piers.",
        "publisher": "Northern Wire",
        "published": "2023-06-02",
    },
    {
        "url": "https://example.org/ferry",
        "title": "Ferry fares rise",
        "body": "A ferry ticket to Sorrel Island now costs 12 crowns. The company blames the price of fuel.",
        "publisher": "The Calder Post",
        "published": "2023-07-19",
    },
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "id": "mayor",
        "question": "Who opened the harbour at Calder?",
        "answers": ["Ines Torres"],
        "answerable": True,
        "kind": "fact",
        "evidence": [{"url": "https://example.org/harbour", "quote": "Mayor Ines Torres cut the ribbon."}],
    },
    {
        "id": "fare",
        "question": "What does a ferry ticket to Sorrel Island cost?",
        "answers": ["12 crowns"],
        "answerable": True,
        "kind": "number",
        "evidence": [{"url": "https://example.org/ferry", "quote": "now costs 12 crowns"}],
    },
    {
        "id": "piers",
        "question": "Why is the Alder bridge closed?",
        "answers": ["cracks in two of its piers"],
        "answerable": True,
        "kind": "fact",
        "evidence": [{"url": "https://example.org/bridge"}],
    },
    {
        "id": "budget",
        "question": "What will the airport at Calder cost?",
        "answerable": False,
        "kind": "null",
    },
    {
        "id": "claim",
        "statement": "The Alder bridge is closed until March.",
        "verdict": "contradicted",
        "evidence": [{"url": "https://example.org/bridge"}],
    },
)
QUIET = Progress(say=lambda text: None, advance=lambda done, total: None)


def write_lines(path: Path, lines: tuple[dict[str, Any], ...]) -> None:
    """Writes objects as JSON lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound eval folder."""
    home = tmp_path / "ports"
    home.mkdir()
    write_lines(home / "documents.jsonl", DOCUMENTS)
    write_lines(home / "questions.jsonl", QUESTIONS)
    return home


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The usual models, in a cache of the test's own for libraries and journals."""
    usual = load_settings()
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "models").symlink_to(usual.cache / "models")
    return usual.model_copy(update={"cache": cache})


@pytest.fixture
def result(folder: Path, settings: Settings) -> dict[str, Any]:
    """The result of the folder's retrieval half."""
    return run(load_set(str(folder)), settings, Plan(only="retrieval"), QUIET)
