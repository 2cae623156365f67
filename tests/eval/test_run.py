"""A set put to the real retriever, killed, resumed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from eval import digests
from eval.registry import load_set
from eval.run import Plan, run
from eval.shelf import shelve
from ingest.pipeline import ingest
from qa.core.settings import Settings
from qa.store.library import Library
from qa.web import runs
from tests.qa.cross_encoders import LABELS, made

from .conftest import DOCUMENTS, QUESTIONS, QUIET, write_lines

PROJECT = Path(__file__).parents[2]
TIMINGS = ("timings", "seconds", "finished")


def without_timings(value: Any) -> Any:
    """A result less what two runs of the same code may differ in."""
    if isinstance(value, dict):
        kept = {name: each for name, each in value.items() if name not in TIMINGS and "_ms" not in name}
        return {name: without_timings(each) for name, each in kept.items()}
    return [without_timings(each) for each in value] if isinstance(value, list) else value


def test_a_result_has_its_shape(result: dict[str, Any]) -> None:
    assert result["set"] == "ports"
    assert result["n"] == len(result["rows"]) == 4
    assert result["metrics"]["recall@10"] == 1
    assert result["intervals"]["recall@10"]["n"] == 4
    assert result["failures"] == {}
    assert result["environment"]["library"]["articles"] == 3
    assert json.loads(json.dumps(result)) == json.loads(json.dumps(result, sort_keys=True))


def test_a_row_shows_the_hits_and_which_bear_the_evidence(result: dict[str, Any]) -> None:
    row = next(row for row in result["rows"] if row["id"] == "fare")
    best = row["hits"][0]
    assert best["bears"] == [0]
    assert "12 crowns" in best["passage"]
    assert row["problems"] == []


def test_the_apps_page_reads_a_result(result: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(result))
    read = runs.read_run(str(path))
    assert read is not None
    assert (read.set, read.n) == ("ports", 4)
    assert runs.headlines(read)["recall@10"] == 1


def test_no_secret_is_in_a_result(folder: Path, settings: Settings) -> None:
    keyed = settings.model_copy(update={"llm_key": SecretStr("sesame")})
    assert "sesame" not in json.dumps(run(load_set(str(folder)), keyed, Plan(only="retrieval"), QUIET))


def test_given_documents_are_all_that_is_searched(folder: Path, settings: Settings) -> None:
    found = run(load_set(str(folder)), settings, Plan(only="retrieval", given=True), QUIET)
    mayor = next(row for row in found["rows"] if row["id"] == "mayor")
    assert {hit["title"] for hit in mayor["hits"]} == {"Harbour opens"}


def test_retrieval_alone_does_not_start_the_language_model(folder: Path, settings: Settings) -> None:
    nowhere = settings.model_copy(update={"llm": "openai:none", "llm_url": "http://127.0.0.1:9/"})
    assert run(load_set(str(folder)), nowhere, Plan(only="retrieval"), QUIET)["n"] == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "options"),
    [
        pytest.param(QUESTIONS[:3], ("--only", "retrieval"), id="retrieval"),
        pytest.param(QUESTIONS[-1:], (), id="claims and their retrieval", marks=pytest.mark.llm),
    ],
)
def test_killed_and_resumed_gives_the_same_file(
    tmp_path: Path, settings: Settings, asked: tuple[dict[str, Any], ...], options: tuple[str, ...]
) -> None:
    home = tmp_path / "many"
    home.mkdir()
    many = tuple(each | {"id": f"{each['id']}-{copy}"} for copy in range(60) for each in asked)
    write_lines(home / "documents.jsonl", DOCUMENTS)
    write_lines(home / "questions.jsonl", many)
    command = [sys.executable, "-m", "eval", "run", str(home), *options, "--out"]
    verifier = tmp_path / "verifier"
    verifier.mkdir()
    environment = os.environ | {
        "DATELINE_CACHE": str(settings.cache),
        "DATELINE_LLM": "openai:none",
        "DATELINE_LLM_URL": "http://127.0.0.1:9/v1",
        "DATELINE_VERIFIER": made(verifier, LABELS, "contradiction"),
    }
    subprocess.run([*command, str(tmp_path / "whole.json")], env=environment, check=True, capture_output=True)

    killed = subprocess.Popen(
        [*command, str(tmp_path / "no.json")], env=environment, stderr=subprocess.DEVNULL
    )
    (journal,) = (settings.cache / "eval" / "rows").glob("many-*.jsonl")
    begun = wait_for_lines(journal, 5, fewer_than=len(many))
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert begun < len(many)
    assert not (tmp_path / "no.json").exists()
    resumed = tmp_path / "resumed.json"
    subprocess.run([*command, str(resumed), "--resume"], env=environment, check=True, capture_output=True)
    whole, again = (json.loads(path.read_text()) for path in (tmp_path / "whole.json", resumed))
    assert len(again["rows"]) == len(many)
    assert without_timings(again) == without_timings(whole)


def test_rows_outlive_what_only_displays_and_not_what_answers() -> None:
    reached = {path.relative_to(PROJECT).as_posix() for path in digests.reached_from("eval/examine.py")}
    assert {
        "qa/answer/chain.py",
        "qa/answer/prompts.py",
        "qa/text/english.toml",
        "qa/search/retriever.py",
        "qa/verify/check.py",
        "eval/answers.py",
    } <= reached
    assert not {each for each in reached if each.startswith(("qa/web/", "ingest/"))}
    assert not {"qa/cli/output.py", "qa/__main__.py", "qa/cli/batch.py"} & reached
    assert PROJECT / "ingest/languages/fr.toml" in digests.reached_from("ingest/pipeline.py")


def test_the_same_articles_are_the_same_library_whatever_ingested_them(
    folder: Path, settings: Settings
) -> None:
    kept = shelve(load_set(str(folder)), settings, lambda step: None)
    again = settings.model_copy(update={"library": settings.cache / "again"})
    ingest([str(folder / "documents.jsonl")], again)
    assert digests.content(Library(kept.library)) == digests.content(Library(again.library))
    remove = Library(again.library)
    remove.remove(remove.articles()[0].id)
    assert digests.content(Library(kept.library)) != digests.content(remove)


def wait_for_lines(path: Path, lines: int, *, fewer_than: int) -> int:
    """Waits until a file that is written anew has some lines; how many it has."""
    while True:
        found = len(path.read_text().splitlines()) if path.exists() else 0
        if lines <= found < fewer_than:
            return found
        time.sleep(0.005)
