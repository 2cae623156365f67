"""What is told of each request: an id to its caller, a line to the log, counts and spans to a collector."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from opentelemetry.trace import Span, Tracer
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.serve.log import request_id
from qa.serve.steps import Steps, heard

_log = logging.getLogger(__name__)
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADER = b"x-request-id"


class Counted:
    """What Prometheus reads. No question and no text is in it."""

    def __init__(self) -> None:
        kept = self.registry = CollectorRegistry()
        self.requests = Counter("dateline_requests", "Requests, by their status.", ["status"], registry=kept)
        self.seconds = Histogram("dateline_request_seconds", "How long a request took.", registry=kept)
        self.steps = Histogram("dateline_step_seconds", "How long a step took.", ["step"], registry=kept)
        self.running = Gauge("dateline_requests_running", "Requests being answered.", registry=kept)


class Observed:
    """The outermost ASGI middleware: sees all that is answered, refusals too."""

    def __init__(
        self,
        app: ASGIApp,
        counted: Counted,
        tracer: Tracer,
        with_text: bool,
        failed: Callable[[Exception], ASGIApp],
    ) -> None:
        """Observes an app.

        Args:
            app: what stands behind.
            counted: where requests are counted.
            tracer: what makes their spans.
            with_text: whether questions may be told.
            failed: the answer to a request that ended in an error which nobody expected.
        """
        self._app, self._counted, self._tracer = app, counted, tracer
        self._with_text, self._failed = with_text, failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(_HEADER, b"").decode("latin-1")
        id_ = given if _ID.fullmatch(given) else uuid.uuid4().hex
        before = request_id.set(id_)
        name = f"{scope['method']} request"
        try:
            with (
                self._counted.running.track_inprogress(),
                heard(self._tracer, name, with_text=self._with_text) as (steps, span),
            ):
                await self._observe(scope, receive, send, id_, steps, span)
        finally:
            request_id.reset(before)

    async def _observe(
        self, scope: Scope, receive: Receive, send: Send, id_: str, steps: Steps, span: Span
    ) -> None:
        began, status = perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_HEADER, id_.encode())]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if status:
                raise
            await self._failed(error)(scope, receive, sending)
        finally:
            path = getattr(scope.get("route"), "path", "none")  # An address may hold what was asked.
            span.update_name(f"{scope['method']} {path}")
            span.set_attributes({"request_id": id_, "http.response.status_code": status})
            self._note(scope, path, status, perf_counter() - began, steps)

    def _note(self, scope: Scope, path: str, status: int, seconds: float, steps: Steps) -> None:
        self._counted.requests.labels(str(status)).inc()
        self._counted.seconds.observe(seconds)
        for step, took in steps.seconds.items():
            self._counted.steps.labels(step).observe(took)
        told = {
            "method": scope["method"],
            "path": path,
            "status": status,
            "caller": scope.get("state", {}).get("caller"),
            "ms": round(seconds * 1000, 1),
            "steps_ms": {step: round(took * 1000, 1) for step, took in steps.seconds.items()},
        }
        if steps.question is not None:
            told["question"] = steps.question
        _log.info("request", extra={"told": told})
