"""The judge of answers that the settings choose."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.language_models import BaseChatModel

from qa.answer.confidence import Judge
from qa.core.settings import Settings
from qa.models.llm import BUILTIN, tells_probabilities


def open_judge(settings: Settings, model: Callable[[], BaseChatModel]) -> Judge:
    """The judge of answers that `model`, which writes them, makes; by its state where it is built in."""
    if settings.llm == BUILTIN:
        from qa.answer.builtin_judge import BuiltinJudge
        from qa.models.states import States

        return BuiltinJudge(States(settings))
    from qa.answer.chat_judge import ChatJudge

    return ChatJudge(model(), probabilities=tells_probabilities(settings))
