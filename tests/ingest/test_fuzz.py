"""Broken, hostile and senseless files: no crash, no hang, each refusal a sentence."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.containers import unfold
from ingest.prepare import digest, prepare
from ingest.values import Blob, Draft, Options, Prepared, Refusal
from ingest.workers import Workers
from tests.ingest.pages import PARAGRAPHS, TITLE, pages

SUFFIXES = [
    ".txt",
    ".md",
    ".html",
    ".pdf",
    ".docx",
    ".json",
    ".jsonl",
    ".csv",
    ".eml",
    ".mbox",
    ".zip",
    ".tar.gz",
    ".warc",
]
TEXT = f"{TITLE}\n\n12 November 2024\n\n" + "\n\n".join(PARAGRAPHS)


def pdf() -> bytes:
    """A small sound PDF, written by hand."""
    stream = (
        "BT /F1 12 Tf 72 720 Td 14 TL "
        + " ".join(f"({line[:90]}) Tj T*" for line in TEXT.split("\n") if line.isascii())
        + " ET"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    ).encode()


def docx() -> bytes:
    from docx import Document

    document = Document()
    for text in (TITLE, *PARAGRAPHS):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sound() -> dict[str, bytes]:
    """A sound file of each format."""
    record = json.dumps({"title": TITLE, "body": TEXT, "published": "2024-11-12"})
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", TEXT)
    return {
        ".txt": TEXT.encode(),
        ".html": pages()[0].html.encode(),
        ".pdf": pdf(),
        ".docx": docx(),
        ".json": record.encode(),
        ".jsonl": f"{record}\n{record}\n".encode(),
        ".csv": b"title,body\nA meeting,The group met on Sunday.\n",
        ".eml": f"Subject: {TITLE}\nFrom: a@b.example\n\n{TEXT}".encode(),
        ".zip": archive.getvalue(),
    }


def deep() -> Iterator[tuple[str, bytes]]:
    """Nesting that makes a careless parser recurse without end."""
    for depth in (100, 5_000, 100_000):
        yield ".html", b"<div>" * depth + b"<p>Text at the bottom of it all, here.</p>"
        yield ".html", b"<html><body>" + b"<ul><li>" * depth
        yield ".html", b"<blockquote>" * depth + TEXT.encode()
        yield ".json", b"[" * depth
        yield ".json", b'{"a":' * depth
        yield ".jsonl", b'{"body":' + b"[" * depth + b"]" * depth + b"}\n"
        yield (
            ".eml",
            b"Content-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * min(depth, 5_000),
        )
        yield ".txt", b"> " * depth + b"quoted"
        yield ".txt", b"((((" * depth
        yield ".pdf", b"%PDF-1.4\n1 0 obj\n" + b"<< /A " * depth + b"\n%%EOF"


def broken(count: int, seed: int = 5) -> Iterator[tuple[str, bytes]]:
    """Sound files truncated, with bytes changed or doubled, under wrong names; and random bytes."""
    chance = random.Random(seed)
    whole = sound()
    yield from deep()
    for _ in range(count):
        ending, data = chance.choice(list(whole.items()))
        match chance.randrange(6):
            case 0:
                data = data[: chance.randrange(len(data))]
            case 1:
                spoilt = bytearray(data)
                for _ in range(chance.randint(1, 60)):
                    spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
                data = bytes(spoilt)
            case 2:
                ending = chance.choice(SUFFIXES)
            case 3:
                data = chance.randbytes(chance.randint(0, 5_000))
                ending = chance.choice(SUFFIXES)
            case 4:
                at = chance.randrange(len(data))
                data = data[:at] + data[at : at + 500] * chance.randint(2, 40) + data[at:]
            case 5:
                at = chance.randrange(len(data))
                data = (
                    data[:at]
                    + chance.choice([b"\x00", b"<", b"&#0;", b"\xff\xfe", b"\xed\xa0\x80", b"]]>", b"%%EOF"])
                    * 50
                    + data[at:]
                )
        yield ending, data


def check(results: list[Prepared | Refusal]) -> Counter[str]:
    """What every outcome must be: passages cut from the body, or a sentence."""
    outcomes: Counter[str] = Counter()
    for result in results:
        if isinstance(result, Refusal):
            assert result.reason.endswith((".", ").", "it.")), result.reason
            assert "\n" not in result.reason
            assert "Traceback" not in result.reason
            outcomes["refused"] += 1
        else:
            body = result.article.body
            assert result.passages
            assert all(body[each.start : each.end] == each.text for each in result.passages)
            assert all(body[day.start : day.end] == day.text for day in result.article.days)
            assert result.article.title.strip()
            outcomes["taken"] += 1
    return outcomes


def run(files: Iterator[tuple[str, bytes]], seconds: float) -> tuple[Counter[str], int]:
    """Everything through the reader processes. Returns outcomes, and how many readers failed over a file."""
    options = Options()
    refused: list[Prepared | Refusal] = []

    def jobs() -> Iterator[list[tuple[Blob | Draft, str]]]:
        for number, (ending, data) in enumerate(files):
            job: list[tuple[Blob | Draft, str]] = []
            for found in unfold(Blob(f"/fuzz/{number}{ending}", f"{number}{ending}", data), options):
                if isinstance(found, Refusal):
                    refused.append(found)
                else:
                    job.append((found, digest(found, options)))
            if job:
                yield job

    workers = Workers(options, seconds=seconds)
    try:
        results = [result for part in workers.map(jobs()) for result in part]
    finally:
        workers.close()
    failed = sum("reader" in result.reason for result in results if isinstance(result, Refusal))
    return check(results) + check(refused), failed


def test_two_hundred_broken_files():
    outcomes, failed = run(broken(200), seconds=60)
    assert outcomes.total() >= 200
    assert failed == 0


@pytest.mark.slow
def test_two_thousand_broken_files():
    outcomes, failed = run(broken(2_200, seed=11), seconds=60)
    assert outcomes.total() >= 2_000
    assert failed == 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400), st.sampled_from([".txt", ".html"]))
def test_any_text(text, ending):
    blob = Blob(f"/fuzz/a{ending}", f"a{ending}", text.encode("utf-8", "surrogatepass"))
    check([prepare(blob, "", Options())])


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["title", "body", "html", "published", "publisher", "url", "authors", "kind", "x"]),
                       st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=60), lambda inner: st.lists(inner, max_size=3), max_leaves=4)))  # fmt: skip
def test_any_record(record):
    blob = Blob("/fuzz/a.jsonl", "a.jsonl", json.dumps(record).encode())
    results = [
        found if isinstance(found, Refusal) else prepare(found, "", Options())
        for found in unfold(blob, Options())
    ]
    check(results)


def test_a_document_that_hangs_its_reader_is_refused_and_the_others_are_read(monkeypatch, tmp_path):
    """The reader is stopped by a signal, as if it hung; its place is taken by another one."""
    import os
    import signal
    import threading
    import time

    import ingest.workers as module

    started: list[int] = []
    original = module._Worker.__init__

    def noted(self):
        original(self)
        started.append(self._process.pid)
        if len(started) <= 2:
            threading.Thread(
                target=lambda: (time.sleep(0.05), os.kill(self._process.pid, signal.SIGSTOP)), daemon=True
            ).start()

    monkeypatch.setattr(module._Worker, "__init__", noted)
    monkeypatch.setattr(module, "_spare", [])
    monkeypatch.setattr(module, "_CLOCK", 1)
    page = Blob("/a.html", "a.html", pages()[0].html.encode() * 200)
    others = [replace(page, source=f"/{at}.html", data=pages()[at].html.encode()) for at in range(3)]
    workers = Workers(Options(), seconds=4)
    try:
        results = [
            result
            for part in workers.map(iter([[(page, "")], [(each, "") for each in others]]))
            for result in part
        ]
    finally:
        workers.close()
    assert len(results) == 4
    assert any(isinstance(result, Refusal) and "within 4 seconds" in result.reason for result in results)
    assert any(isinstance(result, Prepared) for result in results)
