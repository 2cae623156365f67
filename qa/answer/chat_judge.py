"""A chat model as the judge of answers: it is asked for yes or no."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from qa.answer import prompts
from qa.answer.confidence import Reply
from qa.models.likelihood import likelihoods

# The probabilities for a reply if the server gives none.
_YES, _NO = 0.9, 0.1


class ChatJudge:
    """Judges answers by a chat model's yes or no, or by its probability."""

    def __init__(self, model: BaseChatModel, *, probabilities: bool) -> None:
        """Args:
        model: at temperature 0.
        probabilities: whether its server gives log-probabilities.
        """
        self._model = model
        self._probabilities = probabilities

    def probability(self, reply: Reply) -> float:
        """The probability, 0..1, that the text gives this answer to this very question."""
        messages = list(prompts.stated(reply.question, reply.answer, reply.text).messages)
        if self._probabilities:
            yes, no = likelihoods(self._model, messages, ("yes", "no"))
            return yes / (yes + no)
        said = str(self._model.invoke(messages).text).strip().lower()
        return _YES if said.startswith("yes") else _NO
