"""Hits that say the same become one, and a question for a summary gets hits from many documents.

The same story from several outlets becomes one hit, and so do neighbours in a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from qa.core.types import Hit, Passage
from qa.text.english import patterns
from qa.text.terms import terms

_SAME_SHARE = 0.7  # The share of the shorter passage's words that the other has.
SUMMARY = re.compile(rf"\b(?:{patterns(__name__)['summary']})\b", re.I)
# For a summary: factors of a hit's score for each earlier hit of the same story, and of the same month.
_STORY_AGAIN = 0.6
_MONTH_AGAIN = 0.9


def distinct(hits: Iterable[Hit], k: int) -> tuple[Hit, ...]:
    """The best k hits, the same story folded into its best hit and neighbours joined.

    Args:
        hits: best first, more than k so that others can move up.
    """
    kept: list[Hit] = []
    for hit in hits:
        if len(kept) == k and not any(_touch(each, hit) for each in kept):
            continue
        for at, earlier in enumerate(kept):
            if _same_story(earlier, hit):
                kept[at] = replace(earlier, also_in=(*earlier.also_in, hit.article))
                break
            if _touch(earlier, hit):
                kept[at] = replace(earlier, passage=_join(earlier, hit))
                break
        else:
            kept.append(hit)
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1))


def broad(hits: Iterable[Hit], k: int) -> tuple[Hit, ...]:
    """k hits for a summary: the best of many stories and months.

    Args:
        hits: best first, several times k, without repetitions.
    """
    left, kept = list(hits), list[Hit]()
    told, dated = Counter[str](), Counter[str]()
    while left and len(kept) < k:
        best = max(left, key=lambda hit: _fresh(hit, told, dated))
        left.remove(best)
        kept.append(replace(best, rank=len(kept) + 1))
        told[best.article.story] += 1
        dated[_month(best)] += 1
    return tuple(kept)


def _fresh(hit: Hit, told: Counter[str], dated: Counter[str]) -> float:
    """A hit's score, lowered for each earlier hit of its story and month."""
    return hit.score * _STORY_AGAIN ** told[hit.article.story] * _MONTH_AGAIN ** dated[_month(hit)]


def _month(hit: Hit) -> str:
    return f"{hit.article.published:%Y-%m}" if hit.article.published else hit.article.id


def _same_story(one: Hit, other: Hit) -> bool:
    """Whether two hits are passages of the same story with the same words."""
    if one.article.story != other.article.story or one.article.id == other.article.id:
        return False
    words, others = (set(terms(hit.passage.text, hit.article.language)) for hit in (one, other))
    return len(words & others) >= _SAME_SHARE * min(len(words), len(others))


def _touch(one: Hit, other: Hit) -> bool:
    """Whether two passages are neighbours in a paragraph."""
    first, second = sorted((one.passage, other.passage), key=lambda passage: passage.start)
    return (
        first.article_id == second.article_id
        and first.paragraph == second.paragraph
        and not one.article.body[first.end : second.start].strip()
    )


def _join(one: Hit, other: Hit) -> Passage:
    start = min(one.passage.start, other.passage.start)
    end = max(one.passage.end, other.passage.end)
    return replace(one.passage, start=start, end=end, text=one.article.body[start:end])
