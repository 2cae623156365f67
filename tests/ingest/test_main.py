"""The commands, as a person and a program use them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ingest.__main__ import main
from ingest.rebuild import rebuild
from ingest.repair import repair
from ingest.splitter import TARGET_CHARS
from ingest.values import Options
from ingest.watch import watch
from qa.core.errors import DatelineError
from qa.store.library import Library
from tests.ingest.conftest import SEED
from tests.ingest.test_pipeline import write


@pytest.fixture
def run(tmp_path):
    """Runs a command on a library of the test's own. Returns its exit status and what it printed."""

    def command(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, [*words, "--library", str(tmp_path / "library")])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return command


@pytest.fixture
def seed(tmp_path) -> Path:
    path = tmp_path / "seed.txt"
    path.write_text(SEED)
    return path


def test_the_way_of_a_document_through_the_commands(run, seed):
    assert run(str(seed))[0] == 0
    status, out = run("list", "--json")
    (listed,) = json.loads(out)["articles"]
    assert (status, listed["published"]) == (0, "2024-01-21")
    shown = json.loads(run("show", listed["article_id"][:6], "--json")[1])
    assert {
        "article_id",
        "title",
        "publisher",
        "published",
        "published_from",
        "place",
        "authors",
        "language",
        "url",
        "story",
        "body",
        "days",
        "passages",
    } <= set(shown)
    assert shown["speech"][0]["speaker"] == "Muhammad Syrus Sajjad Qazi"
    assert "Meeting of CPEC" in run("show", str(seed))[1]
    counts = json.loads(run("status", "--json")[1])
    assert (counts["documents"], counts["waiting_for_words"], counts["waiting_for_vectors"]) == (1, 0, 0)
    assert counts["embedding_model"]
    assert run("repair") == (0, "Nothing was missing.\n")
    assert run("amend", listed["article_id"], "--kind", "official")[0] == 0
    assert json.loads(run("show", listed["article_id"], "--json")[1])["kind"] == "official"
    assert run("remove", listed["article_id"])[0] == 0
    assert json.loads(run("status", "--json")[1])["passages"] == 0


def test_what_was_found_is_told_at_the_end_and_corrected(run, tmp_path):
    dated = tmp_path / "ferry.txt"
    dated.write_text(
        "Ferry sinks\n21 January 2024\n\nThe ferry sank off Gwadar on Sunday. Thirty were aboard.\n"
    )
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><meta property='og:site_name' content='Harbour Post'></head><body><article>"
        "<h1>Quay rebuilt</h1><p>The quay of Gwadar has been rebuilt yesterday, the port said in a statement.</p>"
        "<p>It is four hundred metres long, and three ships can lie there at the same time.</p></article></body></html>"
    )
    out = run(str(dated), str(page))[1]
    assert re.search(r"Ferry sinks  \[publisher unknown\] 2024-01-21, from its text", out)
    assert re.search(r"Quay rebuilt  \[Harbour Post\] undated", out)
    assert re.search(r"Without a day: Quay rebuilt \(\w{8}\)\.", out)
    assert re.search(r"Without a publisher: Ferry sinks \(\w{8}\)\.", out)
    assert "python -m ingest amend ID" in out

    told = ("--title", "The quay stands", "--day", "2024-03-05", "--publisher", "The Harbour Post")
    assert run("amend", str(page), *told) == (0, "Corrected The quay stands\n")
    shown = json.loads(run("show", str(page), "--json")[1])
    assert (shown["title"], shown["publisher"]) == ("The quay stands", "The Harbour Post")
    assert (shown["published"], shown["published_from"]) == ("2024-03-05", "reader")
    assert [(day["text"], day["date"]) for day in shown["days"]] == [("yesterday", "2024-03-04")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Say what to correct"),
        (("--day", "5 March"), "does not match the format"),
        (("--day", "2150-01-01"), "is in the future"),
        (("--title", " "), "needs a headline"),
    ],
)
def test_a_correction_that_can_not_be_is_one_sentence(run, seed, words, sentence):
    run(str(seed))
    status, out = run("amend", str(seed), *words)
    assert status == 2
    assert sentence in out
    assert "Traceback" not in out


def test_json_lines_end_with_the_report(run, seed):
    status, out = run("add", str(seed), "/nowhere.txt", "--json")
    events = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert {event["event"] for event in events[:-1]} == {"read", "added", "refused", "indexed"}
    report = events[-1]
    assert {"added", "updated", "unchanged", "near_duplicates", "refused", "passages", "seconds"} <= set(
        report
    )
    assert report["refused"] == [{"path": "/nowhere.txt", "reason": "There is no such file or folder."}]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Name at least one"),
        (("/nowhere.txt",), "no such file"),
        (("list",), "no library"),
        (("show", "abcdef"), "no library"),
        (("x.txt", "--fields", "nonsense=a"), "OURS is one of"),
    ],
)
def test_what_can_not_run_is_one_sentence_and_exit_status_2(run, words, sentence):
    status, out = run(*words) if words else run("add")
    assert status == 2
    assert sentence in out
    assert "Traceback" not in out


