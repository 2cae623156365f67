"""What a question takes for granted."""

from __future__ import annotations

import pytest

from qa.verify.premise import premise


@pytest.mark.parametrize(
    ("question", "presumed"),
    [
        ("Why was the fourth meeting held in Beijing?", "was the fourth meeting held in Beijing"),
        ("Why did Imran Khan open the expressway in 2022?", "did Imran Khan open the expressway in 2022"),
        ("How did the plant pass its test?", "did the plant pass its test"),
        ("Why didn't India object?", "didn't India object"),
        ("How come the line got cheaper?", "the line got cheaper"),
        ("How many people came?", None),
        ("How long is the runway?", None),
        ("How similar was the second treaty to the first?", None),
        ("Who opened the expressway?", None),
    ],
)
def test_why_and_how_presume(question: str, presumed: str | None) -> None:
    assert premise(question) == presumed
