"""How long a request's steps take, heard from LangChain's own hooks: for the log, and as spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.tracers.context import register_configure_hook
from opentelemetry import trace

if TYPE_CHECKING:
    from uuid import UUID

_QUESTION = "question"
_ITS_OWN = "Runnable"  # LangChain's names for what merely joins steps begin so.


class _Step(NamedTuple):
    name: str
    began: float
    span: trace.Span


class Steps(BaseCallbackHandler):
    """The steps of one request, as LangChain tells of them.

    seconds: how long each took, by its name.
    question: what was asked, where that may be told.
    """

    def __init__(self, tracer: trace.Tracer, root: trace.Span, *, with_text: bool) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.question: str | None = None
        self._tracer, self._root, self._with_text = tracer, root, with_text
        self._running: dict[UUID, _Step] = {}

    def on_chain_start(
        self, serialized: Any, inputs: Any, *, run_id: UUID, parent_run_id: UUID | None = None, **more: Any
    ) -> None:
        self._begin(run_id, parent_run_id, str(more.get("name") or "chain"))

    def on_chat_model_start(
        self, serialized: Any, messages: Any, *, run_id: UUID, parent_run_id: UUID | None = None, **more: Any
    ) -> None:
        self._begin(run_id, parent_run_id, "model")

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **more: Any) -> None:
        asked = outputs.get(_QUESTION) if isinstance(outputs, dict) else None
        if self._with_text and asked:
            self.question = str(asked)
            self._root.set_attribute(_QUESTION, self.question)
        self._end(run_id)

    def on_llm_end(self, response: Any, *, run_id: UUID, **more: Any) -> None:
        self._end(run_id)

    def on_chain_error(self, error: BaseException, *, run_id: UUID, **more: Any) -> None:
        self._end(run_id, error)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **more: Any) -> None:
        self._end(run_id, error)

    def end(self) -> None:
        """Ends what goes on yet: a stream that its reader left ends without a word."""
        for run in list(self._running):
            self._end(run)

    def _begin(self, run: UUID, parent: UUID | None, name: str) -> None:
        above = self._running.get(parent) if parent else None
        context = trace.set_span_in_context(above.span if above else self._root)
        self._running[run] = _Step(name, perf_counter(), self._tracer.start_span(name, context))

    def _end(self, run: UUID, error: BaseException | None = None) -> None:
        step = self._running.pop(run, None)
        if step is None:
            return
        if not step.name.startswith(_ITS_OWN):
            self.seconds[step.name] += perf_counter() - step.began
        if error is not None:
            step.span.set_status(
                trace.StatusCode.ERROR, type(error).__name__
            )  # Its words may be a document's.
        step.span.end()


_heard: ContextVar[Steps | None] = ContextVar("dateline_steps", default=None)
register_configure_hook(_heard, inheritable=True)


@contextmanager
def heard(tracer: trace.Tracer, name: str, *, with_text: bool) -> Iterator[tuple[Steps, trace.Span]]:
    """Hears the steps of what runs within, in whatever thread. Gives them, and the span above them."""
    with tracer.start_as_current_span(name, record_exception=False) as root:
        steps = Steps(tracer, root, with_text=with_text)
        before = _heard.set(steps)
        try:
            yield steps, root
        finally:
            _heard.reset(before)
            steps.end()


def tracer(url: str | None) -> trace.Tracer:
    """What makes spans: for the collector at an address (OTLP over gRPC), or for nobody."""
    if url is None:
        return trace.NoOpTracer()
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "dateline"}))
    exporter = OTLPSpanExporter(endpoint=url, insecure=url.startswith("http://"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider.get_tracer("dateline")
