"""The contestants, small."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import contestants
from eval.bench import bench_answer, bench_retrieve
from eval.contestants import peak_bytes
from qa.core.settings import Settings

from .conftest import DOCUMENTS, write_lines


def test_peak_memory_is_this_processs() -> None:
    assert 10_000_000 < peak_bytes() < 20_000_000_000


def test_retrieval_is_measured_as_the_library_grows(settings: Settings) -> None:
    found = bench_retrieve(settings, [40, 80], plain_up_to=0, asked=5, say=lambda text: None)
    assert [row["plain"] for row in found["rows"]] == [None, None]
    assert all(row["dateline"]["p50_ms"] <= row["dateline"]["p95_ms"] for row in found["rows"])


@pytest.mark.slow
def test_the_plain_pipeline_ingests_and_finds(tmp_path: Path, settings: Settings) -> None:
    write_lines(tmp_path / "documents.jsonl", DOCUMENTS)
    placed = settings.model_copy(update={"library": tmp_path / "plain"})
    assert contestants.plain_ingest(tmp_path / "documents.jsonl", placed)["documents"] == 3
    assert contestants.plain_retrieve(["Who opened the harbour?"], placed)["first_ms"] > 0


@pytest.mark.llm
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_both_answer_the_same_question_and_their_tokens_are_counted(settings: Settings) -> None:
    (row,) = bench_answer(settings, 1, say=lambda text: None)["rows"]
    for each in (row["dateline"], row["plain"]):
        assert 0 < each["sources_ms_p50"] < each["word_ms_p50"] <= each["whole_ms_p50"]
        assert 0 <= each["right"] <= 1
        assert each["input_tokens_p50"] > 0
    assert row["ratio"]["input_tokens_p50"] > 0