@pytest.mark.parametrize("there", ["a file", "no database"])
def test_what_is_no_library_is_one_sentence_and_exit_status_2(seed, tmp_path, there):
    place = tmp_path / "place"
    if there == "a file":
        place.write_text("A file.")
    else:
        place.mkdir()
        (place / "catalogue.sqlite3").write_text("This is no database at all.")
    for words in (["add", str(seed)], ["status"]):
        result = CliRunner().invoke(main, [*words, "--library", str(place)])
        assert result.exit_code == 2
        assert repr(str(place)) in result.output
        assert len(result.output.splitlines()) == 1


def test_an_address_without_its_beginning_is_told_so(run):
    status, out = run("add", "--feed", "harbour.example/feed")
    assert status == 2
    assert "begins with https://" in out


@pytest.mark.slow
def test_ctrl_c_ends_after_the_batch_and_a_rerun_finishes(tmp_path):
    path = write(tmp_path, 600)
    command = [sys.executable, "-m", "ingest", str(path), "--library", str(tmp_path / "library"), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if '"added"' in line:
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate()
    report = json.loads(out.splitlines()[-1])
    assert process.returncode == 1
    assert 0 < report["added"] < 600
    assert "run the same command again" in err
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1])["unchanged"] == report["added"]
    assert Library(tmp_path / "library").stats().articles == 600


def test_standard_input(tmp_path):
    command = [
        sys.executable,
        "-m",
        "ingest",
        "-",
        "--library",
        str(tmp_path / "library"),
        "--publisher",
        "Dawn",
    ]
    done = subprocess.run(command, input=SEED, text=True, capture_output=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    (article,) = Library(tmp_path / "library").articles()
    assert (article.title[:7], article.publisher) == ("Meeting", "Dawn")


def test_the_history_shows_what_changed(run, seed):
    run(str(seed))
    seed.write_text(SEED.replace("third parties", "other countries"))
    run(str(seed))
    shown = run("show", str(seed), "--history")[1]
    assert "+He also stressed on welcoming other countries." in shown.replace("third\n", "third ")


def test_another_embedding_model_is_refused_until_the_library_is_rebuilt(settings, seed):
    from ingest.pipeline import ingest

    ingest([str(seed)], settings)
    library = Library(settings.library)
    library.set_meta("embeddings_setting", "another")
    with pytest.raises(DatelineError, match="python -m ingest rebuild"):
        ingest([str(seed)], settings)
    rebuild(settings)
    assert ingest([str(seed)], settings).unchanged == 1


def test_a_library_without_vectors_is_held_to_no_model(settings, seed):
    """A first run that failed over a mistyped model must not be what the library remembers."""
    from ingest.pipeline import ingest
    from ingest.rebuild import refuse_mixing

    refuse_mixing(
        Library(settings.library, create=True), settings.model_copy(update={"embeddings": "mistyped"})
    )
    assert ingest([str(seed)], settings).added == 1
    assert Library(settings.library).meta("embeddings_setting") == settings.embedding_model


def test_another_passage_size_is_refused_until_the_library_is_rebuilt(settings, seed, monkeypatch):
    from ingest.pipeline import ingest

    ingest([str(seed)], settings)
    library = Library(settings.library)
    (article,) = library.articles()
    before = len(library.passages_of(article.id))
    monkeypatch.setattr("ingest.rebuild.TARGET_CHARS", 100)
    monkeypatch.setattr("ingest.splitter.TARGET_CHARS", 100)
    monkeypatch.setattr("ingest.splitter._MAX_CHARS", 140)
    monkeypatch.setattr("ingest.splitter._TINY_CHARS", 20)
    with pytest.raises(DatelineError, match=f"{TARGET_CHARS}"):
        ingest([str(seed)], settings)
    rebuild(settings)
    assert len(library.passages_of(article.id)) != before
    assert library.stats().waiting_vectors == 0


def test_repair_fills_an_index_that_lost_everything(settings, seed):
    from ingest.pipeline import ingest
    from qa.store.lexical import Lexical

    passages = ingest([str(seed)], settings).passages
    library = Library(settings.library)
    lexical = Lexical(library)
    writer = lexical._open().writer()
    writer.delete_all_documents()
    writer.commit()
    writer.wait_merging_threads()
    repaired = repair(settings)
    assert (repaired.lexical, repaired.rebuilt) == (passages, ())  # Sound but empty: filled, not thrown away.


def test_a_watched_folder_is_kept_current(settings, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    ended = threading.Event()
    thread = threading.Thread(
        target=watch,
        args=([str(folder)], settings, Options()),
        kwargs={"progress": lambda event: None, "stop": ended.is_set, "seconds": 0.2},
    )
    thread.start()
    try:
        (folder / "a.txt").write_text(SEED)
        for _ in range(300):
            if (settings.library / "catalogue.sqlite3").exists() and Library(
                settings.library, create=True
            ).stats().articles:
                break
            time.sleep(0.1)
    finally:
        ended.set()
        thread.join()
    assert Library(settings.library).stats().articles == 1


def test_help_is_there_for_every_command_and_imports_nothing_heavy():
    code = "import sys; sys.argv=['ingest','--help']\ntry:\n import runpy; runpy.run_module('ingest', run_name='__main__')\nexcept SystemExit: pass\nprint(sorted({'torch','chromadb','tantivy','trafilatura','langchain_core','numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
    for command in main.commands.values():
        assert command.help
        options = [each for each in command.params if isinstance(each, click.Option)]
        assert [each.name for each in options if not each.help] == []
