"""The command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def eval_command(*arguments: object, **environment: object) -> subprocess.CompletedProcess[str]:
    """`python -m eval` with some arguments and, beside the usual, some of the environment."""
    command = [sys.executable, "-m", "eval", *map(str, arguments)]
    env = os.environ | {name: str(value) for name, value in environment.items()}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['eval', '--help']\n"
        "from eval.__main__ import cli\n"
        "try: cli()\n"
        "finally: print(sorted({'torch', 'chromadb', 'numpy', 'langchain_core'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize("name", ["run", "compare", "report", "bench", "ablate", "gate", "calibrate"])
def test_every_command_explains_itself(name: str) -> None:
    assert eval_command(name, "--help").stdout.count("\n") > 5


def test_without_its_extra_it_says_what_to_install() -> None:
    code = (
        "import sys, importlib.util as u; sys.argv = ['eval', 'run', 'cpec']\n"
        "u.find_spec = lambda name, package=None: None\n"
        "from eval.__main__ import cli; cli()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("pip install -c constraints.txt -e '.[eval]'\n")


def test_an_unknown_set_is_one_sentence_and_status_2() -> None:
    done = eval_command("run", "squid")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no eval set 'squid'")
    assert done.stderr.count("\n") == 1


def test_check_says_what_is_wrong(folder: Path) -> None:
    assert eval_command("run", "--check", folder).returncode == 0
    (folder / "questions.jsonl").write_text('{"id": "1"}\n')
    done = eval_command("run", "--check", folder)
    assert done.returncode == 2
    assert "it needs either a 'question' or a 'statement'" in done.stderr


def test_check_looks_for_the_evidence_in_the_documents(folder: Path) -> None:
    questions = (folder / "questions.jsonl").read_text()
    (folder / "questions.jsonl").write_text(questions.replace("now costs 12", "now costs 13"))
    done = eval_command("run", "--check", folder)
    assert done.returncode == 2
    assert done.stderr == "Question 'fare': 'https://example.org/ferry' doesn't say 'now costs 13 crowns'.\n"


def test_check_only_checks(folder: Path, tmp_path: Path) -> None:
    """No library, no vectors, nothing in the cache, and its scratch is gone."""
    cache, scratch = tmp_path / "cache", tmp_path / "scratch"
    scratch.mkdir()
    before = sorted(path.name for path in folder.iterdir())
    done = eval_command("run", "--check", folder, DATELINE_CACHE=cache, TMPDIR=scratch)
    assert (done.returncode, done.stdout) == (0, f"The folder {str(folder)!r} is sound.\n")
    assert not list(cache.rglob("*"))
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in folder.iterdir()) == before


def test_check_names_a_document_that_cannot_be_read_and_goes_on(folder: Path) -> None:
    (folder / "documents").mkdir()
    (folder / "documents.jsonl").unlink()
    (folder / "documents" / "harbour.txt").write_text("Harbour opens\n\nMayor Ines Torres cut the ribbon.\n")
    (folder / "documents" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing follows")
    evidence = [{"url": name, "quote": "Torres cut the ribbon"} for name in ("harbour.txt", "gone.txt")]
    line = {"id": "mayor", "question": "Who?", "evidence": evidence}
    (folder / "questions.jsonl").write_text(json.dumps(line) + "\n")
    done = eval_command("run", "--check", folder)
    refused, missing = done.stderr.splitlines()
    assert done.returncode == 2
    assert "broken.pdf: " in refused
    assert missing == "Question 'mayor': no document is called 'gone.txt'."


def test_calibrate_says_what_it_lacks(folder: Path) -> None:
    done = eval_command("calibrate", "--data", folder)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--data DIR" in done.stderr


def test_compare_exits_1_beyond_the_limit(result: dict[str, Any], tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(result))
    for row in result["rows"]:
        row["scores"] = dict.fromkeys(row["scores"], 0.0)
    new.write_text(json.dumps(result))
    assert eval_command("compare", old, old, "--fail-if-worse", "recall@10:0.01").returncode == 0
    done = eval_command("compare", old, new, "--fail-if-worse", "recall@10:0.01")
    assert done.returncode == 1
    assert "recall@10 is worse by 1.000" in done.stderr
    assert json.loads(eval_command("compare", old, new, "--json").stdout)["n"] == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "cpec", "--kind", "riddle"), "The set 'cpec' has no question of kind 'riddle'"),
        (("run", "cpec", "--check"), "comes with Dateline"),
        (("bench", "retrieve", "--sizes", "many"), "isn't a list of numbers"),
    ],
)
def test_what_a_command_does_not_take_is_said_and_nothing_is_done(
    arguments: tuple[str, ...], said: str
) -> None:
    done = eval_command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_limit_on_an_unknown_metric_names_those_near_it(result: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(result))
    done = eval_command("compare", path, path, "--fail-if-worse", "recall10:0.1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "recall@10" in done.stderr
    assert "The two say the same" in eval_command("compare", path, path).stdout


def test_what_is_no_result_is_refused(folder: Path) -> None:
    done = eval_command("compare", folder / "questions.jsonl", folder / "questions.jsonl")
    assert done.returncode == 2
    assert "is no result of eval run --out" in done.stderr


def test_report_writes_a_page(result: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(result))
    assert eval_command("report", path).stdout == f"{tmp_path / 'r.html'}\n"
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
