"""A rebuild beside readers: what they see while it runs, when it is killed, and when it is done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.rebuild import rebuild, waiting
from ingest.repair import repair
from ingest.shadow_index import ShadowIndex
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.search.retriever import open_retriever
from qa.store.library import Library
from tests.ingest.corpus import story
from tests.ingest.test_pipeline import write

DOCUMENTS = 400
_SMALLER = (
    "import sys, ingest.splitter as s, ingest.rebuild as r; "
    "s.TARGET_CHARS = r.TARGET_CHARS = 100; s._MAX_CHARS = 140; s._TINY_CHARS = 20; "
    "from pathlib import Path; from qa.core.settings import Settings; "
    "print('done', r.rebuild(Settings(library=Path(sys.argv[1])), lambda *a: print(*a, flush=True)), flush=True)"
)


def start_rebuild(library: Path) -> subprocess.Popen[str]:
    """A rebuild for smaller passages in a process of its own, which prints its progress."""
    return subprocess.Popen(
        [sys.executable, "-c", _SMALLER, str(library)], stdout=subprocess.PIPE, text=True, env=os.environ
    )


def is_whole(retriever, passages: set[str]) -> bool:
    """Whether searches for articles find them, and other passages, all of them of this index.

    Chroma's graph is made anew, a little otherwise, where it is loaded, so that ranks may differ.
    """
    for number in range(0, DOCUMENTS, 80):
        record = story(number).record()
        hits = retriever.search(" ".join(record["body"].split()[:25]), k=8).hits
        found = {hit.passage.id for hit in hits}
        if len(found) < 4 or not found <= passages or record["url"] not in {hit.article.url for hit in hits}:
            return False
    return True


def passages_of(library: Library) -> set[str]:
    return {each.id for article in library.articles(limit=1_000) for each in library.passages_of(article.id)}


@pytest.mark.slow
def test_readers_see_the_old_index_whole_until_the_new_one_stands(settings, tmp_path):
    ingest([str(write(tmp_path, DOCUMENTS))], settings)
    library = Library(settings.library)
    retriever = open_retriever(settings, library)
    old = passages_of(library)
    assert is_whole(retriever, old)

    for stage in ("articles 200", "words 2000", "vectors 2000"):
        process = start_rebuild(settings.library)
        assert process.stdout is not None
        for line in process.stdout:
            assert is_whole(retriever, old)
            if line.startswith(stage):
                break
        process.send_signal(signal.SIGKILL)
        process.wait()
        left = waiting(library)
        assert left is not None
        assert not left["running"]
        assert passages_of(library) == old
        assert is_whole(open_retriever(settings), old)

    process = start_rebuild(settings.library)
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    assert process.wait() == 0
    assert lines[0] == f"articles {DOCUMENTS} {DOCUMENTS}"  # None was divided again.
    new = passages_of(library)
    assert lines[-1] == f"done {len(new)}"
    assert len(new) > len(old)
    assert waiting(library) is None
    assert is_whole(retriever, new)
    assert is_whole(open_retriever(settings), new)
    assert not is_whole(retriever, old)
    assert sorted(path.name for path in settings.library.iterdir() if path.is_dir()) == ["build-1"]


def test_what_changes_meanwhile_is_in_the_new_index_too(settings, tmp_path):
    path = write(tmp_path, 30)
    ingest([str(path)], settings)
    library = Library(settings.library)
    changed = []

    def change(what: str, done: int, of: int) -> None:
        if what == "vectors" and not changed:
            changed.append(what)
            library.remove(library.articles()[0].id)
            record = story(1).record()
            (tmp_path / "more.jsonl").write_text(
                json.dumps(record | {"body": record["body"] + " The pangolin left."})
                + "\n"
                + json.dumps(story(99).record())
            )
            ingest([str(tmp_path / "more.jsonl")], settings)

    rebuild(settings, change)
    assert changed
    stats = library.stats()
    assert (stats.articles, stats.waiting_lexical, stats.waiting_vectors) == (30, 0, 0)
    retriever = open_retriever(settings, library)
    assert retriever.lexical.count() == retriever.vectors.count() == stats.passages
    assert "pangolin" in retriever.search("pangolin").hits[0].passage.text


def test_a_library_may_be_rebuilt_again_and_again(settings, tmp_path):
    ingest([str(write(tmp_path, 10))], settings)
    library = Library(settings.library)
    before = [each.id for each in library.passages_of(library.articles()[0].id)]
    for number in (1, 2, 3):
        assert rebuild(settings) == library.stats().passages
        assert library.indexes.name == f"build-{number}"
    assert [each.id for each in library.passages_of(library.articles()[0].id)] == before
    assert ingest([str(write(tmp_path, 12))], settings).added == 2
    retriever = open_retriever(settings, library)
    assert retriever.lexical.count() == retriever.vectors.count() == library.stats().passages
    assert [path.name for path in settings.library.iterdir() if path.is_dir()] == ["build-3"]


def test_a_rebuild_that_was_stopped_waits_and_one_for_other_settings_is_thrown_away(settings, tmp_path):
    ingest([str(write(tmp_path, 10))], settings)
    library = Library(settings.library)
    assert (
        rebuild(
            settings.model_copy(update={"embeddings": "minilm"}),
            stop=lambda: bool(ShadowIndex(library).exists()),
        )
        is None
    )
    left = waiting(library)
    assert left is not None
    assert left["waiting_for_passages"] + left["waiting_for_words"] > 0
    repair(settings)
    assert waiting(library) is None


def test_two_rebuilds_at_once_are_refused_and_shown(settings, tmp_path):
    ingest([str(write(tmp_path, 10))], settings)
    seen: list[dict[str, int | bool] | None] = []

    def look(what: str, done: int, of: int) -> None:
        if not seen:
            seen.append(waiting(Library(settings.library)))
            with pytest.raises(DatelineError, match="Another process"):
                rebuild(settings)

    assert rebuild(settings, look)
    assert seen[0] is not None
    assert seen[0]["running"]


def test_a_library_is_read_with_the_model_it_was_made_with_whatever_the_settings_name(settings, tmp_path):
    ingest([str(write(tmp_path, 10))], settings)
    other = Settings(library=settings.library, embeddings="minilm")
    expected = open_retriever(settings).vectors.search("The port is open.", 5)
    assert open_retriever(other).vectors.search("The port is open.", 5) == expected
    with pytest.raises(DatelineError, match="rebuild"):
        ingest([str(write(tmp_path, 12))], other)
