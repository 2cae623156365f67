"""How likely each of some words is as a chat model's reply, by its log-probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

_LIKELIEST = 20  # tokens whose log-probabilities are asked for: as many as OpenAI's interface gives
_TINY = 1e-6


def likelihoods(model: BaseChatModel, messages: Sequence[BaseMessage], words: Sequence[str]) -> list[float]:
    """How likely, 0..1, each of some words is as the first token of the reply, whatever its case.

    A word that is not among the likeliest tokens has a millionth. If the server gives no log-probabilities,
    the word of the reply has 1.

    Args:
        model: at temperature 0, of a server that gives log-probabilities.
        messages: what it is asked.
        words: in lower case, each one token.
    """
    asking = model.bind(logprobs=True, top_logprobs=_LIKELIEST, max_tokens=1)
    reply = asking.invoke(list(messages))
    given: Mapping[str, Any] = reply.response_metadata.get("logprobs") or {}
    if not given.get("content"):
        said = str(reply.text).strip().lower()
        return [1.0 if said.startswith(word) else _TINY for word in words]
    found = dict.fromkeys(words, _TINY)
    for each in given["content"][0]["top_logprobs"]:
        word = each["token"].strip().lower()
        if word in found:
            found[word] += exp(each["logprob"])
    return list(found.values())
