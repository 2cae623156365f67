"""An answer before the decision whether to give it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.core.types import Claim, Step


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that could be given; without claims there is none.

    `brief` is the answer in its fewest words; `confidence` how probable it is, 0..1, that it is right (see
    `qa.answer.confidence`); `steps` are the parts of a question that was answered part by part; `prompts`
    names the prompts.
    """

    claims: tuple[Claim, ...] = ()
    brief: str = ""
    confidence: float = 0.0
    steps: tuple[Step, ...] = ()
    prompts: tuple[str, ...] = ()

    def reaches(self, caution: float) -> bool:
        """Whether there is an answer, and it is as sure as it must be to be given."""
        return bool(self.claims) and self.confidence >= caution
