"""Keys and their scopes, rates, bounds on how slowly a request may come."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

pytest.importorskip("fastapi", reason="the extra `serve` is not installed")

from qa.__main__ import main
from qa.core.errors import DatelineError
from qa.search.retriever import HybridRetriever
from qa.serve import gate
from qa.serve.api import api
from qa.serve.keys import SCOPES, Keys, scope_of
from qa.store.library import Library
from tests.qa.serve.conftest import Given, given, running


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def keys(retriever: HybridRetriever) -> Keys:
    kept = Keys(retriever.library.folder)
    yield kept
    kept._path.unlink(missing_ok=True)


def test_a_key_is_good_for_its_scopes_alone_until_it_is_removed(assistant: Given, keys: Keys) -> None:
    read, counts = keys.make("reader", ["read"]), keys.make("prometheus", ["metrics"])
    for url in running(api(assistant)):
        assert httpx.get(f"{url}/documents", headers=bearing(read)).status_code == 200
        assert httpx.get(f"{url}/metrics", headers=bearing(counts)).status_code == 200
        refused = httpx.post(f"{url}/ask", json={"question": "Who met?"}, headers=bearing(read))
        assert refused.status_code == 403
        assert "not good for 'ask', only for: read" in refused.text
        for path, key in (("/metrics", read), ("/documents", counts), ("/v1/models", read)):
            assert httpx.get(f"{url}{path}", headers=bearing(key)).status_code == 403
        assert httpx.get(f"{url}/documents").status_code == 401
        keys.remove("reader")
        assert httpx.get(f"{url}/documents", headers=bearing(read)).status_code == 401


def test_every_path_of_the_api_wants_a_scope(assistant: Given) -> None:
    wanted = {path: scope_of(path) for path in api(assistant).openapi()["paths"]}
    assert wanted.pop("/metrics") == "metrics"
    asking = {"/ask", "/check", "/v1/models", "/v1/chat/completions"}
    assert {path for path, scope in wanted.items() if scope == "ask"} == asking


def test_only_hashes_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    key = keys.make("desk", SCOPES)
    (kept,) = tmp_path.iterdir()
    assert key not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    caller = Keys(tmp_path).caller(key)
    assert caller is not None
    assert (caller.name, set(caller.scopes)) == ("desk", set(SCOPES))
    assert Keys(tmp_path).caller(key + "x") is None
    with pytest.raises(DatelineError, match="already"):
        keys.make("desk", SCOPES)
    with pytest.raises(DatelineError, match="There is no key"):
        keys.remove("nobody")


def test_keys_are_made_listed_and_ended_by_a_command(tmp_path: Path) -> None:
    library = ["--library", str(Library(tmp_path / "library", create=True).folder)]
    key = CliRunner().invoke(main, ["keys", "add", "desk", "--scope", "read", *library]).output.strip()
    assert Keys(tmp_path / "library").caller(key) is not None
    listed = CliRunner().invoke(main, ["keys", *library]).output
    assert listed.startswith("desk: read (made ")
    assert key not in listed
    assert CliRunner().invoke(main, ["keys", "remove", "desk", *library]).exit_code == 0
    assert not Keys(tmp_path / "library").wanted
    assert CliRunner().invoke(main, ["keys", "remove", "desk", *library]).exit_code == 2


def test_a_caller_that_calls_too_often_is_told_when_to_come_again(
    retriever: HybridRetriever, keys: Keys
) -> None:
    one, other = keys.make("one", ["read"]), keys.make("other", ["read"])
    for url in running(api(given(retriever, serve_rate="3/hour"))):
        statuses = [httpx.get(f"{url}/documents", headers=bearing(one)).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        refused = httpx.get(f"{url}/documents", headers=bearing(one))
        assert 0 < int(refused.headers["retry-after"]) <= 3600
        assert "3 per 1 hour" in refused.json()["error"]["message"]
        assert httpx.get(f"{url}/documents", headers=bearing(other)).status_code == 200
        assert httpx.get(f"{url}/health").status_code == 200


def dripped(url: str) -> bytes:
    """What a caller is answered whose body comes a byte at a time."""
    host, port = url.removeprefix("http://").split(":")
    done = threading.Event()
    head = (
        f"POST /ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=60) as caller:
        caller.sendall(head.encode())

        def drip() -> None:
            while not done.wait(0.05):
                try:
                    caller.sendall(b" ")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        answer = caller.recv(200)
        done.set()
        dripping.join()
    return answer


def test_a_body_that_drips_is_not_waited_for(assistant: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_BODY_SECONDS", 0.5)
    for url in running(api(assistant)):
        assert dripped(url).startswith(b"HTTP/1.1 408")
