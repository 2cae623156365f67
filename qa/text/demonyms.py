"""Whether a word names the people of a place: China and Chinese, Pakistan and Pakistani."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

_ENDINGS = ("", "n", "an", "ian", "i", "ese", "ish", "s", "ns", "ans", "ians", "is")
_SHORTEST_ROOT_CHARS = 4
# Demonyms that are not made with an ending: the place, then its people.
_IRREGULAR = {
    frozenset(pair.split("/"))
    for pair in files("qa.text").joinpath("demonyms.txt").read_text(encoding="utf-8").split()
}


@lru_cache(maxsize=65_536)
def same_people(word: str, other: str) -> bool:
    """Whether two folded words are the same, or one is the other's demonym."""
    return word == other or is_demonym(word, other) or is_demonym(other, word)


@lru_cache(maxsize=65_536)
def is_demonym(place: str, people: str) -> bool:
    """Whether `people` is what those of `place` are called, or the same word in the plural."""
    if frozenset((place, people)) in _IRREGULAR:
        return True
    root = place.rstrip("aeo")
    if len(root) < _SHORTEST_ROOT_CHARS or not people.startswith(root):
        return False
    ending = people[len(root) :]
    return ending in _ENDINGS or ending.lstrip("aeo") in _ENDINGS
