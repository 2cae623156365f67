"""An answer followed while it comes into being: what a reader would see, and when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qa.core.types import Answer


@dataclass(frozen=True, slots=True)
class Followed:
    """An answer, and the milliseconds until its first sources were on the screen, 0 if none came."""

    answer: Answer
    sources_ms: float


def follow(events: Iterator[dict[str, Any]]) -> Followed:
    """The answer at the end of an assistant's stream, with what came before it."""
    began = time.perf_counter()
    sources_ms = 0.0
    answer: Answer | None = None
    for event in events:
        if "retrieval" in event and not sources_ms:
            sources_ms = (time.perf_counter() - began) * 1_000
        answer = event.get("answer", answer)
    assert answer is not None, "a stream ends with its answer"
    return Followed(answer, sources_ms)
