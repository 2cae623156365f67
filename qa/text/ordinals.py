"""Which one of its kind a sentence speaks of: the third meeting, or the fourth.

"The meeting, co-chaired by..." is the one last named before it: were that the fourth, it says
nothing of the third, however many words the two have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.core.types import Article
from qa.text.facts import PHASE, PHASE_CHARS, numbers
from qa.text.sentences import spans_of_body
from qa.text.stems import content

_AND_NEXT = re.compile(r"\s*(?:,|and|or|,\s*and)\s+(?:the\s+)?\w+")
_TOGETHER = re.compile(r"\W*(?:and|or|to|the|,|\s)*\W*", re.IGNORECASE)
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)
_OF = re.compile(r"\sof\b")
_LOOKS_BACK = re.compile(r"(?:It|Its|This|These|That|Those|They|Their|He|She)\b")
_KIND_CHARS = 80


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One of a numbered kind: 3 and the stem of "meeting" for "the third meeting".

    `heads` are the stems that may name the kind: the last of a capitalised run ("the 3rd
    Think Tanks Forum"), any of a plain one ("the third think-tank forum").
    """

    value: int
    heads: frozenset[str]
    text: str
    start: int
    end: int

    def same_kind(self, other: Ordinal) -> bool:
        return bool(self.heads & other.heads)


@lru_cache(maxsize=8_192)
def ordinals(text: str) -> tuple[Ordinal, ...]:
    """What a text numbers: "the 2nd and the 3rd forum" gives two of one kind."""
    found: list[Ordinal] = []
    for number in reversed(numbers(text)):
        if not number.ordinal:
            continue
        phase = PHASE.search(text, max(0, number.start - PHASE_CHARS), number.start)
        if phase:
            words = text[phase.start() : number.end]
            found.append(Ordinal(int(number.value), content(phase[1]), words, phase.start(), number.end))
            continue
        run = _kind(text[number.end : number.end + _KIND_CHARS])
        # "The 2nd and the 3rd forum": the first shares the kind of the one that follows.
        shared = found[-1].heads if found and _AND_NEXT.match(text, number.end) else frozenset[str]()
        words = " ".join([number.text, *run])
        found.append(Ordinal(int(number.value), _heads(run) or shared, words, number.start, number.end))
    return tuple(ordinal for ordinal in _inherited(text, found[::-1]) if ordinal.heads)


def _inherited(text: str, found: Sequence[Ordinal]) -> Iterator[Ordinal]:
    """Gives "the third was held in Muscat" the kind of the one numbered before it."""
    heads = frozenset[str]()
    for ordinal in found:
        the = _THE.search(text, max(0, ordinal.start - 5), ordinal.start)
        if not ordinal.heads and the and not _OF.match(text, ordinal.end):
            ordinal = replace(ordinal, heads=heads)
        heads = ordinal.heads or heads
        yield ordinal


def spoken_of(
    article: Article, wanted: Ordinal, sentence: tuple[int, int], position: int
) -> frozenset[int] | None:
    """Which of a kind an article speaks of at a place; None when it numbers none of the kind.

    Args:
        wanted: of which kind.
        sentence: the offsets of the sentence that holds the place.
        position: the offset of the place within the sentence.

    Returns:
        The numbers last named before the place, else first named after it in the sentence. Where
        the sentence says just "the meeting", the last named before it; where it names none of
        the kind, what the article is about: the first named in its headline or text.
    """
    text = article.body[slice(*sentence)]
    groups = _groups(text, wanted) or _carried_over(article.body, sentence, wanted)
    before = [group for group in groups if group[0].start <= position]
    if groups:
        return _values(before[-1] if before else groups[0])
    if wanted.heads & content(text) or _LOOKS_BACK.match(text):
        for start, end in reversed(spans_of_body(article.body)):
            if start >= sentence[0]:
                continue
            inside = (start, end)
            if groups := _groups(article.body[start:end], wanted) or _carried_over(
                article.body, inside, wanted
            ):
                return _values(groups[-1])
    subject = _groups(f"{article.title}\n{article.body}", wanted)
    return _values(subject[0]) if subject else None


def _carried_over(body: str, sentence: tuple[int, int], wanted: Ordinal) -> list[list[Ordinal]]:
    """What a sentence numbers of a kind that the one before it names: "The second, from Multan, is ..."."""
    before = [span for span in spans_of_body(body) if span[1] <= sentence[0]][-1:]
    start = before[0][0] if before else sentence[0]
    groups = _groups(body[start : sentence[1]], wanted)
    within = [[each for each in group if each.start >= sentence[0] - start] for group in groups]
    moved = [[replace(each, start=each.start - (sentence[0] - start)) for each in group] for group in within]
    return [group for group in moved if group]


def _groups(text: str, wanted: Ordinal) -> list[list[Ordinal]]:
    """The ordinals of a kind in a text, those that are named in one breath together."""
    groups: list[list[Ordinal]] = []
    for ordinal in ordinals(text):
        if not ordinal.same_kind(wanted):
            continue
        if groups and _TOGETHER.fullmatch(text[groups[-1][-1].end : ordinal.start]):
            groups[-1].append(ordinal)
        else:
            groups.append([ordinal])
    return groups


def _values(group: Sequence[Ordinal]) -> frozenset[int]:
    return frozenset(ordinal.value for ordinal in group)


def _kind(following: str) -> list[str]:
    """The words that name the kind after an ordinal, up to the first that doesn't."""
    run: list[str] = []
    for match in re.finditer(r"(\s|-)?([^\W_][\w’']*)|.", following):
        word = match[2]
        if word is None or not content(word) or (run and run[0][0].isupper() and word[0].islower()):
            break
        run.append(word)
    return run


def _heads(run: Sequence[str]) -> frozenset[str]:
    if not run:
        return frozenset()
    return content(run[-1] if run[0][0].isupper() else " ".join(run[:3]))
