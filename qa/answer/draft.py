"""What the language model wrote, before it is held to proof."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answer.prompts import REFUSAL


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's answer. Drafts add up, as a stream's chunks do; `prompts` names what was asked with."""

    text: str = ""
    prompts: tuple[str, ...] = ()

    def __add__(self, other: Draft) -> Draft:
        return Draft(self.text + other.text, self.prompts + other.prompts)

    @property
    def refuses(self) -> bool:
        """Whether it says that the sources don't tell, or nothing at all."""
        return not self.text.strip() or REFUSAL.rstrip(".").lower() in self.text.lower()
