"""An answer's words against the right answer's.

`exact` and `f1` are SQuAD's (Rajpurkar et al. 2016, https://arxiv.org/abs/1606.05250): lower case, no
punctuation, no articles. `strict` and `lenient` judge closed answers inside whole sentences, which is
how Dateline answers.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}‘’“”–—]")
_ARTICLES = frozenset({"a", "an", "the"})
_CITATION = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_POLAR = frozenset({"yes", "no"})
# Function words of English questions, which a rewriting may change without changing what is asked.
_STOP = frozenset(files("eval").joinpath("function_words.txt").read_text(encoding="utf-8").split())


def words(text: str) -> list[str]:
    """A text's words as SQuAD compares them, without citation marks like `[2]`."""
    plain = _PUNCTUATION.sub("", _CITATION.sub("", text).lower())
    return [word for word in plain.split() if word not in _ARTICLES]


def exact(answer: str, right: str) -> bool:
    """SQuAD's exact match."""
    return words(answer) == words(right)


def f1(answer: str, right: str) -> float:
    """SQuAD's F1 over words, 0..1; two empty texts are equal."""
    return _overlap_f1(words(answer), words(right))


def content_f1(text: str, other: str) -> float:
    """F1 over words that carry content, 0..1: how close two wordings of a question are."""
    return _overlap_f1(*([word for word in words(each) if word not in _STOP] for each in (text, other)))


def strict(answer: str, right: str, choices: Sequence[str] = ()) -> bool:
    """Whether an answer says the right thing, unmistakably.

    Yes and no: the answer begins with it. One of several choices: the first that the answer names
    is the right one. Else: the right answer's words stand in the answer, one after the other.
    """
    said, wanted = words(answer), words(right)
    if len(wanted) == 1 and wanted[0] in _POLAR:
        return said[:1] == wanted
    if choices:
        return _first_named(said, choices) == wanted
    return _find(said, wanted) is not None


def lenient(answer: str, right: str) -> bool:
    """Whether at least half of the right answer's words stand in the answer, in any order."""
    said, wanted = set(words(answer)), words(right)
    return bool(wanted) and 2 * sum(word in said for word in wanted) >= len(wanted)


def told(answer: str, right: str, question: str) -> float:
    """Of the words with content that an answer adds to its question, the share that a right answer has, 0..1.

    For long right answers, of which a short answer tells a part: F1 would hold its brevity against it.
    """
    asked = set(words(question))
    added = [word for word in words(answer) if word not in _STOP and word not in asked]
    known = set(words(right))
    return sum(word in known for word in added) / len(added) if added else 0.0


def _overlap_f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    if not said or not wanted:
        return float(said == wanted)
    shared = sum((Counter(said) & Counter(wanted)).values())
    return 2 * shared / (len(said) + len(wanted))


def _first_named(said: Sequence[str], choices: Sequence[str]) -> list[str] | None:
    """The choice named first; of two that begin at the same word, the longer."""
    places = [
        (place, -len(choice), choice)
        for choice in map(words, choices)
        if (place := _find(said, choice)) is not None
    ]
    return min(places)[2] if places else None


def _find(said: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where a run of words begins among others."""
    if not wanted:
        return None
    ends = range(len(said) - len(wanted) + 1)
    return next((at for at in ends if list(said[at : at + len(wanted)]) == list(wanted)), None)
