"""A library refined: all of it, in steps, killed in the middle, and searched in any state."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.indexer import catch_up
from ingest.pipeline import ingest
from ingest.refine import refine
from ingest.repair import repair
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.models.embedder import load_static
from qa.search.retriever import open_retriever
from qa.store import vectors
from qa.store.chroma import Chroma
from qa.store.library import Library
from tests.ingest.corpus import story

pytestmark = pytest.mark.here("models", "only this machine's static vectors are refined")
_KILLED = """
import sys
from pathlib import Path
from ingest.refine import refine
from qa.store import vectors
from qa.core.settings import Settings
vectors._BATCHES["refined"] = 4
refine(Settings(library=Path(sys.argv[1])), lambda done, all_: print(done, flush=True))
"""


@pytest.fixture
def filled(settings: Settings, tmp_path: Path) -> Library:
    """A library of 20 articles, none of them refined."""
    write(tmp_path / "news.jsonl", range(20))
    ingest([str(tmp_path / "news.jsonl")], settings)
    return Library(settings.library)


def write(path: Path, numbers: range) -> None:
    path.write_text("".join(json.dumps(story(number).record()) + "\n" for number in numbers))


def refined_ids(library: Library, settings: Settings) -> set[str]:
    """What Chroma itself holds."""
    index = vectors.Vectors(library, load_static(settings), settings, "refined")
    return set(index._chroma.reading().get(include=[])["ids"])


def passage_ids(library: Library) -> set[str]:
    return {each.id for article in library.articles() for each in library.passages_of(article.id)}


def test_all_passages_get_vectors_and_a_second_pass_finds_nothing_to_do(filled, settings):
    told: list[tuple[int, int]] = []
    count = filled.stats().passages
    assert (filled.stats().waiting_refined, filled.stats().waiting_vectors) == (count, 0)
    assert refine(settings, lambda done, all_: told.append((done, all_))) == count
    assert told[-1] == (count, count)
    assert filled.stats().waiting_refined == 0
    assert refined_ids(filled, settings) == passage_ids(filled)
    assert refine(settings) == 0


def test_a_killed_pass_is_gone_on_with(filled, settings):
    killed = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(settings.library)], stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "4\n"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    waiting = filled.stats().waiting_refined
    assert 0 < waiting < filled.stats().passages
    assert refine(settings) == waiting
    assert refined_ids(filled, settings) == passage_ids(filled)


def test_what_comes_later_is_found_before_it_is_refined(filled, settings, tmp_path):
    refine(settings)
    retriever = open_retriever(settings, filled)
    retriever.search("news")
    (tmp_path / "new.txt").write_text("A sanctuary\n\nA pangolin sanctuary opened near the river on Monday.")
    ingest([str(tmp_path / "new.txt")], settings)
    assert filled.stats().waiting_refined == 1
    found = retriever.search("Where did the pangolin sanctuary open?", k=5).hits
    assert "pangolin" in found[0].passage.text
    assert len(found) == 5


def test_lost_vectors_come_back(filled, settings):
    refine(settings)
    lost = sorted(passage_ids(filled))[:5]
    with Chroma(filled, "refined", settings).writing() as collection:
        collection.delete(ids=lost)
    assert repair(settings).refined == 5
    assert filled.stats().waiting_refined == 5
    assert refine(settings) == 5
    assert refined_ids(filled, settings) == passage_ids(filled)


def test_a_question_that_shares_no_word_with_its_answer_is_met_by_meaning(settings, tmp_path):
    (tmp_path / "a.txt").write_text("Talks\n\nThe physician was paid for curing the monarch's illness.")
    (tmp_path / "b.txt").write_text("Works\n\nThe bridge was closed so that its cables could be replaced.")
    ingest([str(tmp_path)], settings)
    refine(settings)
    best = open_retriever(settings).search("Which doctor healed a king?").hits[0]
    assert "physician" in best.passage.text


def test_what_is_removed_or_changed_goes_from_the_refined_vectors_too(filled, settings, tmp_path):
    refine(settings)
    article = filled.articles()[0]
    gone = {each.id for each in filled.passages_of(article.id)}
    filled.remove(article.id)
    catch_up(filled, settings)
    assert not gone & refined_ids(filled, settings)
    assert refined_ids(filled, settings) == passage_ids(filled)


def test_an_older_catalogue_gets_the_column(filled, settings):
    with sqlite3.connect(filled.path) as connection:
        connection.execute("DROP INDEX passages_refined")
        connection.execute("ALTER TABLE passages DROP COLUMN in_refined")
        connection.execute("PRAGMA user_version = 0")
    assert Library(settings.library).stats().waiting_refined == filled.stats().passages


def test_another_embedding_model_is_not_refined(settings):
    with pytest.raises(DatelineError, match="Only static vectors"):
        refine(settings.model_copy(update={"embeddings": "minilm"}))
