"""Several writers and readers of one library, as processes and as threads: nothing is lost, nobody is shut out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.repair import compare_index
from qa.core.settings import Settings
from qa.core.types import Article, Passage
from qa.models.embedder import load_static
from qa.store.chroma import Chroma
from qa.store.index_state import Differences
from qa.store.library import Library, article_id, passage_id
from qa.store.vectors import Vectors
from tests.ingest.corpus import story


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")


@pytest.fixture
def vectors(settings: Settings) -> Vectors:
    return Vectors(Library(settings.library, create=True), load_static(settings), settings)


def store(settings: Settings, number: int) -> str:
    """Puts an article of one passage into the catalogue. Returns the passage's id."""
    body = story(number).body[:300]
    id_ = article_id(str(number))
    passage = Passage(passage_id(id_, 0, body), id_, 0, 0, 0, len(body), body)
    Library(settings.library).put(Article(id_, f"Story {number}", body, str(number)), [passage])
    return passage.id


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_three_ingests_at_once_lose_nothing(settings: Settings, tmp_path: Path) -> None:
    running = []
    for writer in range(3):
        news = tmp_path / f"{writer}.jsonl"
        numbers = range(writer * 110, writer * 110 + 110)
        news.write_text("".join(json.dumps(story(number).record()) + "\n" for number in numbers))
        command = [sys.executable, "-m", "ingest", str(news), "--library", str(settings.library)]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    assert [process.wait() for process in running] == [0, 0, 0]
    library = Library(settings.library)
    assert library.stats().articles == 330
    assert library.stats().passages > 1_000  # So many that Chroma wrote its graph out.
    for index in ("vectors", "lexical"):
        assert compare_index(library, settings, index) == Differences()


def test_threads_that_search_are_not_disturbed_by_threads_that_write(
    settings: Settings, vectors: Vectors
) -> None:
    store(settings, 0)
    vectors.sync()
    library, embedder = Library(settings.library), load_static(settings)
    done, errors, found = threading.Event(), [], []

    def search(own: Vectors) -> None:
        while not done.is_set():
            try:
                found.append(len(own.search("a port", 3)))
            except BaseException as error:
                errors.append(error)

    def write(numbers: range) -> None:
        own = Vectors(library, embedder, settings)
        try:
            for number in numbers:
                store(settings, number)
                own.sync()
                library.remove(article_id(str(number - 1)))
                own.sync()
        except BaseException as error:
            errors.append(error)

    others = [vectors, vectors, Vectors(library, embedder, settings)]
    searching = [threading.Thread(target=search, args=(each,)) for each in others]
    writing = [threading.Thread(target=write, args=(range(at, at + 5),)) for at in (100, 200)]
    for thread in (*searching, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    done.set()
    for thread in searching:
        thread.join()
    assert errors == []
    assert max(found) > 0
    assert compare_index(library, settings, "vectors") == Differences()
    assert vectors.count() == library.stats().passages == 3


def test_a_reader_goes_on_with_what_it_has_while_another_writes(settings: Settings, vectors: Vectors) -> None:
    first = store(settings, 1)
    vectors.sync()
    reader = Vectors(Library(settings.library), load_static(settings), settings)
    assert [id_ for id_, _ in reader.search("port", 5)] == [first]
    second = store(settings, 2)
    vectors.sync()
    with Chroma(Library(settings.library), "vectors", settings).writing():
        held = {first, second} if settings.chroma_url else {first}  # A server gives what it has by now.
        assert {id_ for id_, _ in reader.search("port", 5)} == held
    assert {id_ for id_, _ in reader.search("port", 5)} == {first, second}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts what Linux says is open")
def test_clients_that_nobody_uses_any_more_are_closed(settings: Settings, vectors: Vectors) -> None:
    reader = Vectors(Library(settings.library), load_static(settings), settings)
    opened = []
    for number in range(12):
        store(settings, number)
        vectors.sync()
        reader.search("port", 1)
        opened.append(len(os.listdir("/proc/self/fd")))
    assert (
        max(opened) < min(opened) + 60
    )  # Those of one client are closed a moment later; of twelve, hundreds.
