"""What the language model wrote, word by word, and how sure it was of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

from langchain_core.messages import AIMessageChunk

from qa.prompts import REFUSAL


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an answer: its log-probability, and those of the likeliest tokens in its place."""

    text: str
    logprob: float
    likeliest: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's answer before it is held to proof. Drafts add up, as a stream's chunks do.

    `tokens` is empty where the server gives no log-probabilities; `prompts` names what was asked with.
    """

    text: str = ""
    tokens: tuple[Token, ...] = ()
    prompts: tuple[str, ...] = ()

    def __add__(self, other: Draft) -> Draft:
        return Draft(self.text + other.text, self.tokens + other.tokens, self.prompts + other.prompts)

    @property
    def refuses(self) -> bool:
        """Whether it says that the sources don't tell, or nothing at all."""
        return not self.text.strip() or REFUSAL.rstrip(".").lower() in self.text.lower()

    @property
    def certainty(self) -> float | None:
        """The geometric mean of its tokens' probabilities, 0..1; None where they aren't known."""
        if not self.tokens:
            return None
        return exp(sum(token.logprob for token in self.tokens) / len(self.tokens))

    @property
    def refusal(self) -> float | None:
        """The probability, 0..1, with which the model would have begun a refusal; None if not known."""
        if not self.tokens:
            return None
        probability, rest = 1.0, REFUSAL
        for token in self.tokens:
            if not rest.startswith(token.text):
                wanted = (logprob for text, logprob in token.likeliest if text and rest.startswith(text))
                return probability * exp(max(wanted, default=float("-inf")))
            probability *= exp(token.logprob)
            rest = rest[len(token.text) :]
            if not rest:
                break
        return probability


def drafted(chunk: AIMessageChunk) -> Draft:
    """A chunk of a streamed answer, with the log-probabilities that came with it (OpenAI's format)."""
    logprobs: Mapping[str, Any] = chunk.response_metadata.get("logprobs") or {}
    return Draft(str(chunk.text), tuple(_token(each) for each in logprobs.get("content") or ()))


def _token(given: Mapping[str, Any]) -> Token:
    likeliest = tuple((each["token"], each["logprob"]) for each in given.get("top_logprobs") or ())
    return Token(given["token"], given["logprob"], likeliest)
