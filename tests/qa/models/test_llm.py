"""The chat model: any server that speaks the protocol (one of our own, on loopback, that misbehaves
on request), and the real built-in one."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models import builtin, llm
from tests.dripping import dripping
from tests.serving import serving

WORDS = ("Islamabad", " hosted", " the", " fourth", " meeting", ".")
KEY = "right"


class Provider(http.server.ThreadingHTTPServer):
    """An OpenAI-compatible server. `failures` are (status, error) given one by one before it behaves;
    `pause_s` stands before each word; `silent_after` and `broken_after` count words."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.asked: list[dict[str, Any]] = []
        self.failures: list[tuple[int, dict[str, Any]]] = []
        self.pause_s = 0.0
        self.silent_after: int | None = None
        self.broken_after: int | None = None
        self.endless = False
        self.words = WORDS
        self.comments = False
        self.left = threading.Event()
        self.over = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    server: Provider
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None: ...

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        if self.headers["Authorization"] != f"Bearer {KEY}":
            self.fail(401, {"message": "Incorrect API key", "code": "invalid_api_key"})
        elif asked["model"] != "known":
            self.fail(
                404, {"message": f"The model {asked['model']} does not exist", "code": "model_not_found"}
            )
        elif self.server.failures:
            self.fail(*self.server.failures.pop(0))
        else:
            self.stream()

    def fail(self, status: int, error: dict[str, Any]) -> None:
        body = json.dumps({"error": error}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "0.01")
        self.end_headers()
        self.wfile.write(body)

    def stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while self.server.comments:
                self.write(b": still here\n\n")
                time.sleep(0.02)
            for count, word in enumerate(self.server.words * (10_000 if self.server.endless else 1)):
                if count == self.server.silent_after:
                    self.server.over.wait(30)
                if count == self.server.broken_after:
                    self.close_connection = True
                    return
                time.sleep(self.server.pause_s)
                self.event({"delta": {"content": word}, "index": 0, "finish_reason": None})
            self.event({"delta": {}, "index": 0, "finish_reason": "stop"})
            self.write(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.server.left.set()

    def event(self, choice: dict[str, Any]) -> None:
        chunk = {"id": "1", "object": "chat.completion.chunk", "model": "known", "choices": [choice]}
        self.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def write(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving(server := Provider()):
        yield server
        server.over.set()


def settings(provider: Provider, **changes: Any) -> Settings:
    given = {"llm": "openai:known", "llm_url": provider.url, "llm_key": KEY, "llm_retries": 2}
    return Settings(**given | changes)


def ask(settings: Settings) -> str:
    """The answer, or the reader's sentence when there is none."""
    try:
        return "".join(chunk.text for chunk in llm.chat_model(settings).stream("Where was it?"))
    except Exception as error:
        raise llm.explain(error, settings) from error


def spoken(settings: Settings) -> str:
    """The answer as the chain takes it."""
    words = (chunk.text for chunk in llm.chat_model(settings).stream("Where was it?"))
    try:
        return "".join(llm.spoken(words, settings))
    except Exception as error:
        raise llm.explain(error, settings) from error


@pytest.mark.parametrize("words", [(), ("", ""), ("  ", "\n")])
def test_an_empty_answer_is_an_outage(provider: Provider, words: tuple[str, ...]) -> None:
    provider.words = words
    with pytest.raises(UnavailableError, match="gave an empty answer"):
        spoken(settings(provider))


@pytest.mark.parametrize("words", [WORDS, ("." * 50_000,)])
def test_an_answer_without_end_is_cut_off_with_a_sentence(provider: Provider, words: tuple[str, ...]) -> None:
    provider.words, provider.endless = words, True
    with pytest.raises(UnavailableError, match="did not come to an end"):
        spoken(settings(provider))


@pytest.mark.parametrize("streamed", [True, False])
def test_comments_that_keep_a_connection_alive_do_not_keep_a_reader_waiting(
    provider: Provider, streamed: bool
) -> None:
    provider.comments = True
    given = settings(provider, llm_timeout_s=0.1, llm_retries=0)
    model = llm.chat_model(given)
    with pytest.raises(Exception, match=r"end|onnection") as caught:
        list(model.stream("Where?")) if streamed else model.invoke("Where?")
    assert "did not come to an end" in str(llm.explain(caught.value, given))


def test_words_come_one_by_one_at_temperature_0(provider: Provider) -> None:
    model = llm.chat_model(settings(provider), max_tokens=77)
    words = [chunk.text for chunk in model.stream("Where was it?")]
    assert tuple(word for word in words if word) == WORDS
    asked = provider.asked[0]
    assert asked["stream"] is True
    assert asked["temperature"] == 0
    assert asked.get("max_completion_tokens", asked.get("max_tokens")) == 77


def test_a_server_that_wants_a_key_says_so_where_none_is_set(provider: Provider) -> None:
    with pytest.raises(DatelineError, match="key was refused"):
        ask(settings(provider, llm_key=None))
    assert len(provider.asked) == 1


def test_a_wrong_key_is_not_tried_again(provider: Provider) -> None:
    with pytest.raises(DatelineError) as caught:
        ask(settings(provider, llm_key="wrong"))
    assert str(caught.value) == (
        f"The key was refused by the language model 'openai:known' at {provider.url}; "
        "set DATELINE_LLM_KEY to one that it takes."
    )
    assert len(provider.asked) == 1


def test_an_unknown_model_is_named(provider: Provider) -> None:
    with pytest.raises(DatelineError, match=r"no language model 'openai:other' at http://127.*LLM"):
        ask(settings(provider, llm="openai:other"))


def test_too_many_requests_pass(provider: Provider) -> None:
    provider.failures = [(429, {"message": "slow down"}), (503, {"message": "starting"})]
    assert ask(settings(provider)) == "".join(WORDS)
    assert len(provider.asked) == 3


def test_tries_are_bounded(provider: Provider) -> None:
    provider.failures = [(429, {"message": "slow down"})] * 9
    with pytest.raises(UnavailableError, match="Too many requests"):
        ask(settings(provider, llm_retries=1))
    assert len(provider.asked) == 2


@pytest.mark.parametrize(
    "error",
    [
        {"message": "maximum context length is 4096 tokens", "code": "context_length_exceeded"},
        {"message": "exceeds the available context size", "type": "exceed_context_size_error", "code": 400},
    ],
)
def test_too_long_a_question_says_what_to_lower(provider: Provider, error: dict[str, Any]) -> None:
    provider.failures = [(400, error)]
    with pytest.raises(DatelineError, match=r"too long for .* DATELINE_K lower"):
        ask(settings(provider))


def test_another_refusal_is_passed_on(provider: Provider) -> None:
    provider.failures = [(400, {"message": "temperature 0 is not supported"})]
    with pytest.raises(DatelineError, match="temperature 0 is not supported"):
        ask(settings(provider))


@pytest.mark.parametrize("silent_after", [0, 2])
def test_silence_ends_at_the_time_limit(provider: Provider, silent_after: int) -> None:
    provider.silent_after = silent_after
    with pytest.raises(UnavailableError, match=r"No word came from .* in 0\.3 s"):
        ask(settings(provider, llm_timeout_s=0.3, llm_retries=0))


def test_a_head_that_drips_for_ever_ends_at_the_time_limit() -> None:
    with dripping() as (url, left):
        away = Settings(llm="openai:known", llm_url=url, llm_key=KEY, llm_timeout_s=0.2, llm_retries=0)
        with pytest.raises(UnavailableError, match=r"No word came from .* in 0\.2 s"):
            ask(away)
        assert left.get(timeout=30)


def test_a_slow_answer_is_waited_for_while_words_come(provider: Provider) -> None:
    provider.pause_s = 0.2
    assert ask(settings(provider, llm_timeout_s=0.9)) == "".join(WORDS)


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(provider: Provider) -> None:
    provider.broken_after = 3
    with pytest.raises(UnavailableError, match="broke off"):
        ask(settings(provider))


def test_nobody_there_names_the_address(provider: Provider) -> None:
    with pytest.raises(UnavailableError, match=r"no connection to .* at http://127\.0\.0\.1:9/v1"):
        ask(settings(provider, llm_url="http://127.0.0.1:9/v1", llm_retries=0))


def test_a_stream_that_is_closed_is_no_longer_written(provider: Provider) -> None:
    provider.endless = True
    stream = llm.chat_model(settings(provider)).stream("Where was it?")
    next(stream)
    stream.close()
    assert provider.left.wait(30)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"llm": "mistralai:small", "llm_url": None}, "pip install langchain-mistralai"),
        ({"llm": "nobody:model"}, "DATELINE_LLM is 'nobody:model'.*'provider:model'"),
        ({"llm": "model"}, "DATELINE_LLM is 'model'.*'provider:model'"),
        ({"llm": "builtin"}, "DATELINE_LLM names no model there"),
        ({"llm_url": None, "llm_key": None}, "set DATELINE_LLM_KEY"),
    ],
)
def test_a_setting_that_can_not_work_says_what_to_change(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], sentence: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(DatelineError, match=sentence):
        llm.chat_model(settings(provider, **changes))


