"""Reads articles from records: JSON, JSON lines and CSV, as news APIs and data sets have them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from itertools import chain, islice
from typing import IO, Any, cast

from ingest.decoding import decode, encoding_of
from ingest.fetch import without_password
from ingest.readers.formats import suffix
from ingest.values import MAX_DOCUMENT_BYTES, Blob, Draft, Facts, Options, Refusal
from qa.core.errors import RefusedError
from qa.core.types import Kind

# Our field names, and the names of news APIs, search engines and data sets for them, in many languages; names
# for the full text come before names for a summary.
ALIASES: Mapping[str, tuple[str, ...]] = {
    name: tuple(theirs)
    for name, theirs in json.loads(
        files("ingest").joinpath("field_names.json").read_text(encoding="utf-8")
    ).items()
}
_LISTS = (
    "articles", "results", "items", "docs", "documents", "data", "entries", "response", "hits", "value",
    "posts", "stories", "news", "records", "rows",
)  # fmt: skip
_INNER = ("_source", "item")  # Search engines and agencies wrap records in these.
_WORDED = ("name", "title", "text", "rendered", "main", "original", "default")  # In a field that is a record.
_ACTIONS = ("index", "create")  # Lines before the records in a search engine's bulk file.
_CUT_SHORT = re.compile(r"\s*… \[\+\d+ chars\]$")  # How news services end a shortened text.
_HEADINGS = frozenset(theirs.casefold() for names in ALIASES.values() for theirs in names)
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\ufeff?sep=(.)\s*$", re.IGNORECASE)  # The first line of some spreadsheets.
_HEAD_LINES = 20
_KINDS = ("official", "report", "opinion")
_MAX_LINE_BYTES = 20_000_000
_MAX_FIELD_CHARS = 20_000_000


def read_records(blob: Blob, options: Options) -> Iterator[Draft | Refusal]:
    """The articles of a file of records, read as a stream."""
    lines = suffix(blob.name) in (".jsonl", ".ndjson")
    if suffix(blob.name) in (".csv", ".tsv"):
        records = _csv(blob)
    else:
        records = _json_lines(blob) if lines else _json(blob)
    alone = suffix(blob.name) == ".json"
    seen: set[int] = set()
    place = None
    for place, record in records:
        if isinstance(record, RefusedError):
            yield Refusal(place, str(record))
            continue
        try:
            yield _draft(blob, place, record, options, seen, alone=alone and place == blob.source)
        except RefusedError as error:
            yield Refusal(place, str(error))
    if place is None:
        raise RefusedError("There is no article in it.")


def _draft(blob: Blob, place: str, record: Any, options: Options, seen: set[int], *, alone: bool) -> Draft:
    record = _unwrapped(record)
    values = {name: _value(record, name, options.fields) for name in ALIASES}
    text = _CUT_SHORT.sub("…", _text(values["body"]))
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


def _unwrapped(record: Any) -> dict[str, Any]:
    """A record without the wrapping of a search engine's export; its own fields win."""
    if not isinstance(record, dict):
        raise RefusedError("It is no record with named fields.")
    for name in _INNER:
        if isinstance(record.get(name), dict):
            return {"_id": record.get("_id"), **record[name]}
    return record


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
    folded = {key.strip().casefold(): value for key, value in record.items() if isinstance(key, str)}
    for candidate in _names(name, fields):
        value: Any = record.get(candidate, folded.get(candidate.casefold()))
        if value is None and "." in candidate:
            value = record
            for part in candidate.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        if value not in (None, "", []):
            return value
    return None


def _text(value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = next((value[key] for key in _WORDED if value.get(key)), "")
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        value = "\n\n".join(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = _text(value[0])
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
        if "\n{" in text:  # JSON lines with the wrong suffix.
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
                record = _loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                record = _loads(decode(line))
            if not (isinstance(record, dict) and len(record) == 1 and next(iter(record)) in _ACTIONS):
                yield place, record
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
    encoding = encoding_of(sample)  # Refuses binary data, which would be one endless field.
    csv.field_size_limit(_MAX_FIELD_CHARS)
    with _stream(blob) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        lines = (line.replace("\x00", "") for line in text)
        try:
            for number, row in enumerate(_rows(lines, "\t" if suffix(blob.name) == ".tsv" else None), 1):
                yield f"{blob.source}#{number}", row
        except csv.Error as error:
            raise RefusedError(f"It is not valid CSV ({error}).") from error


def _rows(lines: Iterator[str], delimiter: str | None) -> Iterator[dict[str, str]]:
    """The rows of a table by their headings, after a `sep=` line and any title."""
    head = list(islice(lines, _HEAD_LINES))
    if head and (said := _SEPARATOR.match(head[0])):
        delimiter = said[1]
        del head[0]
    delimiter = delimiter or max(_DELIMITERS, key=lambda mark: _fits(head, mark))
    reader = csv.reader(chain(head, lines), delimiter=delimiter)
    above = list(islice(reader, _HEAD_LINES))
    at = max(range(len(above)), key=lambda at: (_named(above[at]), -at), default=0)
    if not above or not _named(above[at]):
        at = next((at for at, row in enumerate(above) if sum(map(bool, row)) > 1), 0)
    headings = above[at] if above else []
    for row in chain(above[at + 1 :], reader):
        if any(cell.strip() for cell in row):
            yield dict(zip(headings, row, strict=False))


def _fits(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How well a delimiter fits: the known headings in a row, and its count in a line."""
    rows = csv.reader(lines, delimiter=delimiter)
    return max(map(_named, rows), default=0), max((line.count(delimiter) for line in lines), default=0)


def _named(row: list[str]) -> int:
    """How many cells of a row are known headings."""
    return sum(cell.strip().casefold() in _HEADINGS for cell in row)


@contextmanager
def _stream(blob: Blob) -> Iterator[IO[bytes]]:
    """The bytes as a stream, as a file of records may be larger than the limit for a document."""
    if blob.path is None:
        yield io.BytesIO(blob.bytes()[:MAX_DOCUMENT_BYTES])
        return
    try:
        stream = blob.path.open("rb")
    except OSError as error:
        raise RefusedError(f"It can't be read ({error.strerror}).") from error
    with stream:
        yield stream
