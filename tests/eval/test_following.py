"""An answer followed as it comes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from eval.following import follow
from qa.core.types import Answer, Retrieval, Timings

ANSWER = Answer("Who?", "Who?", "answered", "Ines Torres [1].", (), (), "none", Timings())


def events() -> Iterator[dict[str, Any]]:
    """A stream that takes a moment to find its sources, and another to answer."""
    yield {"standalone": "Who?"}
    time.sleep(0.005)
    yield {"retrieval": Retrieval("Who?", ())}
    time.sleep(0.05)
    yield {"text": "Ines Torres"}
    yield {"answer": ANSWER}


def test_sources_are_timed_from_the_question_to_the_first_of_them() -> None:
    began = time.perf_counter()
    followed = follow(events())
    whole_ms = (time.perf_counter() - began) * 1_000
    assert followed.answer is ANSWER
    assert 5 <= followed.sources_ms <= whole_ms - 50


def test_an_answer_without_a_search_has_no_such_time() -> None:
    assert follow(iter([{"answer": ANSWER}])).sources_ms == 0
