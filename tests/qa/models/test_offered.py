"""The models that a server offers, asked of a stand-in on loopback, and servers that fail."""

from __future__ import annotations

import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models import builtin, llm, offered
from tests.dripping import dripping
from tests.model_server import MODELS, model_server
from tests.serving import serving


def settings(url: str | None, llm_name: str = "openai:stand-in", **more: Any) -> Settings:
    return Settings(llm=llm_name, llm_url=url, **more)


@contextmanager
def saying(body: bytes, status: int = 200) -> Iterator[str]:
    """A server that answers every GET with these bytes."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None: ...

        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

    with serving(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as url:
        yield url


def test_a_servers_models_are_named_as_the_setting_names_them() -> None:
    with model_server() as url:
        assert offered.offered(settings(url)) == tuple(f"openai:{each}" for each in sorted(MODELS))
        ollama = settings(url.removesuffix("/v1"), "ollama:stand-in")
        assert offered.offered(ollama) == tuple(f"ollama:{each}" for each in sorted(MODELS))


@pytest.mark.parametrize("name", ["builtin", "builtin:model.gguf", "openai:gpt-4.1-mini", "anthropic:claude"])
def test_no_host_of_others_is_asked(name: str) -> None:
    assert not offered.lists(settings(None, name))
    assert offered.offered(settings(None, name)) == ()


def test_a_server_that_is_down_is_told_in_one_sentence() -> None:
    with pytest.raises(UnavailableError, match=r"^The model server does not answer"):
        offered.offered(settings("http://127.0.0.1:9/v1"))


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"data": 3}', b'{"data": [{"name": "x"}]}'])
def test_what_is_no_list_of_models_is_told_in_one_sentence(body: bytes) -> None:
    with (
        saying(body) as url,
        pytest.raises(DatelineError, match=r"^The model server does not list its models"),
    ):
        offered.offered(settings(url))


def test_a_refusal_is_told_in_one_sentence() -> None:
    with saying(b"", 401) as url, pytest.raises(DatelineError, match="does not list its models"):
        offered.offered(settings(url))


def test_a_list_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offered, "_BYTES", 1_000)
    body = b'{"data": [' + b'{"id": "a"},' * 1_000 + b'{"id": "b"}]}'
    with saying(body) as url, pytest.raises(UnavailableError, match="does not list its models"):
        offered.offered(settings(url))


def test_a_head_that_drips_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offered, "_SECONDS", 0.2)
    with dripping() as (url, left):
        with pytest.raises(UnavailableError, match="does not answer"):
            offered.offered(settings(url))
        assert left.get(timeout=30)


def test_a_model_of_a_file_is_called_after_it_and_answers_one_question_at_a_time() -> None:
    own = Settings(llm="builtin:~/models/small-3b.gguf")
    assert (llm.name(own), own.llm_slots) == ("small-3b", 1)
    assert llm.tells_probabilities(own)


def test_a_file_that_is_no_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>")
    for name, reason in (
        ("gone.gguf", "No such file"),
        ("page.gguf", "it is no GGUF file"),
        ("", "directory"),
    ):
        with pytest.raises(DatelineError, match=f"can't be opened \\({reason}|{reason}"):
            builtin.start(Settings(llm=f"builtin:{tmp_path / name}"))
