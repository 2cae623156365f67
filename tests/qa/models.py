"""A chat model whose words are given, and which agrees when it is asked whether quotes bear them."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import BaseMessage

from qa import prompts

_VERIFIES = prompts.answerable("", ()).messages[0][1]


class Agreeing(FakeListChatModel):
    """Gives its responses in turn, and "yes" to every verification."""

    def _call(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> str:
        return "yes" if messages[0].content == _VERIFIES else str(super()._call(messages, *args, **kwargs))
