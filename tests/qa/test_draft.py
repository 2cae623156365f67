"""A model's draft: what it refuses, and how sure it was."""

from __future__ import annotations

import math

import pytest
from langchain_core.messages import AIMessageChunk

from qa.draft import Draft, Token, drafted


def token(text: str, probability: float, **others: float) -> Token:
    likeliest = {text: probability, **{word.replace("_", " "): p for word, p in others.items()}}
    return Token(text, math.log(probability), tuple((word, math.log(p)) for word, p in likeliest.items()))


def test_the_probability_of_a_refusal_is_that_of_its_first_words() -> None:
    refusing = Draft("The library", (token("The", 0.5), token(" library", 0.9)))
    answering = Draft("The meeting", (token("The", 0.5), token(" meeting", 0.8, _library=0.1)))
    naming = Draft("Sun", (token("Sun", 0.9),))
    assert refusing.refusal == pytest.approx(0.45)
    assert answering.refusal == pytest.approx(0.05)
    assert naming.refusal == 0


def test_without_log_probabilities_nothing_is_said_of_either() -> None:
    assert (Draft("Sun Weidong.").refusal, Draft("Sun Weidong.").certainty) == (None, None)


def test_certainty_is_the_mean_of_the_tokens() -> None:
    assert Draft("ab", (token("a", 0.25), token("b", 1.0))).certainty == pytest.approx(0.5)


def test_chunks_add_up() -> None:
    logprobs = {"content": [{"token": "Sun", "logprob": -0.1, "top_logprobs": []}]}
    first = drafted(AIMessageChunk("Sun", response_metadata={"logprobs": logprobs}))
    whole = first + drafted(AIMessageChunk(" Weidong"))
    assert (whole.text, len(whole.tokens)) == ("Sun Weidong", 1)


@pytest.mark.parametrize("text", ["", "  ", "The library does not say.", "the library does not say"])
def test_refusals(text: str) -> None:
    assert Draft(text).refuses
