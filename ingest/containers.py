"""Inputs with many documents, unfolded one at a time: records, mailboxes, archives."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.archives import ARCHIVE_SUFFIXES, read_archive
from ingest.feeds import FEED_SUFFIXES, is_feed, read_feed_file
from ingest.mail import MAIL_SUFFIXES, read_mail
from ingest.readers.formats import suffix
from ingest.values import Blob, Draft, Options, Refusal
from qa.core.errors import RefusedError

RECORD_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv"})
CONTAINER_SUFFIXES = RECORD_SUFFIXES | ARCHIVE_SUFFIXES | MAIL_SUFFIXES | FEED_SUFFIXES | {".warc"}


def is_container(blob: Blob) -> bool:
    """Whether a blob may contain other documents."""
    return suffix(blob.name) in CONTAINER_SUFFIXES


def unfold(blob: Blob, options: Options) -> Iterator[Blob | Draft | Refusal]:
    """The documents in a blob; itself if it is no container.

    A document that can't be read gives a refusal; the others are read.
    """
    try:
        yield from _unfold(blob, options)
    except RefusedError as error:
        yield Refusal(blob.source, str(error))


def _unfold(blob: Blob, options: Options) -> Iterator[Blob | Draft | Refusal]:
    ending = suffix(blob.name)
    name = blob.name.lower()
    if ending in RECORD_SUFFIXES:
        from ingest.records import read_records

        yield from read_records(blob, options)
    elif ending in MAIL_SUFFIXES:
        yield from read_mail(blob)
    elif ending in FEED_SUFFIXES and (blob.media_type is None or is_feed(blob.bytes())):
        yield from read_feed_file(blob)
    elif name.endswith((".warc", ".warc.gz")) and not blob.inside:
        from ingest.warc import read_warc

        yield from read_warc(blob)
    elif ending in ARCHIVE_SUFFIXES and not blob.inside:
        if ending == ".gz" and not name.endswith(".tar.gz"):
            raise RefusedError("Of .gz files only .tar.gz and .warc.gz are read; unpack it first.")
        for member in read_archive(blob, RECORD_SUFFIXES | MAIL_SUFFIXES):
            if isinstance(member, Refusal):
                yield member
            else:
                yield from unfold(member, options)
    else:
        yield blob
