"""How likely each token of a given reply is to the built-in model.

llama.cpp's server tells the probabilities only of what it writes. So a grammar leaves it no choice: it writes
the reply's own tokens, and tells with what probability it would have.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from qa.core.settings import Settings
from qa.models import builtin
from qa.models.llm import chat_model
from qa.models.probe import inert

_MOST_TOKENS = 128  # of a reply; the rest is left out


class Surprisal:
    """Tells the log-probabilities of replies. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        import httpx

        self._settings = settings
        # No proxy for loopback.
        self._client = httpx.Client(timeout=settings.llm_timeout_s, trust_env=False)

    def log_probabilities(self, messages: Sequence[BaseMessage], reply: str) -> list[float]:
        """The natural logarithm of each token's probability, if the reply to some messages is this one."""
        tokens = self._tokens(reply)[:_MOST_TOKENS]
        grammar = "root ::= " + " ".join(f"<[{token}]>" for token in tokens)
        forced = self._model.bind(logprobs=True, max_tokens=len(tokens), extra_body={"grammar": grammar})
        written = forced.invoke(list(messages)).response_metadata["logprobs"]["content"]
        return [each["logprob"] for each in written[: len(tokens)]]

    @cached_property
    def _model(self) -> BaseChatModel:
        return chat_model(self._settings)

    def _tokens(self, text: str) -> list[int]:
        endpoint = builtin.start(self._settings)
        reply = self._client.post(
            f"{endpoint.url.removesuffix('/v1')}/tokenize",
            json={"content": inert(text, len(text))},
            headers={"Authorization": f"Bearer {endpoint.key}"},
        )
        reply.raise_for_status()
        tokens: list[int] = reply.json()["tokens"]
        return tokens
