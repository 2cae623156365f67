"""What the language model wrote, before it is proved."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answer.prompts import REFUSAL


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's answer. Drafts can be added, as a stream's chunks are; `prompts` names the prompts."""

    text: str = ""
    prompts: tuple[str, ...] = ()

    def __add__(self, other: Draft) -> Draft:
        return Draft(self.text + other.text, self.prompts + other.prompts)

    @property
    def refuses(self) -> bool:
        """Whether it is empty or says that the sources don't tell."""
        return not self.text.strip() or REFUSAL.rstrip(".").lower() in self.text.lower()