@pytest.fixture(scope="module")
def built_in() -> Iterator[Settings]:
    llm.stop()  # Another file may have started it with other settings.
    yield Settings(llm="builtin", llm_slots=2)
    llm.stop()


def slots(settings: Settings) -> list[dict[str, Any]]:
    endpoint = builtin.start(settings)
    address = endpoint.url.removesuffix("/v1") + "/slots"
    answer = httpx.get(address, headers={"Authorization": f"Bearer {endpoint.key}"}, timeout=30)
    return list(answer.json())


@pytest.mark.llm
def test_the_built_in_model_is_one_server_for_all_and_wants_its_key(built_in: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        endpoints = set(pool.map(builtin.start, [built_in] * 4))
    assert len(endpoints) == 1
    url = endpoints.pop().url
    assert url.startswith("http://127.0.0.1:")
    assert httpx.post(f"{url}/chat/completions", json={"messages": []}).status_code == 401
    assert len(slots(built_in)) == built_in.llm_slots


@pytest.mark.llm
def test_the_built_in_model_answers_two_at_once(built_in: Settings) -> None:
    model = llm.chat_model(built_in, max_tokens=40)
    streams = [model.stream(f"Count from {start} to 40, digits only.") for start in (1, 20)]
    for stream in streams:
        next(stream)
    assert all(slot["is_processing"] for slot in slots(built_in))
    assert all("".join(chunk.text for chunk in stream) for stream in streams)


@pytest.mark.llm
def test_what_was_read_before_is_not_read_again(built_in: Settings) -> None:
    model = llm.chat_model(built_in, max_tokens=1)
    passages = "The fourth meeting of the joint working group was held in Islamabad. " * 20
    first, second = (model.invoke(passages + question) for question in ("Where?", "Who met?"))
    assert first.usage_metadata is not None
    assert second.usage_metadata is not None
    reread = (
        second.usage_metadata["input_tokens"] - second.usage_metadata["input_token_details"]["cache_read"]
    )
    assert reread < 20


@pytest.mark.llm
def test_probabilities_and_grammars_can_be_asked_for(built_in: Settings) -> None:
    model = llm.chat_model(built_in, max_tokens=4).bind(
        logprobs=True, top_logprobs=2, extra_body={"grammar": 'root ::= "yes" | "no"', "cache_prompt": True}
    )
    chunks = list(model.stream("Is the sky blue?"))
    assert "".join(chunk.text for chunk in chunks) in {"yes", "no"}
    tokens = [
        token for chunk in chunks for token in chunk.response_metadata.get("logprobs", {}).get("content", [])
    ]
    assert tokens
    assert all(token["logprob"] <= 0 and len(token["top_logprobs"]) == 2 for token in tokens)


@pytest.mark.llm
def test_a_closed_stream_frees_its_slot(built_in: Settings) -> None:
    stream = llm.chat_model(built_in, max_tokens=2000).stream("Write a very long story about a harbour.")
    for _ in range(3):
        next(stream)
    stream.close()
    while any(slot["is_processing"] for slot in slots(built_in)):
        time.sleep(0.05)
    assert llm.chat_model(built_in, max_tokens=2).invoke("Say yes.").text


@pytest.mark.llm
def test_a_question_that_is_too_long_for_the_built_in_model_is_a_sentence(built_in: Settings) -> None:
    with pytest.raises(DatelineError) as caught:
        ask_builtin(built_in, "corridor " * (built_in.llm_context_tokens + 100))
    assert "too long for the language model 'qwen2.5-coder-1.5b'" in str(caught.value)


def ask_builtin(settings: Settings, question: str) -> str:
    try:
        return llm.chat_model(settings, max_tokens=4).invoke(question).text
    except Exception as error:
        raise llm.explain(error, settings) from error


@pytest.mark.llm
def test_a_proxy_for_the_web_is_not_asked(built_in: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert ask_builtin(built_in, "Say yes.")


@pytest.mark.llm
def test_after_a_stop_it_starts_again(built_in: Settings) -> None:
    before = builtin.start(built_in)
    llm.stop()
    assert builtin.start(built_in) != before
    assert ask_builtin(built_in, "Say yes.")


LEFT_WRITING = """
from qa.models import llm
from qa.core.settings import Settings
stream = llm.chat_model(Settings(llm="builtin"), max_tokens=2000).stream("Write a very long story.")
print(bool(next(stream).response_metadata))
"""


@pytest.mark.llm
def test_a_program_ends_cleanly_while_the_model_writes() -> None:
    done = subprocess.run([sys.executable, "-c", LEFT_WRITING], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")
