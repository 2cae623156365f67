"""A question's parts: "X, while Y" has two, and so has "according to Dawn and Xinhua".

Each part is searched for by itself, and among the publishers that it names, so that each side of a comparison
has evidence even if the other side has far more. No model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.core.errors import RefusedError
from qa.text.english import patterns, small

_CUT = re.compile(rf"\s*(?:[;?]|,(?!\d)|\b(?:{patterns(__name__)['cuts']})\b)\s*", re.I)
_WORD = re.compile(r"[^\W_]+")
# Words that ask, report or connect. They do not tell what a part is about.
_EMPTY = small("articles", "persons", "pointing", "be", "have", "do", "linking", "relative", "asking") | {
    "been",
    "will",
}
_FEWEST_WORDS = 4  # A part with fewer content words joins the part before it.
_ALIAS = re.compile(r"\s+(?:[|–—-])\s+")  # "CNBC | World Business News Leader" is called "CNBC".


MAX_CHARS = 4_000  # The longest of 9,000 questions of public sets has 956.


def bounded(text: str, most: int = MAX_CHARS, what: str = "question") -> str:
    """A question or statement, stripped.

    Raises:
        RefusedError: it has more than `most` characters; the cost grows with the square of the length.
    """
    text = text.strip()
    if len(text) > most:
        raise RefusedError(
            f"The {what} has {len(text):,} characters, and {most:,} are read at most; shorten it."
        )
    return text


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question, and the publishers that it names."""

    text: str
    publishers: tuple[str, ...] = ()


class Publishers:
    """Recognises a library's publishers in a question."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            for alias in (name, _ALIAS.split(name)[0]):
                self._names.setdefault(alias.casefold(), name)
        longest_first = sorted(self._names, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.I) if alternatives else None

    def named(self, text: str) -> tuple[str, ...]:
        """The publishers that a text names, each once. A name begins with a capital: "wired" is none."""
        if self._pattern is None:
            return ()
        found = (match[0] for match in self._pattern.finditer(text) if not match[0][0].islower())
        return tuple(dict.fromkeys(self._names[name.casefold()] for name in found))

    def removed(self, text: str) -> str:
        """A text without the publishers that it names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: match[0] if match[0][0].islower() else "", text)


def without_publishers(question: str, publishers: Iterable[str | None]) -> str:
    """A question without its publishers: "the TechCrunch report" becomes "the report"."""
    return Publishers(name for name in publishers if name).removed(question)


def parts(question: str, publishers: Publishers) -> tuple[Part, ...]:
    """The parts of a question; none if it has only one.

    A part that names no publisher has all publishers that the question names.
    """
    texts = list(_joined(_CUT.split(question)))
    if len(texts) < 2:
        return ()
    named = publishers.named(question)
    return tuple(Part(text, publishers.named(text) or named) for text in texts)


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces with enough content words; shorter ones are joined to their neighbours."""
    whole = ""
    for piece in filter(None, map(str.strip, pieces)):
        if whole and _telling(whole) >= _FEWEST_WORDS and _telling(piece) >= _FEWEST_WORDS:
            yield whole
            whole = piece
        else:
            whole = f"{whole}, {piece}" if whole else piece
    if whole:
        yield whole


def _telling(text: str) -> int:
    return sum(word not in _EMPTY for word in _WORD.findall(text.lower()))
