"""What stays outside: links out of a folder, passwords, commands to the terminal, names that are no text."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.__main__ import main
from ingest.fetch import has_password, without_password
from ingest.pipeline import ingest
from ingest.values import Options
from ingest.workers import BrokenReaderError, Workers
from qa.core.printable import printable
from qa.store.library import Library
from tests.ingest.pages import PARAGRAPHS

STORY = " ".join(PARAGRAPHS)


def test_a_file_name_that_is_no_utf_8_is_read_and_ends_no_run(tmp_path):
    """The bytes of the name are shown as numbers; the rest of the folder is read, and again unchanged."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Port opens\n\n" + STORY)
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "w") as file:
        file.write("Ferry sinks\n\nThe ferry sank on Monday near the old harbour wall, the ministry said.")
    library = tmp_path / "library"
    for report in ("2 added, 0 updated", "0 added, 0 updated, 2 unchanged"):
        done = subprocess.run(
            [sys.executable, "-m", "ingest", str(folder), "--library", str(library)],
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(Path(main.callback.__code__.co_filename).parents[1])},  # type: ignore[union-attr]
        )
        assert b"Traceback" not in done.stderr
        assert done.returncode == 0, done.stderr
        assert report in done.stdout.decode()
    sources = [each.source for each in Library(library).articles()]
    assert any(source.endswith("caf\\udce9.txt") for source in sources)


def test_an_argument_that_is_no_utf_8_is_refused_in_a_sentence(settings):
    (refused,) = ingest(["/nowhere/caf\udce9.txt"], settings).refused
    assert refused.reason == "There is no such file or folder."
    assert refused.path.encode()


def test_titles_and_file_names_command_no_terminal(settings, tmp_path):
    path = tmp_path / "a\x1b[31m.txt"
    path.write_text("\x1b]0;Owned\x07Port\u202eopens \x9b2J\n\n" + STORY)
    broken = tmp_path / "b\x1b[2J.pdf"
    broken.write_bytes(b"no pdf")
    library = ["--library", str(settings.library)]
    runner = CliRunner()
    printed = runner.invoke(main, ["add", str(path), str(broken), *library]).output
    (article,) = Library(settings.library).articles()
    for words in (["list"], ["show", article.id], ["show", article.id, "--history"], ["remove", article.id]):
        printed += runner.invoke(main, [*words, *library]).output
    printed += runner.invoke(main, ["show", "x\x1b[31mx", *library]).output
    assert "Port" in printed
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)


def test_printable_reaches_every_text_of_a_value():
    assert printable({"a": ("x\x1b", ["y\x07"])}) == {"a": ("x\ufffd", ["y\ufffd"])}
    assert printable("اردو\tline\n") == "اردو\tline\n"


@pytest.mark.parametrize(
    "address",
    ["https://user:secret@wire.example/feed", "https://secret@wire.example/a@b", "http://:secret@[::1]/"],
)
def test_a_password_in_an_address_is_neither_printed_nor_kept(settings, address):
    assert has_password(address)
    for words in ([address], ["--feed", address]):
        result = CliRunner().invoke(main, ["add", *words, "--library", str(settings.library)])
        assert result.exit_code == 2
        assert "give the address without" in result.output
        assert "secret" not in result.output
    assert not any(b"secret" in each.read_bytes() for each in settings.library.rglob("*") if each.is_file())


def test_an_address_without_a_password_stays_as_it_is():
    for address in ("https://wire.example/@desk/a", "https://wire.example?q=a@b", "mail@desk.example"):
        assert not has_password(address)
        assert without_password(address) == address


def test_links_that_lead_out_of_a_folder_are_refused_and_those_inside_are_read_once(settings, tmp_path):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    for folder in (outside, inside):
        folder.mkdir()
    (outside / "secret.txt").write_text("Secret\n\n" + STORY)
    (inside / "a.txt").write_text("Port opens\n\n" + STORY)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "out.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    report = ingest([str(inside)], settings)
    assert report.added == 1
    assert [(each.path, each.reason.split(";")[0]) for each in report.refused] == [
        (str(inside / "out.txt"), "It is a link that leads out of the folder")
    ]


def test_an_archive_with_nothing_readable_says_so_with_exit_status_1(settings, tmp_path):
    path = tmp_path / "pictures.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", b"\x89PNG")
    result = CliRunner().invoke(main, ["add", str(path), "--library", str(settings.library)])
    assert result.exit_code == 1
    assert "no document in this archive" in result.output


def test_a_reader_process_may_take_two_gigabytes_at_most():
    import resource

    workers = Workers(Options())
    try:
        assert all(0 < each <= 2 << 30 for each in workers.stream(resource.getrlimit, resource.RLIMIT_AS))
    finally:
        workers.close()


@pytest.mark.parametrize(
    ("clock", "hangs"),
    [(1, (time.sleep, 60)), (1_000, (sum, itertools.count()))],
    ids=["it waits", "it computes"],
)
def test_a_feed_or_container_that_hangs_its_reader_ends_in_a_sentence(monkeypatch, clock, hangs):
    monkeypatch.setattr("ingest.workers._CLOCK", clock)
    workers = Workers(Options(), seconds=1)
    try:
        with pytest.raises(BrokenReaderError, match="could not be read within 1 seconds of computing"):
            list(workers.stream(*hangs))
        assert list(workers.stream(sorted, [2, 1])) == [1, 2]  # Another reader goes on.
    finally:
        workers.close()


def test_a_reader_that_waits_for_the_processor_is_not_cut():
    workers = Workers(Options(), seconds=1)
    try:
        assert "".join(workers.stream(subprocess.getoutput, "sleep 2; echo read")) == "read"
    finally:
        workers.close()
