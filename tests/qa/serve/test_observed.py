"""What is told of a request: its id, its steps, and none of its words unless they are asked for."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

pytest.importorskip("fastapi", reason="the extra `serve` is not installed")

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from qa.search.retriever import HybridRetriever
from qa.serve import api as api_module
from qa.serve.api import api
from qa.serve.log import Lines
from tests.qa.serve.conftest import given, running

WHO = "Who co-chaired the fourth meeting?"
STEPS = {"understand", "retrieve", "read", "choose", "write", "prove", "decide"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server logs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, ours = logging.getLogger(), logging.getLogger("qa")
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    handler.setFormatter(Lines(with_text=False))
    yield written
    root.removeHandler(handler)
    ours.setLevel(logging.NOTSET)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [each for each in map(json.loads, log.getvalue().splitlines()) if each["event"] == "request"]


@pytest.mark.parametrize("stream", [False, True])
def test_a_request_has_an_id_and_a_line_with_its_steps_and_none_of_its_words(
    retriever: HybridRetriever, log: io.StringIO, stream: bool
) -> None:
    for url in running(api(given(retriever))):
        asked = {"question": WHO, "stream": stream}
        answer = httpx.post(f"{url}/ask", json=asked, headers={"X-Request-ID": "desk-1"}, timeout=60)
        assert answer.headers["x-request-id"] == "desk-1"
        other = httpx.get(f"{url}/search", params={"question": WHO}, headers={"X-Request-ID": "a b\\n"})
        assert len(other.headers["x-request-id"]) == 32
        assert "x-request-id" in httpx.get(f"{url}/{WHO}").headers
        steps = httpx.get(f"{url}/metrics").text
    ask, search, nowhere, _ = lines(log)
    assert (ask["request_id"], ask["path"], ask["status"]) == ("desk-1", "/ask", 200)
    assert ask["steps_ms"].keys() >= STEPS
    assert search["path"] == "/search"
    assert (nowhere["path"], nowhere["status"]) == ("none", 404)
    assert "chaired" not in log.getvalue()
    assert 'dateline_step_seconds_count{step="retrieve"} 1.0' in steps


def test_questions_are_told_where_that_is_asked_for(retriever: HybridRetriever, log: io.StringIO) -> None:
    for url in running(api(given(retriever, log_text=True))):
        httpx.post(f"{url}/ask", json={"question": WHO}, timeout=60)
    assert lines(log)[0]["question"] == WHO


def test_an_error_is_logged_by_its_kind_and_place_without_its_words(
    retriever: HybridRetriever, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = given(retriever)

    def fail(*_: object) -> Any:
        raise RuntimeError(WHO)

    monkeypatch.setattr(assistant, "search", fail)
    for url in running(api(assistant)):
        answer = httpx.get(f"{url}/search", params={"question": WHO})
        assert (answer.status_code, "chaired" in answer.text) == (500, False)
        assert answer.headers.keys() >= {"x-request-id"}
    failed = next(json.loads(line) for line in log.getvalue().splitlines() if "RuntimeError" in line)
    assert failed["event"] == "a request failed"
    assert failed["request_id"] == answer.headers["x-request-id"]
    assert any("test_observed" in place for place in failed["at"])
    assert "chaired" not in log.getvalue()


def test_other_packages_are_told_of_without_their_words(log: io.StringIO) -> None:
    logging.getLogger("chromadb").warning("Could not find: %s", WHO)
    assert "chromadb, line " in log.getvalue()
    assert "chaired" not in log.getvalue()


@pytest.mark.parametrize("with_text", [False, True])
def test_steps_are_spans_under_their_request(
    retriever: HybridRetriever, monkeypatch: pytest.MonkeyPatch, with_text: bool
) -> None:
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(api_module, "tracer", lambda url: provider.get_tracer("test"))
    for url in running(api(given(retriever, log_text=with_text))):
        httpx.post(f"{url}/ask", json={"question": WHO}, timeout=60)
    spans = {each.name: each for each in kept.get_finished_spans()}
    assert spans.keys() >= STEPS | {"POST /ask", "model"}
    root = spans["POST /ask"]
    assert {each.context.trace_id for each in spans.values()} == {root.context.trace_id}
    assert root.parent is None
    ids = {each.context.span_id for each in kept.get_finished_spans()}
    assert all(each.parent is None or each.parent.span_id in ids for each in kept.get_finished_spans())
    assert ("chaired" in str([each.to_json() for each in spans.values()])) == with_text


def test_a_collector_is_sent_them(retriever: HybridRetriever) -> None:
    from qa.serve.steps import tracer

    with tracer("http://127.0.0.1:9").start_as_current_span("x") as span:  # Nobody is there; nobody waits.
        assert span.get_span_context().is_valid
    with tracer(None).start_as_current_span("x") as span:
        assert not span.get_span_context().is_valid
