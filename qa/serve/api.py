"""The HTTP API: ask, check, search, documents, health; described by OpenAPI at `/openapi.json`."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from anyio.to_thread import run_sync
from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware import Middleware

from qa.cli.as_json import answer_json, hit_json, verdict_json
from qa.core.errors import DatelineError
from qa.serve.answers import Answers, explained
from qa.serve.asked import Name, Question, Refusal, Searched, Statement, Text
from qa.serve.completions import add_completions
from qa.serve.gate import MAX_BODY_BYTES, RETRY, BusyError, Gate, TooLargeError, TooSlowError, said
from qa.serve.keys import Keys
from qa.serve.observed import Counted, Observed
from qa.serve.steps import tracer

if TYPE_CHECKING:
    from qa.answer.assistant import Assistant

_log = logging.getLogger(__name__)
_REFUSALS: tuple[int | str, ...] = (400, 401, 403, 404, 408, 413, 422, 429, 500, 503)


def api(assistant: Assistant, key: str | None = None) -> FastAPI:
    """The API over an assistant's library.

    Args:
        assistant: answers.
        key: one that is good for everything, beside those that the library has; where there are none,
            programs of this machine are let in.
    """
    counted, settings = Counted(), assistant.settings
    observed = Middleware(
        Observed,
        counted=counted,
        tracer=tracer(settings.traces_url),
        with_text=settings.log_text,
        failed=_answer_to,
    )
    gate = Middleware(Gate, keys=Keys(assistant.library.folder, key), rate=settings.serve_rate)
    app = FastAPI(
        title="Dateline",
        version="1",
        docs_url=None,
        redoc_url=None,
        middleware=[observed, gate],
        responses={status: {"model": Refusal} for status in _REFUSALS},
    )
    app.add_exception_handler(RequestValidationError, _misread)
    for kind in (DatelineError, BusyError):
        app.add_exception_handler(kind, _failed)
    app.add_exception_handler(TooLargeError, _too_large)
    app.add_exception_handler(TooSlowError, _too_slow)
    answers = Answers(assistant)
    _add_asking(app, answers)
    _add_documents(app, assistant)
    _add_state(app, assistant, counted)
    add_completions(app, answers)
    return app


def _add_asking(app: FastAPI, answers: Answers) -> None:
    assistant = answers.assistant

    @app.post("/ask", response_model=None)
    async def ask(asked: Question) -> Response | dict[str, Any]:
        """An answer, each sentence proved by a quote; as events where `stream` is true."""
        scope = await run_sync(asked.scope)
        begin = partial(assistant.stream, asked.question, (), scope.filters, scope.today)
        if asked.stream:
            answers.admit()
            return StreamingResponse(_events(answers, begin), media_type="text/event-stream")
        async with answers.events(begin) as events:
            async for event in events:
                if "answer" in event:
                    return answer_json(event["answer"])
        raise DatelineError("No answer came; ask again.")

    @app.post("/check")
    async def check(asked: Statement) -> dict[str, Any]:
        """Whether the library bears a statement out, with quotes for and against."""
        scope = await run_sync(asked.scope)
        found = partial(assistant.check, asked.statement, scope.filters, scope.today)
        return verdict_json(await answers.call(found))

    @app.get("/search")
    def search(
        question: Annotated[Text, Query()],
        since: Annotated[Name | None, Query()] = None,
        until: Annotated[Name | None, Query()] = None,
    ) -> dict[str, Any]:
        """The passages that a question would be answered from; no model is asked."""
        found = assistant.search(question, Searched(since=since, until=until).scope().filters)
        return {"query": found.query, "note": found.note, "hits": [hit_json(hit) for hit in found.hits]}


async def _events(answers: Answers, begin: Any) -> AsyncIterator[str]:
    """Server-sent events: understood, hits, draft (words not yet proved), checking, and answer or error."""
    try:
        async with answers.events(begin) as events:
            async for event in events:
                for name, value in event.items():
                    yield _event(name, value)
    except Exception as error:
        yield f"event: error\ndata: {json.dumps({'message': _told(error)[1]}, ensure_ascii=False)}\n\n"


def _event(name: str, value: Any) -> str:
    match name:
        case "standalone":
            name, told = "understood", {"question": value}
        case "retrieval":
            name, told = "hits", {"hits": [hit_json(hit) for hit in value.hits]}
        case "text":
            name, told = "draft", {"text": value}
        case "answer":
            told = answer_json(value)
        case _:
            told = {}
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"


def _add_documents(app: FastAPI, assistant: Assistant) -> None:
    library = assistant.library

    @app.get("/documents")
    def documents(
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
        offset: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
    ) -> dict[str, Any]:
        """The documents, the newest first."""
        found = library.articles(limit=limit, offset=offset)
        return {"count": library.count(), "documents": [document_json(each) for each in found]}

    @app.get("/documents/{id}", response_model=None)
    def document(id: str) -> Response | dict[str, Any]:
        """One document with its text."""
        article = library.article(id)
        if article is None:
            return said(404, "There is no document of this id; GET /documents lists them.")
        return document_json(article) | {"body": article.body}


def document_json(article: Any) -> dict[str, Any]:
    """What is known of a document, without its text."""
    return {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "kind": article.kind,
        "language": article.language,
        "url": article.url,
        "notice": article.notice,
    }


def _add_state(app: FastAPI, assistant: Assistant, counted: Counted) -> None:
    @app.get("/health")
    def health() -> dict[str, str]:
        """That the server runs."""
        return {"status": "ok"}

    @app.get("/ready")
    def ready() -> dict[str, Any]:
        """That the library can be read and searched."""
        assistant.retriever.search("news", k=1)
        return {"status": "ready", "documents": assistant.library.count()}

    @app.get("/metrics", response_class=PlainTextResponse)
    def metrics() -> Response:
        """Counts and times of requests, for Prometheus."""
        return Response(generate_latest(counted.registry), media_type=CONTENT_TYPE_LATEST)


def _told(error: Exception) -> tuple[int, str]:
    status, sentence = explained(error)
    if status == 500:
        _log.error("a request failed", exc_info=error)
    return status, sentence


async def _failed(request: Request, error: Exception) -> JSONResponse:
    return _answer_to(error)


def _answer_to(error: Exception) -> JSONResponse:
    status, sentence = _told(error)
    return said(status, sentence, RETRY if isinstance(error, BusyError) else None)


async def _misread(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return said(422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}.")


async def _too_large(request: Request, error: Exception) -> JSONResponse:
    return said(413, f"A request may have {MAX_BODY_BYTES:,} bytes.")


async def _too_slow(request: Request, error: Exception) -> JSONResponse:
    return said(408, "The request did not come to its end in time.")
