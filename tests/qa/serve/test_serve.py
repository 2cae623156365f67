"""The API and the tools, called by their own clients over loopback: real search, the model's words are given."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

pytest.importorskip("fastapi", reason="the extra `serve` is not installed")
mcp = pytest.importorskip("mcp", reason="the extra `serve` is not installed")
from openai import OpenAI  # noqa: E402

from qa.__main__ import main  # noqa: E402
from qa.core.errors import UnavailableError  # noqa: E402
from qa.search.retriever import HybridRetriever  # noqa: E402
from qa.serve.api import api  # noqa: E402
from qa.serve.gate import MAX_BODY_BYTES, BusyError, Turns  # noqa: E402
from qa.serve.tools import tools  # noqa: E402
from tests.qa.briefs import MEETING  # noqa: E402
from tests.qa.serve.conftest import Given, given, running  # noqa: E402

WHO = "Who co-chaired the fourth meeting?"
KEY = "a-key-of-the-test"


@pytest.fixture(scope="module")
def url(assistant: Given) -> Iterator[str]:
    yield from running(api(assistant))


@pytest.fixture(scope="module")
def keyed(assistant: Given) -> Iterator[str]:
    yield from running(api(assistant, KEY))


def test_an_answer_comes_whole_with_quotes_that_stand_in_the_document(url: str) -> None:
    answer = httpx.post(f"{url}/ask", json={"question": WHO}, timeout=60).json()
    assert answer["status"] == "answered"
    (citation, *_) = answer["claims"][0]["citations"]
    document = httpx.get(f"{url}/documents/{citation['article_id']}").json()
    assert document["body"][citation["start"] : citation["end"]] == citation["quote"]


def test_an_answer_comes_as_events_with_its_sources_before_its_words(url: str) -> None:
    with httpx.stream("POST", f"{url}/ask", json={"question": WHO, "stream": True}, timeout=60) as events:
        lines = [line for line in events.iter_lines() if line]
    names = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    assert names[0:2] == ["understood", "hits"]
    assert names.index("hits") < names.index("draft") < names.index("answer") == len(names) - 1
    assert json.loads(lines[-1].removeprefix("data: "))["status"] == "answered"


def test_statements_passages_documents_and_health(url: str) -> None:
    said = {"statement": "The fourth meeting was co-chaired by Sun Weidong."}
    assert httpx.post(f"{url}/check", json=said, timeout=60).json()["verdict"] == "supported"
    hits = httpx.get(f"{url}/search", params={"question": WHO}).json()["hits"]
    assert hits[0]["article_id"] == MEETING.id
    assert httpx.get(f"{url}/documents").json()["count"] == 2
    assert httpx.get(f"{url}/documents/nowhere").status_code == 404
    assert httpx.get(f"{url}/health").json() == {"status": "ok"}
    assert httpx.get(f"{url}/ready").json()["documents"] == 2
    metrics = httpx.get(f"{url}/metrics").text
    assert 'dateline_requests_total{status="404"}' in metrics
    assert "chaired" not in metrics


def test_openai_s_own_client_gets_the_answer_and_its_citations(keyed: str) -> None:
    with OpenAI(base_url=f"{keyed}/v1", api_key=KEY) as client:
        assert [each.id for each in client.models.list()] == ["dateline"]
        asked: Any = {"model": "dateline", "messages": [{"role": "user", "content": WHO}]}
        whole = client.chat.completions.create(**asked)
        parts = list(client.chat.completions.create(**asked, stream=True))
    text = whole.choices[0].message.content
    assert text is not None
    assert "Sun Weidong" in text
    assert whole.model_extra is not None
    assert whole.model_extra["citations"][0]["article_id"] == MEETING.id
    assert "".join(part.choices[0].delta.content or "" for part in parts if part.choices) == text


def test_the_tools_by_the_official_client(assistant: Given) -> None:
    async def called() -> tuple[set[str], list[Any]]:
        async with mcp.Client(tools(assistant)) as client:
            names = {each.name for each in (await client.list_tools()).tools}
            asked = [("search", {"question": WHO}), ("ask", {"question": WHO})]
            asked += [
                ("check", {"statement": "The fourth meeting was co-chaired by Sun Weidong."}),
                ("show", {"article_id": MEETING.id}),
            ]
            return names, [await client.call_tool(name, given) for name, given in asked]

    names, results = asyncio.run(called())
    assert names == {"search", "ask", "check", "show"}
    hits, answer, verdict, shown = [result.structured_content for result in results]
    assert hits["hits"][0]["article_id"] == MEETING.id
    assert answer["status"] == "answered"
    assert verdict["verdict"] == "supported"
    assert shown["body"] == MEETING.body


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": KEY + "x"}])
def test_nobody_asks_without_the_key(keyed: str, headers: dict[str, str]) -> None:
    for path in ("/documents", "/metrics", "/openapi.json", "/v1/models"):
        refused = httpx.get(f"{keyed}{path}", headers=headers)
        assert refused.status_code == 401
        assert MEETING.title not in refused.text
    assert httpx.get(f"{keyed}/health").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example:80"}],
)
def test_a_web_page_can_not_have_its_reader_s_browser_ask(url: str, headers: dict[str, str]) -> None:
    assert httpx.get(f"{url}/search", params={"question": WHO}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'{"question": ""}',
        b'{"question": 1}',
        b'{"question": "a", "x": 1}',
        b"\xff" * 9,
    ],
)
def test_bad_requests_are_refused_in_json(url: str, body: bytes) -> None:
    for path in ("/ask", "/check", "/v1/chat/completions"):
        refused = httpx.post(f"{url}{path}", content=body, headers={"Content-Type": "application/json"})
        assert refused.status_code in (400, 422)
        assert "Traceback" not in refused.text


def test_dates_that_are_none_and_questions_of_nobody_are_told(url: str) -> None:
    refused = httpx.post(f"{url}/ask", json={"question": WHO, "since": "the day of the fish"})
    assert refused.status_code == 422
    assert refused.json()["error"]["message"]
    chat = {"model": "dateline", "messages": [{"role": "system", "content": "x"}]}
    assert httpx.post(f"{url}/v1/chat/completions", json=chat).status_code == 422


@pytest.mark.parametrize("stated", [True, False])
def test_a_body_is_bounded_whether_its_length_is_stated_or_not(url: str, stated: bool) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    sent: Any = body if stated else iter([body[:100_000], body[100_000:]])
    refused = httpx.post(f"{url}/ask", content=sent, headers={"Content-Type": "application/json"})
    assert refused.status_code == 413


def test_an_outage_is_a_sentence(assistant: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Any:
        raise UnavailableError("The model is not there.")

    monkeypatch.setattr(assistant, "stream", fail)
    for url in running(api(assistant)):
        refused = httpx.post(f"{url}/ask", json={"question": WHO})
        assert (refused.status_code, refused.json()["error"]["message"]) == (503, "The model is not there.")
        events = httpx.post(f"{url}/ask", json={"question": WHO, "stream": True}).text
        assert events.startswith("event: error\ndata: ")


def test_a_full_line_refuses_and_moves_on() -> None:
    async def stand() -> None:
        turns = Turns(1, 1)
        go = asyncio.Event()

        async def ask() -> None:
            async with turns.turn():
                await go.wait()

        first, second = asyncio.create_task(ask()), asyncio.create_task(ask())
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await ask()
        second.cancel()
        await asyncio.sleep(0)
        third = asyncio.create_task(ask())
        go.set()
        await asyncio.gather(first, third)

    asyncio.run(stand())


def test_who_finds_the_line_full_is_told_when_to_come_again(
    retriever: HybridRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.serve.answers._WAITING", 1)
    busy, go = given(retriever, llm_slots=1), threading.Event()
    answering = busy.stream

    def stream(*asked: Any) -> Iterator[Any]:
        go.wait(60)
        yield from answering(*asked)

    monkeypatch.setattr(busy, "stream", stream)
    chat = {"model": "dateline", "messages": [{"role": "user", "content": WHO}]}
    for url in running(api(busy)):
        with ThreadPoolExecutor(2) as others:
            waiting = [
                others.submit(httpx.post, f"{url}/ask", json={"question": WHO}, timeout=None) for _ in "12"
            ]
            while "dateline_requests_running 3.0" not in httpx.get(f"{url}/metrics").text:
                time.sleep(0.01)
            for path, asked in (("/ask", {"question": WHO}), ("/v1/chat/completions", chat)):
                for streamed in (True, False):
                    refused = httpx.post(f"{url}{path}", json=asked | {"stream": streamed})
                    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
                    assert "try again in a moment" in refused.json()["error"]["message"]
            assert httpx.get(f"{url}/search", params={"question": WHO}).is_success
            go.set()
            assert [each.result().json()["status"] for each in waiting] == ["answered", "answered"]


def test_searches_beyond_those_that_can_wait_are_refused(
    retriever: HybridRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, go = given(retriever), threading.Event()
    searching = busy.search

    def search(*asked: Any) -> Any:
        go.wait(60)
        return searching(*asked)

    monkeypatch.setattr(busy, "search", search)
    for url in running(api(busy)):
        with ThreadPoolExecutor(2) as others:
            asked = {"url": f"{url}/search", "params": {"question": WHO}, "timeout": None}
            waiting = [others.submit(httpx.get, **asked) for _ in "12"]
            while "dateline_requests_running 3.0" not in httpx.get(f"{url}/metrics").text:
                time.sleep(0.01)
            monkeypatch.setattr("qa.serve.gate._INSIDE", 2)
            refused = httpx.get(**asked)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            assert httpx.get(f"{url}/health").is_success
            go.set()
            assert all(each.result().is_success for each in waiting)
        assert httpx.get(**asked).is_success


def test_listening_for_others_needs_a_key() -> None:
    for host in ("0.0.0.0", "::", "192.168.0.7", "example.org"):
        result = CliRunner().invoke(main, ["serve", "--host", host])
        assert result.exit_code == 2
        assert "DATELINE_SERVE_KEY" in result.output
