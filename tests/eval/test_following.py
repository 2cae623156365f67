"""An answer followed as it comes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from eval.following import follow
from qa.prompts import REFUSAL
from qa.types import Answer, Retrieval, Status, Timings


def events(*words: str, status: Status = "answered") -> Iterator[dict[str, Any]]:
    """A stream in which the model writes some words."""
    yield {"standalone": "Who?"}
    time.sleep(0.002)
    yield {"retrieval": Retrieval("Who?", ())}
    for word in words:
        yield {"text": word}
    yield {"answer": Answer("Who?", "Who?", status, "", (), (), "none", Timings())}


def test_what_the_model_wrote_is_kept_whether_it_was_given_or_withheld() -> None:
    followed = follow(events("Ines", " Torres", " [1]. ", status="not_in_library"))
    assert followed.written == "Ines Torres [1]."
    assert followed.answer.status == "not_in_library"
    assert followed.sources_ms >= 2


def test_a_refusal_withholds_nothing() -> None:
    assert follow(events(REFUSAL, status="not_in_library")).written == ""
    assert follow(events(status="not_in_library")).written == ""
