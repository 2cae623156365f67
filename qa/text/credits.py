"""Lines that say where a text comes from ("Facts from: ..."). They are no news, though full of names."""

from __future__ import annotations

import re

CREDIT = re.compile(
    r"\(?(?:facts from\b|sources?\s?:|(?:(?:additional )?reporting|editing|written) by\b"
    r"|photo(?:graph)?s?\s?(?:by\b|:))",
    re.IGNORECASE,
)
"""How the line of a credit begins."""

CREDIT_WORDS = ("facts from", "source", "reporting by", "editing by", "written by", "photo", "photograph")
"""Each credit has one of these, so the passages that may hold a credit are found by them."""


def in_credit(text: str, offset: int) -> bool:
    """Whether the line of a text that holds a character offset is a credit."""
    return bool(CREDIT.match(text, text.rfind("\n", 0, offset) + 1))


def without_credits(text: str) -> str:
    """A text without the lines that are credits."""
    return "\n".join(line for line in text.split("\n") if not CREDIT.match(line)).strip()
