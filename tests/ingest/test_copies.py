"""Backup, export and import: whole or not at all, while the library is written to, whatever the file holds."""

from __future__ import annotations

import gzip
import io
import json
import signal
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path

import pytest

from ingest.copies import _scratch, copy_in, copy_out
from ingest.indexer import catch_up
from ingest.pipeline import ingest
from ingest.repair import repair
from qa.core.errors import DatelineError, RefusedError
from qa.core.settings import Settings
from qa.core.types import Article
from qa.search.retriever import open_retriever
from qa.store import writing
from qa.store.library import Library
from qa.web.conversations import Conversations
from tests.ingest.corpus import story


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("copied")
    news = folder / "news.jsonl"
    news.write_text("".join(json.dumps(story(number).record()) + "\n" for number in range(60)))
    settings = Settings(library=folder / "library")
    ingest([str(news)], settings)
    Conversations(settings.library).start("Who asked?")
    return settings


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    return copy_out(Library(settings.library), tmp_path / "backup.tar.gz", readers=True).path


def test_a_backup_comes_back_with_everything_and_is_found(
    settings: Settings, backup: Path, tmp_path: Path
) -> None:
    again = settings.model_copy(update={"library": tmp_path / "again"})
    assert copy_in(backup, again.library) == 60
    old, new = Library(settings.library), Library(again.library)
    assert new.articles(limit=100) == old.articles(limit=100)
    assert len(Conversations(again.library).find()) == 1
    assert catch_up(new, again) == (old.stats().passages,) * 2
    assert repair(again).sentence() == "Nothing was missing."
    hits = open_retriever(again, new).search(old.articles(limit=1)[0].title).hits
    assert hits
    assert backup.stat().st_mode & 0o077 == 0


def test_an_export_holds_nobody_s_questions(settings: Settings, tmp_path: Path) -> None:
    copied = copy_out(Library(settings.library), tmp_path, readers=False)
    with tarfile.open(copied.path) as archive:
        assert archive.getnames() == ["manifest.json", "catalogue.sqlite3"]


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", create=True)
    done = threading.Event()

    def write() -> None:
        own, number = Library(library.folder), 0
        while not done.is_set():
            with own.batch() as batch:
                for part in "ab":
                    writing.put(batch, Article(f"{number}{part}", "T", "B", f"{number}{part}"), ())
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [copy_out(library, tmp_path / f"{each}.gz", readers=True).articles for each in range(5)]
    finally:
        done.set()
        writer.join()
    assert [each % 2 for each in counts] == [0] * 5
    assert counts[0] < counts[-1]


@pytest.mark.parametrize("at", [0.0, 0.05, 0.3, 0.6, 0.9])
def test_a_damaged_file_makes_no_library(backup: Path, tmp_path: Path, at: float) -> None:
    content = bytearray(backup.read_bytes())
    for place in range(int(len(content) * at), min(len(content), int(len(content) * at) + 4)):
        content[place] ^= 0xFF
    for name, damaged in (("flipped", content), ("cut", content[: int(len(content) * at)])):
        source = tmp_path / name
        source.write_bytes(damaged)
        with pytest.raises(DatelineError, match=name):
            copy_in(source, tmp_path / "again")
        assert not (tmp_path / "again" / "catalogue.sqlite3").exists()


def packed(target: Path, members: dict[str, bytes], **manifest: object) -> Path:
    said = {
        "dateline": 1,
        "layout": 1,
        "files": {name: {"bytes": len(each), "sha256": ""} for name, each in members.items()},
    }
    with tarfile.open(target, "w:gz") as archive:
        for name, content in {"manifest.json": json.dumps(said | manifest).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target


@pytest.mark.parametrize("name", ["../catalogue.sqlite3", "/elsewhere/catalogue.sqlite3", "evil.sh"])
def test_no_member_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    source = packed(tmp_path / "x.gz", {"catalogue.sqlite3": b"", name: b"x"})
    with pytest.raises(RefusedError, match="damaged"):
        copy_in(source, tmp_path / "in" / "library")
    assert [each.name for each in (tmp_path / "in").rglob("*")] == ["library"]


def test_what_unpacks_to_more_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    bomb = {"catalogue.sqlite3": bytes(50_000_000)}
    files = {"catalogue.sqlite3": {"bytes": 100, "sha256": ""}}
    with pytest.raises(RefusedError, match="damaged"):
        copy_in(packed(tmp_path / "bomb.gz", bomb, files=files), tmp_path / "library")


def test_a_newer_dateline_s_copy_and_what_is_no_copy_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="newer"):
        copy_in(packed(tmp_path / "new.gz", {"catalogue.sqlite3": b""}, layout=99), tmp_path / "library")
    (tmp_path / "other.gz").write_bytes(gzip.compress(b"Good day."))
    with pytest.raises(RefusedError, match="no copy"):
        copy_in(tmp_path / "other.gz", tmp_path / "library")
    with pytest.raises(RefusedError, match="not there"):
        copy_in(tmp_path / "nowhere.gz", tmp_path / "library")


def test_neither_a_library_nor_a_file_is_written_over(settings: Settings, backup: Path) -> None:
    with pytest.raises(RefusedError, match="There is a library"):
        copy_in(backup, settings.library)
    with pytest.raises(RefusedError, match="there already"):
        copy_out(Library(settings.library), backup, readers=True)


@pytest.mark.slow
def test_a_kill_leaves_a_whole_copy_or_none(settings: Settings, backup: Path, tmp_path: Path) -> None:
    out = "from pathlib import Path; from ingest.copies import *; print('go', flush=True);"
    copying = f"{out} copy_out(Library(Path({str(settings.library)!r})), Path({str(tmp_path / 'k.gz')!r}), readers=True)"
    bringing = f"{out} copy_in(Path({str(backup)!r}), Path({str(tmp_path / 'k')!r}))"
    for code in (copying, bringing):
        for delay in (0.0, 0.03, 0.1):
            process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            if code == copying:
                copy_out(Library(settings.library), tmp_path / f"after-{delay}.gz", readers=True)
                assert not list(tmp_path.glob(".dateline-copy-*"))
            if (tmp_path / "k.gz").exists():
                assert copy_in(tmp_path / "k.gz", tmp_path / f"from-{delay}") == 60
                (tmp_path / "k.gz").unlink()
            if (tmp_path / "k" / "catalogue.sqlite3").exists():
                assert Library(tmp_path / "k").count() == 60
                for each in (tmp_path / "k").glob("*.sqlite3*"):
                    each.unlink()
    assert copy_in(backup, tmp_path / "k") == 60
    assert not list((tmp_path / "k").glob(".dateline-copy-*"))


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2])
def test_a_backup_that_is_told_to_end_leaves_a_whole_file_or_nothing(
    settings: Settings, tmp_path: Path, delay: float
) -> None:
    command = [sys.executable, "-m", "ingest", "backup", str(tmp_path / "k.gz"), "--library"]
    process = subprocess.Popen([*command, str(settings.library)])
    while process.poll() is None and not list(tmp_path.glob(".dateline-copy-*")):
        time.sleep(0.005)
    time.sleep(delay)
    process.terminate()
    process.wait()
    left = [each.name for each in tmp_path.iterdir()]
    assert left in ([], ["k.gz"])
    if left:
        assert copy_in(tmp_path / "k.gz", tmp_path / "again") == 60


def test_a_copy_that_is_at_work_is_not_swept_away(settings: Settings, tmp_path: Path) -> None:
    with _scratch(tmp_path) as at_work:
        copy_out(Library(settings.library), tmp_path / "k.gz", readers=True)
        assert at_work.exists()
