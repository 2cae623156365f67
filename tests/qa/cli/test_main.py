"""The qa command: what it prints, and how it ends when it can't."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qa.__main__ import main
from qa.answer.assistant import Assistant
from qa.answer.prompts import REFUSAL
from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.core.types import Answer, Timings
from qa.store.library import Library
from tests.qa.agreeing import Agreeing
from tests.qa.briefs import MEETING, paragraphs
from tests.qa.judging import Judging, by_words


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    library = Library(tmp_path / "library", create=True)
    library.put(MEETING, tuple(paragraphs(MEETING)))
    retriever = Assistant.open(Settings(library=library.folder)).retriever
    retriever.lexical.sync()
    retriever.vectors.sync()
    return library.folder


@pytest.mark.parametrize("command", ["ask", "check"])
def test_where_there_is_no_library_it_says_how_to_make_one(command: str, tmp_path: Path) -> None:
    result = run(command, "Who?", "--library", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "python -m ingest" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not result.stdout


def test_an_empty_library_is_told_from_none(tmp_path: Path) -> None:
    Library(tmp_path, create=True)
    result = run("Who?", "--library", str(tmp_path))
    assert result.exit_code == 2
    assert "is empty" in result.stderr


def test_a_date_that_is_none_is_refused_before_anything_is_opened() -> None:
    result = run("Who?", "--since", "the day of wrath")
    assert result.exit_code == 2
    assert "the day of wrath" in result.stderr


def test_an_empty_question_is_refused() -> None:
    result = run("ask", "  ")
    assert result.exit_code == 2
    assert "empty" in result.stderr


def test_a_statement_is_checked_in_json(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assistant, "verifier", lambda self: Judging(by_words))
    result = run("check", "The third meeting was held virtually.", "--library", str(filled), "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["verdict"] == "supported"
    cited = found["for"][0]
    assert MEETING.body[cited["start"] : cited["end"]] == cited["quote"]
    assert cited["published"] == "2024-01-21"


def test_a_question_that_nothing_answers_is_refused_in_json(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assistant, "_model", lambda self: Agreeing(responses=[REFUSAL]))
    monkeypatch.setattr(Assistant, "verifier", lambda self: Judging(by_words))
    monkeypatch.setenv("DATELINE_CAUTION", "1")
    result = run("What was decided about Gwadar airport?", "--library", str(filled), "--json")
    found = json.loads(result.stdout)
    assert (found["status"], found["text"]) == ("not_in_library", "The library does not say.")
    assert found["hits"][0]["title"] == MEETING.title
    assert set(found["timings"]) == {"retrieve_ms", "first_token_ms", "total_ms"}


def test_an_endpoint_that_is_not_there_is_one_sentence(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LLM", "openai:none")
    monkeypatch.setenv("DATELINE_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("DATELINE_LLM_RETRIES", "0")
    result = run("Who co-chaired the fourth meeting?", "--library", str(filled), "--json")
    assert result.exit_code == 2
    assert "127.0.0.1:9" in result.stderr
    assert "Traceback" not in result.stderr


def test_models_are_listed_with_size_licence_and_source() -> None:
    found = json.loads(run("models", "--json").stdout)["models"]
    assert {"qwen2.5-coder-1.5b", "all-minilm-l6-v2"} <= {each["name"] for each in found}
    assert all(each["size_bytes"] and each["licence"] and each["source"] for each in found)


def test_an_unknown_model_is_one_sentence() -> None:
    result = run("models", "pull", "gpt-9")
    assert result.exit_code == 2
    assert "gpt-9" in result.stderr


def test_a_batch_that_breaks_off_keeps_what_it_has_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breaks:
        def ask(self, question: str, **how: Any) -> Answer:
            if question == "Two?":
                raise UnavailableError("The model is away.")
            return Answer(question, question, "not_in_library", "No.", (), (), "", Timings())

    monkeypatch.setattr("qa.answer.assistant.Assistant.open", lambda settings: Breaks())
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("question\nOne?\nTwo?\nThree?\n")
    result = run("batch", str(table), "--out", str(out))
    assert result.exit_code == 1
    assert "1 answer added" in result.stdout
    assert "The model is away. Run the same command again to go on." in result.stderr
    assert out.read_text().count("\n") == 2
    table.write_text("question\nTwo?\n")
    assert run("batch", str(table), "--out", str(out)).exit_code == 2


def test_dates_that_leave_no_day_are_refused() -> None:
    result = run("Who?", "--since", "2018", "--as-of", "2017")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--as-of" in result.stderr
