"""Files of a library damaged as disks and other programs damage them: found by `repair`, and mended."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.rebuild import waiting
from ingest.repair import compare_index, repair
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.store.chroma import Chroma
from qa.store.index_state import Differences, IndexState
from qa.store.lexical import Lexical
from qa.store.library import Library
from tests.ingest.corpus import story

in_files = pytest.mark.here("chroma", "it damages Chroma's own files")
DOCUMENTS = 260  # Over a thousand passages: only then Chroma writes its graph out.


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound library."""
    folder = tmp_path_factory.mktemp("whole")
    news = folder / "news.jsonl"
    news.write_text("".join(json.dumps(story(number).record()) + "\n" for number in range(DOCUMENTS)))
    ingest([str(news)], Settings(library=folder / "library"))
    with sqlite3.connect(folder / "library" / "catalogue.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "library"


@pytest.fixture
def settings(whole: Path, tmp_path: Path) -> Settings:
    """Settings with a copy of it."""
    return Settings(library=shutil.copytree(whole, tmp_path / "library"))


def file(settings: Settings, pattern: str) -> Path:
    return max(settings.library.glob(pattern), key=lambda path: path.stat().st_size)


def flip(path: Path, at: float = 0.5, count: int = 16) -> None:
    """Inverts some bytes, at a part of a file's length."""
    content = bytearray(path.read_bytes())
    for place in range(int(len(content) * at), min(len(content), int(len(content) * at) + count)):
        content[place] ^= 0xFF
    path.write_bytes(content)


def zero(path: Path, at: float = 0.5) -> None:
    """Empties a page."""
    with path.open("r+b") as content:
        content.seek(int(path.stat().st_size * at) // 4096 * 4096)
        content.write(bytes(4096))


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


DAMAGE: dict[str, Callable[[Settings], None]] = {
    "vectors flipped": lambda s: flip(file(s, "chroma/*/data_level0.bin")),
    "vectors zeroed": lambda s: zero(file(s, "chroma/*/data_level0.bin")),
    "vectors cut off": lambda s: halve(file(s, "chroma/*/data_level0.bin")),
    "graph's header flipped": lambda s: flip(file(s, "chroma/*/header.bin"), 0),
    "graph's ids torn": lambda s: halve(file(s, "chroma/*/index_metadata.pickle")),
    "graph's ids gone": lambda s: file(s, "chroma/*/index_metadata.pickle").unlink(),
    "graph gone": lambda s: shutil.rmtree(file(s, "chroma/*/header.bin").parent),
    "chroma's catalogue zeroed": lambda s: zero(s.library / "chroma" / "chroma.sqlite3", 0),
    "chroma's catalogue cut off": lambda s: halve(s.library / "chroma" / "chroma.sqlite3"),
    "chroma gone": lambda s: shutil.rmtree(s.library / "chroma"),
    "words flipped": lambda s: flip(file(s, "tantivy/*.idx")),
    "stored ids flipped": lambda s: flip(file(s, "tantivy/*.store")),
    "words' segment gone": lambda s: file(s, "tantivy/*.term").unlink(),
    "words' list torn": lambda s: halve(s.library / "tantivy" / "meta.json"),
    "words gone": lambda s: shutil.rmtree(s.library / "tantivy"),
}


@in_files
@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_repair_makes_a_damaged_index_agree_with_the_catalogue(settings: Settings, damage: str) -> None:
    DAMAGE[damage](settings)
    repair(settings)
    assert_whole(settings)


def test_vectors_that_were_swapped_lost_or_left_behind_are_found(settings: Settings) -> None:
    library = Library(settings.library)
    chroma = Chroma(library, "vectors", settings)
    first, second, third = list(IndexState(library, "vectors").checksums())[:3]
    with chroma.writing() as collection:
        vectors = collection.get(ids=[first, second], include=["embeddings"])
        collection.upsert(ids=vectors["ids"][::-1], embeddings=vectors["embeddings"])
        collection.upsert(ids=["stranger"], embeddings=vectors["embeddings"][:1])
        collection.delete(ids=[third])
    found = compare_index(library, settings, "vectors")
    assert (found.missing, found.extra) == ((third,), ("stranger",))
    assert set(found.wrong) == {first, second}
    assert repair(settings).rebuilt == ("vectors",)
    assert_whole(settings)


def test_what_the_indexes_merely_lack_is_added_and_what_is_too_much_goes(settings: Settings) -> None:
    library = Library(settings.library)
    lost, stays = list(IndexState(library, "vectors").checksums())[:2]
    with Chroma(library, "vectors", settings).writing() as collection:
        vectors = collection.get(ids=[stays], include=["embeddings"])["embeddings"]
        collection.upsert(ids=["stranger"], embeddings=vectors)
        collection.delete(ids=[lost])
    report = repair(settings)
    assert (report.vectors, report.lexical, report.rebuilt) == (1, 0, ())
    assert_whole(settings)


def test_a_text_that_changed_on_the_disk_is_no_longer_found_until_it_is_added_again(
    settings: Settings, whole: Path
) -> None:
    library = Library(settings.library)
    article = library.articles(limit=1)[0]
    alter(library, "UPDATE articles SET body = replace(body, 'e', 'x') WHERE id = ?", article.id)
    report = repair(settings)
    assert report.damaged == (article.source,)
    assert article.source in report.sentence()
    assert library.passages_of(article.id) == ()
    assert_whole(settings)
    assert ingest([str(whole.parent / "news.jsonl")], settings).updated == 1
    mended = library.article(article.id)
    assert mended is not None
    assert mended.body == article.body
    assert repair(settings).sentence() == "Nothing was missing."


def test_a_passage_that_changed_on_the_disk_is_made_anew_from_its_article(settings: Settings) -> None:
    library = Library(settings.library)
    article = library.articles(limit=1)[0]
    passages = library.passages_of(article.id)
    alter(library, "UPDATE passages SET text = text || '!' WHERE id = ?", passages[0].id)
    assert repair(settings).resplit == 1
    assert library.passages_of(article.id) == passages
    assert_whole(settings)


def test_a_damaged_catalogue_is_named_in_a_sentence(settings: Settings) -> None:
    for place in range(1, 10):
        zero(settings.library / "catalogue.sqlite3", place / 10)
    with pytest.raises(DatelineError, match="damaged"):
        repair(settings)


def test_deletions_killed_before_tantivy_listed_them_are_in_nobody_s_way(settings: Settings) -> None:
    library = Library(settings.library)
    words = settings.library / "tantivy"
    listed = {name: (words / name).read_bytes() for name in ("meta.json",)}
    article = library.articles(limit=1)[0]
    library.remove(article.id)
    gone = IndexState(library, "lexical").removals()
    Lexical(library).sync()
    (words / "meta.json").write_bytes(listed["meta.json"])  # As a kill between the two leaves it.
    IndexState(library, "lexical").owe_removal(gone)
    Lexical(library).sync()
    assert compare_index(library, settings, "lexical") == Differences()


@pytest.mark.parametrize("left", [b"", None])
def test_a_rebuild_killed_at_its_start_is_told_and_gone_on_with(
    settings: Settings, left: bytes | None
) -> None:
    begun = settings.library / "build-1"
    begun.mkdir()
    if left is not None:
        (begun / "catalogue.sqlite3").write_bytes(left)
    assert waiting(Library(settings.library)) is None
    repair(settings)
    assert not begun.exists()


@in_files
def test_a_damaged_index_that_was_killed_before_its_first_vector_is_made_anew(tmp_path: Path) -> None:
    settings = Settings(library=tmp_path / "library")
    library = Library(settings.library, create=True)
    Chroma(library, "vectors", settings).forget()
    with Chroma(library, "vectors", settings).writing():  # It is made, and nothing is in it yet.
        pass
    database = settings.library / "chroma" / "chroma.sqlite3"
    database.write_bytes(b"no database" + bytes(8_000))
    repair(settings)
    assert_whole(settings)


def alter(library: Library, sql: str, id_: str) -> None:
    """Changes a row behind the library's back."""
    with sqlite3.connect(library.path) as connection:
        connection.execute(sql, (id_,))


def assert_whole(settings: Settings) -> None:
    """All passages are in both indexes, each with its own vector."""
    library = Library(settings.library)
    stats = library.stats()
    assert (stats.waiting_vectors, stats.waiting_lexical) == (0, 0)
    for index in ("lexical", "vectors"):
        assert compare_index(library, settings, index) == Differences()
