"""Dateline and the plain chain at one question after the other, each in a process of its own.

The parent asks both the same question in turn, so that what else the machine does falls on both. Each
has a language model of its own, so that neither finds its prompt's beginning pushed out of the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

from eval.contestants import PIECES, own_peak_bytes, plain_store
from qa.core.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType

Event = tuple[str, str]
"""What became visible, `sources`, `word` or `whole`, and of the whole answer its text."""
Ask = Callable[[str], Iterator[Event]]

_STUFFED = "Answer the question from the context.\n\nContext:\n{context}\n\nQuestion: {question}\nAnswer:"
_WARMING = "What was reported last?"


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: milliseconds to each event, tokens of all calls of the model, the answer's text."""

    figures: dict[str, float]
    text: str


class Contestant:
    """`dateline` or `plain`, in a process of its own, opened and warm."""

    def __init__(self, name: str, settings: Settings) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self._pool.submit(_open, name, settings).result()

    def ask(self, question: str) -> Measured:
        return self._pool.submit(_measured, question).result()

    def peak_bytes(self) -> int:
        """The most memory that the process held."""
        return self._pool.submit(own_peak_bytes).result()

    def __enter__(self) -> Contestant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._pool.shutdown()


_asks: dict[str, Ask] = {}  # In the contestant's process: the one that was opened there.


def _open(name: str, settings: Settings) -> None:
    _asks["it"] = {"dateline": _dateline, "plain": _plain}[name](settings)
    _measured(_WARMING)  # The first question starts the model and reads the indexes.


def _measured(question: str) -> Measured:
    from langchain_core.callbacks import get_usage_metadata_callback

    marks: dict[str, float] = {}
    text = ""
    with get_usage_metadata_callback() as usage:
        began = time.perf_counter()
        for name, said in _asks["it"](question):
            marks.setdefault(f"{name}_ms", (time.perf_counter() - began) * 1_000)
            text = said
    calls = usage.usage_metadata.values()
    tokens = {
        "input_tokens": float(sum(call["input_tokens"] for call in calls)),
        "output_tokens": float(sum(call["output_tokens"] for call in calls)),
    }
    return Measured(marks | (tokens if calls else {}), text)


def _dateline(settings: Settings) -> Ask:
    from qa.answer.assistant import Assistant

    assistant = Assistant.open(settings)
    assistant.warm()

    def ask(question: str) -> Iterator[Event]:
        for event in assistant.stream(question):
            if "retrieval" in event:
                yield "sources", ""
            elif "text" in event:
                yield "word", ""
            elif "answer" in event:
                yield "whole", event["answer"].text

    return ask


def _plain(settings: Settings) -> Ask:
    from qa.models.llm import chat_model

    store, model = plain_store(settings), chat_model(settings)

    def ask(question: str) -> Iterator[Event]:
        found = store.similarity_search(question, k=PIECES)
        yield "sources", ""
        context = "\n\n".join(document.page_content for document in found)
        said = ""
        for chunk in model.stream(_STUFFED.format(context=context, question=question)):
            if chunk.text:
                said += chunk.text
                yield "word", ""
        yield "whole", said

    return ask
