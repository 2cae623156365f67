"""Feeds: what is bytes stays bytes, saved ones are read, nothing of them is dropped unsaid."""

from __future__ import annotations

import os
from datetime import date

import pytest

import ingest.web as web_module
from ingest.containers import unfold
from ingest.crawl_state import CrawlState
from ingest.feeds import read_feed
from ingest.fetch import Fetched
from ingest.pipeline import ingest
from ingest.prepare import prepare
from ingest.values import Blob, Options, Prepared, Refusal
from ingest.web import Web
from qa.core.errors import RefusedError
from qa.store.library import Library
from tests.ingest.pages import PARAGRAPHS

STORY = " ".join(PARAGRAPHS)


def rss(*items: str, before: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0"><channel>'
    return f"{head}<title>The Wire</title>{''.join(items)}</channel></rss>".encode()


def item(number: int, published: str = "Tue, 12 Nov 2024 09:30:00 GMT") -> str:
    return (
        f"<item><title>Story {number}</title><guid>{number}</guid><pubDate>{published}</pubDate>"
        f"<description>{number} ships. {STORY}</description></item>"
    )


def test_bytes_that_name_a_file_open_none(tmp_path):
    """A path alone, and one that is left when the document type is cut away: both were opened once."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(item(1)))
    for data in (str(secret).encode(), b"<!DOCTYPE rss>" + str(secret).encode()):
        with pytest.raises(RefusedError, match="damaged"):
            read_feed(data, "https://wire.example/feed")


@pytest.mark.timeout(60)
def test_bytes_that_name_a_device_or_a_fifo_open_none(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path in ("/dev/zero", str(fifo)):
        with pytest.raises(RefusedError, match="damaged"):
            read_feed(path.encode(), "https://wire.example/feed")


def test_entities_of_the_document_type_are_not_expanded():
    bomb = '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    (entry,) = read_feed(rss("<item><title>&a; &b;</title></item>", before=bomb), "https://wire.example/feed")
    assert "boom" not in str(entry)
    assert "root:" not in str(entry)


def test_an_empty_feed_is_no_fault():
    assert read_feed(rss(), "https://wire.example/feed") == []
    atom = b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title></feed>'
    assert read_feed(atom, "https://wire.example/feed") == []


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2016/6/29", date(2016, 6, 29)),
        ("1705795200", date(2024, 1, 21)),
        ("Sun, 21 Jan 2024 01:00:00 +0500", date(2024, 1, 21)),  # The publisher's day, not Greenwich's.
        ("2024-01-21T23:30:00-08:00", date(2024, 1, 21)),
    ],
)
def test_days_of_entries_are_their_publishers_own(published, day):
    (blob,) = unfold(Blob("/w/feed.xml", "feed.xml", rss(item(1, published))), Options())
    taken = prepare(blob, "", Options())
    assert isinstance(taken, Prepared), taken
    assert taken.article.published == day


def test_a_saved_feed_is_read_and_an_entry_without_text_is_named(settings, tmp_path):
    link = "<item><title>Only a link</title><link>https://wire.example/a</link></item>"
    (tmp_path / "saved.xml").write_bytes(rss(*(item(at) for at in range(3)), link))
    report = ingest([str(tmp_path / "saved.xml")], settings)
    assert report.added + report.near_duplicates == 3
    (refused,) = report.refused
    assert "https://wire.example/a" in refused.reason
    titles = {each.title for each in Library(settings.library).articles()}
    assert titles == {"Story 0", "Story 1", "Story 2"}


def test_xml_that_is_no_feed_is_refused_when_named_and_passed_over_in_a_folder(settings, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "pom.xml").write_text("<project><name>x</name></project>")
    (folder / "a.txt").write_text(STORY)
    report = ingest([str(folder)], settings)
    assert (report.added, report.refused) == (1, ())
    (refused,) = ingest([str(folder / "pom.xml")], settings).refused
    assert refused.reason == "Of XML files only RSS and Atom feeds are read."


def test_entries_beyond_the_bound_are_told_and_come_with_the_next_run(settings, monkeypatch):
    monkeypatch.setattr(web_module, "MAX_ENTRIES", 5)
    url = "https://wire.example/feed"
    fetched = Fetched(url, rss(*(item(at) for at in range(7))), "application/rss+xml")
    visits = CrawlState(Library(settings.library, create=True))
    taken = []
    for _ in range(2):
        web = Web(None, visits, lambda function, *arguments: function(*arguments))  # type: ignore[arg-type]
        monkeypatch.setattr(web, "get", lambda *args, **kwargs: fetched)
        taken.append(list(web.feed(url)))
        visits.keep()
    first, second = ([each for each in run if isinstance(each, Blob)] for run in taken)
    assert (len(first), len(second)) == (5, 2)
    (told,) = (each for each in taken[0] if isinstance(each, Refusal))
    assert "2 of its new entries" in told.reason
