"""The whole way: into the catalogue and both indexes, again, changed, killed and resumed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.values import Event, Options
from qa.core.settings import Settings
from qa.store.library import Library
from tests.ingest.corpus import story


def write(folder: Path, count: int, start: int = 0) -> Path:
    """A JSON-lines file of made-up articles."""
    path = folder / f"news-{start}-{count}.jsonl"
    path.write_text(
        "".join(json.dumps(story(number).record()) + "\n" for number in range(start, start + count))
    )
    return path


def counts(report) -> tuple[int, int, int, int, int]:
    return (report.added, report.updated, report.unchanged, report.near_duplicates, len(report.refused))


def test_articles_become_searchable_by_words_and_vectors_and_again_is_unchanged(settings, tmp_path):
    path = write(tmp_path, 20)
    events: list[Event] = []
    first = ingest([str(path)], settings, progress=events.append)
    assert counts(first) == (20, 0, 0, 0, 0)
    stats = Library(settings.library).stats()
    assert (stats.articles, stats.passages) == (20, first.passages)
    assert (stats.waiting_lexical, stats.waiting_vectors) == (0, 0)
    assert sum(event.event == "added" for event in events) == 20
    assert counts(ingest([str(path)], settings)) == (0, 0, 20, 0, 0)


def test_a_changed_file_replaces_its_article_and_the_older_text_stays_in_the_history(settings, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A meeting\n\nThe group met on 21 January 2024. It was short.")
    ingest([str(path)], settings)
    path.write_text("A meeting\n\nThe group met on 22 January 2024. It was short.")
    assert counts(ingest([str(path)], settings)) == (0, 1, 0, 0, 0)
    library = Library(settings.library)
    (article,) = library.articles()
    assert "22 January" in article.body
    assert [version.body for version in library.versions(article.id)] == [
        "The group met on 21 January 2024. It was short."
    ]
    assert library.stats().waiting_lexical == 0


def test_an_exact_copy_at_another_path_is_unchanged(settings, tmp_path):
    text = "A meeting\n\nThe group met on 21 January 2024. It was short."
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.txt").write_text(text)
    report = ingest([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], settings)
    assert counts(report) == (1, 0, 1, 0, 0)


def test_a_copy_from_another_publisher_is_kept_as_a_source_of_the_same_story(settings, tmp_path):
    record = story(5).record()
    other = record | {"publisher": "Harbour Post", "url": "https://harbour.example/5"}
    path = tmp_path / "two.jsonl"
    path.write_text(json.dumps(record) + "\n" + json.dumps(other) + "\n")
    assert counts(ingest([str(path)], settings)) == (1, 0, 0, 1, 0)
    one, two = Library(settings.library).articles()
    assert one.story == two.story
    assert {one.copy_of, two.copy_of} & {one.id, two.id}


def test_what_is_removed_can_come_back(settings, tmp_path):
    path = write(tmp_path, 2)
    ingest([str(path)], settings)
    library = Library(settings.library)
    library.remove(library.articles()[0].id)
    assert counts(ingest([str(path)], settings)) == (1, 0, 1, 0, 0)


def test_refusals_are_named_and_the_rest_goes_on(settings, tmp_path):
    (tmp_path / "good.txt").write_text("A meeting\n\nThe group met. It was short.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    with (tmp_path / "large.txt").open("wb") as large:
        large.truncate(200_000_000)
    report = ingest([str(tmp_path), str(tmp_path / "missing.txt")], settings)
    assert counts(report)[0] == 1
    reasons = {Path(refusal.path).name: refusal.reason for refusal in report.refused}
    assert set(reasons) == {"empty.txt", "binary.txt", "broken.pdf", "large.txt", "missing.txt"}
    assert reasons["empty.txt"] == "It is empty."
    assert reasons["binary.txt"] == "It holds binary data, not text."
    assert reasons["broken.pdf"] == "It is a damaged PDF."
    assert "200 MB" in reasons["large.txt"]
    assert all(reason.endswith(".") and "\n" not in reason for reason in reasons.values())


def test_hidden_files_are_skipped_and_globs_choose(settings, tmp_path):
    for name in ("a.txt", "b.txt", ".hidden.txt", "c.md"):
        (tmp_path / name).write_text(f"Title {name}\n\nThe group met in {name}. It was short.")
    report = ingest([str(tmp_path)], settings, Options(include=("*.txt",), exclude=("b.*",)))
    assert counts(report) == (1, 0, 0, 0, 0)
    assert Library(settings.library).articles()[0].title == "Title a.txt"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig", "utf-16-le"])
def test_encodings(settings, tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(
        "Café São Tomé\n\nLe ministre a déclaré que l’accord était signé.".replace("’", "'").encode(encoding)
    )
    assert counts(ingest([str(tmp_path)], settings)) == (1, 0, 0, 0, 0)
    article = Library(settings.library).articles()[0]
    assert article.title == "Café São Tomé"
    assert "déclaré" in article.body


def test_stopping_keeps_what_was_done_and_a_rerun_finishes(settings, tmp_path):
    path = write(tmp_path, 300)
    seen: list[Event] = []
    stopped = ingest([str(path)], settings, progress=seen.append, stop=lambda: len(seen) >= 60)
    assert 0 < stopped.added < 300
    assert ingest([str(path)], settings).added == 300 - stopped.added


@pytest.mark.here("chroma", "it counts in Chroma's own files")
@pytest.mark.slow
def test_a_killed_ingest_of_500_documents_loses_none_and_takes_none_twice(settings, tmp_path):
    path = write(tmp_path, 500)
    command = [sys.executable, "-m", "ingest", str(path), "--library", str(settings.library), "--json"]
    for wanted in (100, 300):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        assert process.stdout is not None
        reported = 0
        for line in process.stdout:
            reported += json.loads(line).get("event") in ("added", "near_duplicate", "unchanged")
            if reported >= wanted:
                break
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert Library(settings.library).stats().articles >= reported
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    stats = Library(settings.library).stats()
    assert (stats.articles, stats.waiting_lexical, stats.waiting_vectors) == (500, 0, 0)
    assert _indexed(settings) == (stats.passages, stats.passages)


def _indexed(settings: Settings) -> tuple[int, int]:
    """How many passages the two indexes really hold."""
    import chromadb
    import tantivy

    client = chromadb.PersistentClient(str(settings.library / "chroma"))
    (collection,) = client.list_collections()
    index = tantivy.Index.open(str(settings.library / "tantivy"))
    return collection.count(), index.searcher().num_docs


@pytest.mark.slow
def test_a_reader_process_ends_with_its_parent(tmp_path):
    """A killed ingest leaves no reader behind."""
    page = tmp_path / "a.html"
    page.write_text("<html><body><p>One short sentence about the port.</p></body></html>")
    code = (
        "import os, sys, time\nfrom ingest.workers import _Worker\n"
        "worker = _Worker()\nprint(worker._process.pid, flush=True)\ntime.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the reader process outlived its parent")
