"""Articles as records: JSON, JSON lines and CSV, as news APIs and data sets have them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, cast

from ingest.decoding import decode
from ingest.fetch import without_password
from ingest.readers.formats import suffix
from ingest.values import MAX_DOCUMENT_BYTES, Blob, Draft, Facts, Options, Refusal
from qa.errors import RefusedError
from qa.types import Kind

# Our names, and what news APIs and data sets call the same.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name"),
    "body": (
        "body", "text", "content", "article", "articleBody", "maintext", "full_text", "story", "description",
        "summary",
    ),
    "html": ("html", "content_html", "body_html"),
    "published": (
        "published", "published_at", "publishedAt", "date", "datePublished", "date_published", "pubDate",
        "date_publish", "pub_date", "publish_date", "publication_date", "webPublicationDate", "timestamp",
        "created_at",
    ),
    "publisher": (
        "publisher", "source", "outlet", "site_name", "sitename", "source_name", "publication",
        "source_domain",
    ),
    "url": ("url", "link", "canonical", "webUrl", "web_url", "href"),
    "authors": ("authors", "author", "byline", "creator"),
    "language": ("language", "lang"),
    "section": ("section", "category", "topic", "sectionName"),
    "kind": ("kind",),
    "place": ("place", "dateline"),
    "id": ("id", "guid", "uuid", "_id"),
}  # fmt: skip
_LISTS = ("articles", "results", "items", "docs", "documents", "data", "entries", "response")
_KINDS = ("official", "report", "opinion")
_MAX_LINE_BYTES = 20_000_000
_MAX_FIELD_CHARS = 20_000_000


def read_records(blob: Blob, options: Options) -> Iterator[Draft | Refusal]:
    """The articles of a file of records, read as it streams by."""
    lines = suffix(blob.name) in (".jsonl", ".ndjson")
    if suffix(blob.name) in (".csv", ".tsv"):
        records = _csv(blob)
    else:
        records = _json_lines(blob) if lines else _json(blob)
    alone = suffix(blob.name) == ".json"
    seen: set[int] = set()
    for place, record in records:
        if isinstance(record, RefusedError):
            yield Refusal(place, str(record))
            continue
        try:
            yield _draft(blob, place, record, options, seen, alone=alone and place == blob.source)
        except RefusedError as error:
            yield Refusal(place, str(error))


def _draft(blob: Blob, place: str, record: Any, options: Options, seen: set[int], *, alone: bool) -> Draft:
    if not isinstance(record, dict):
        raise RefusedError("It is no record with named fields.")
    values = {name: _value(record, name, options.fields) for name in ALIASES}
    text = _text(values["body"])
    markup = _text(values["html"])
    if not text and not markup:
        raise RefusedError(
            "It has no text: no field called " + ", ".join(_names("body", options.fields)[:4]) + "."
        )
    facts = _facts(values)
    key = facts.url or _text(values["id"]) or _digest(record)
    if hash(key) in seen:
        key = _digest(record)
    seen.add(hash(key))
    source = blob.source if alone else (key if key == facts.url else f"{blob.source}#{key}")
    known = blob.facts.or_else(facts) if alone else facts.or_else(blob.facts)
    return Draft(source, blob.name, text or markup, known, markup=not text or _is_markup(text))


def _facts(values: Mapping[str, Any]) -> Facts:
    kind = _text(values["kind"])
    url = _text(values["url"])
    return Facts(
        title=_line(values["title"]),
        publisher=_line(values["publisher"]),
        published=_text(values["published"]) or None,
        authors=_people(values["authors"]),
        language=(_text(values["language"]) or "").lower()[:2] or None,
        url=without_password(url) if url.startswith(("http://", "https://")) else None,
        section=_line(values["section"]),
        place=_line(values["place"]),
        kind=cast(Kind, kind) if kind in _KINDS else None,
    )


def _names(name: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    return (fields[name],) if name in fields else ALIASES[name]


def _value(record: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> Any:
    for candidate in _names(name, fields):
        value: Any = record.get(candidate)
        if value is None and "." in candidate:
            value = record
            for part in candidate.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        if value not in (None, "", []):
            return value
    return None


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("text")
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        value = "\n\n".join(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "ignore").decode().strip()  # A lone surrogate can't be stored.


def _line(value: Any) -> str | None:
    return " ".join(_text(value).split())[:500] or None


def _people(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(";") if ";" in value else [value]
    names = (_line(each) for each in value) if isinstance(value, list) else (_line(value),)
    return tuple(name.removeprefix("By ").removeprefix("by ") for name in names if name)


def _is_markup(text: str) -> bool:
    return text.count("</") >= 1 and any(
        f"</{tag}>" in text for tag in ("p", "div", "br", "a", "ul", "h2", "span")
    )


def _digest(record: Any) -> str:
    return hashlib.sha256(
        json.dumps(record, sort_keys=True, default=str).encode("utf-8", "replace")
    ).hexdigest()[:12]


def _json(blob: Blob) -> Iterator[tuple[str, Any]]:
    text = decode(blob.bytes())
    if not text.strip():
        raise RefusedError("It is empty.")
    found = _loads(text)
    if isinstance(found, RefusedError):
        if "\n{" in text:  # JSON lines under the wrong name.
            yield from _json_lines(blob)
            return
        raise found
    for _ in range(3):
        inner = (
            next((found[key] for key in _LISTS if isinstance(found.get(key), list | dict)), None)
            if isinstance(found, dict)
            else None
        )
        if inner is None:
            break
        found = inner
    if isinstance(found, list):
        for number, record in enumerate(found, 1):
            yield f"{blob.source}#{number}", record
    else:
        yield blob.source, found


def _json_lines(blob: Blob) -> Iterator[tuple[str, Any]]:
    with _stream(blob) as stream:
        number = 0
        while line := stream.readline(_MAX_LINE_BYTES):
            number += 1
            if not line.strip():
                continue
            place = f"{blob.source}#{number}"
            if not line.endswith(b"\n") and len(line) >= _MAX_LINE_BYTES:
                yield place, RefusedError(f"The line is longer than {_MAX_LINE_BYTES / 1e6:,.0f} MB.")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(_MAX_LINE_BYTES)
                continue
            try:
                yield place, _loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                yield place, _loads(decode(line))
        if not number:
            raise RefusedError("It is empty.")


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        return RefusedError(f"It is not valid JSON ({error}).")
    except RecursionError:
        return RefusedError("Its JSON is nested too deeply.")


def _csv(blob: Blob) -> Iterator[tuple[str, Any]]:
    if blob.path is not None:
        with blob.path.open("rb") as head:
            sample = head.read(100_000)
    else:
        sample = blob.bytes()[:100_000]
    if not sample.strip():
        raise RefusedError("It is empty.")
    decode(sample)  # Refuses binary data before it is taken for one endless field.
    csv.field_size_limit(_MAX_FIELD_CHARS)
    with _stream(blob) as stream:
        text = io.TextIOWrapper(stream, encoding=_csv_encoding(sample), errors="replace", newline="")
        rows = csv.DictReader(text, delimiter=_delimiter(blob.name, sample))
        try:
            for number, row in enumerate(rows, 1):
                yield f"{blob.source}#{number}", {key: value for key, value in row.items() if key is not None}
        except csv.Error as error:
            raise RefusedError(f"It is not valid CSV ({error}).") from error


def _csv_encoding(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "cp1252"


def _delimiter(name: str, sample: bytes) -> str:
    head = sample.split(b"\n", 1)[0]
    if suffix(name) == ".tsv":
        return "\t"
    return max(",;\t|", key=lambda mark: head.count(mark.encode()))


@contextmanager
def _stream(blob: Blob) -> Iterator[IO[bytes]]:
    """The bytes as a stream: a file of records may be larger than one document may be."""
    if blob.path is None:
        yield io.BytesIO(blob.bytes()[:MAX_DOCUMENT_BYTES])
        return
    try:
        stream = blob.path.open("rb")
    except OSError as error:
        raise RefusedError(f"It can't be read ({error.strerror}).") from error
    with stream:
        yield stream
