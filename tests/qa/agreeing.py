"""A chat model whose words are given, and which has nothing against them when it is asked of them."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import BaseMessage

from qa.answer import prompts

_OF_ITS_WORDS = {
    prompts.stated("", "", "").messages[0].content: "yes",
    prompts.pick("", "").messages[0].content: "-",
}


class Agreeing(FakeListChatModel):
    """Gives its responses in turn, "yes" to every verification, and picks no short answer."""

    def _call(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> str:
        said = _OF_ITS_WORDS.get(str(messages[0].content))
        return said or str(super()._call(messages, *args, **kwargs))
