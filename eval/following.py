"""An answer followed while it comes into being: what a reader would see, and when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qa.prompts import REFUSAL
from qa.types import Answer


@dataclass(frozen=True, slots=True)
class Followed:
    """An answer; `written` is what the model wrote before it was checked, "" if that was a refusal.

    `sources_ms` is from the question to the first sources on the screen, 0 if none came.
    """

    answer: Answer
    written: str
    sources_ms: float


def follow(events: Iterator[dict[str, Any]]) -> Followed:
    """The answer at the end of an assistant's stream, with what came before it."""
    began = time.perf_counter()
    sources_ms, words = 0.0, []
    answer: Answer | None = None
    for event in events:
        if "retrieval" in event and not sources_ms:
            sources_ms = (time.perf_counter() - began) * 1_000
        words.append(str(event.get("text", "")))
        answer = event.get("answer", answer)
    assert answer is not None, "a stream ends with its answer"
    written = "".join(words).strip()
    return Followed(answer, "" if REFUSAL.rstrip(".") in written else written, sources_ms)
