"""A model's draft, and when it refuses."""

from __future__ import annotations

import pytest

from qa.answer.draft import Draft


def test_chunks_add_up() -> None:
    whole = Draft(prompts=("answer-2",)) + Draft("Sun") + Draft(" Weidong")
    assert (whole.text, whole.prompts) == ("Sun Weidong", ("answer-2",))


@pytest.mark.parametrize("text", ["", "  ", "The library does not say.", "the library does not say"])
def test_refusals(text: str) -> None:
    assert Draft(text).refuses
