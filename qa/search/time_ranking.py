"""Uses a question's time in the scores of a search: some passages are left out, some rank higher."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from qa.core.types import Day, Filters, Timeframe
from qa.search.timeframe import admits, overlap, within

# Relevance is 0..1. On TimeQA (256 questions over 3,379 passages) any weight from 0.5 to 1.0 raised R@1 from
# 0.19 to between 0.36 and 0.40, and R@5 from 0.54 to between 0.69 and 0.72.
TIME_WEIGHT = 0.7
# "Before 2020" is true of too many passages to count as much.
OPEN_WEIGHT = 0.2
# "Latest" orders relevant passages by date: those with this share of the best score. On the sample library
# 0.5 let in articles that shared only "cost" with the question.
_RELEVANT = 0.6


class Timed(NamedTuple):
    """Scores by passage id, and whether any of these passages is from the time asked about."""

    scores: dict[str, float]
    found: bool


def narrowed(filters: Filters, timeframe: Timeframe) -> Filters:
    """The filters with what an index can apply of a timeframe; `score_by_time` applies the rest."""
    if timeframe.on == "mentioned":
        return filters
    until = timeframe.until if timeframe.since is None else None
    return replace(
        filters,
        since=max(filter(None, (filters.since, timeframe.since)), default=None),
        until=min(filter(None, (filters.until, until)), default=None),
    )


def score_by_time(
    scores: Mapping[str, float],
    times: Mapping[str, tuple[dt.date | None, tuple[Day, ...]]],
    timeframe: Timeframe,
) -> Timed:
    """The scores, 0 to 1, changed by the question's time; passages that it excludes have none.

    Args:
        scores: relevance by passage id, 0 to 1.
        times: by passage id, when its article was published and the days that the passage mentions;
            a passage that is missing was removed from the library meanwhile.
        timeframe: what the question asks about.
    """
    timed: dict[str, float] = {}
    found = timeframe.since is None and timeframe.until is None
    weight = _weight(timeframe)
    for id_, (published, days) in times.items():
        if not admits(timeframe, published, days):
            continue
        found = found or within(timeframe, published, days)
        timed[id_] = (scores[id_] + weight * overlap(timeframe, published, days)) / (1 + weight)
    if timeframe.latest:
        timed = _newest_first(timed, {id_: times[id_][0] for id_ in timed})
    return Timed(timed, found)


def _weight(timeframe: Timeframe) -> float:
    if timeframe.since is not None and timeframe.until is not None:
        return TIME_WEIGHT
    return OPEN_WEIGHT if timeframe.on == "mentioned" else 0.0  # "Since March" only excludes.


def _newest_first(scores: Mapping[str, float], dates: Mapping[str, dt.date | None]) -> dict[str, float]:
    """Relevant passages by date, those without a date last; then the others by score."""
    floor = _RELEVANT * max(scores.values(), default=0.0)
    relevant = sorted(
        (id_ for id_ in scores if scores[id_] >= floor),
        key=lambda id_: (dates[id_] or dt.date.min, scores[id_]),
    )
    steps = {id_: step / len(relevant) for step, id_ in enumerate(relevant, start=1)}
    return {id_: (1 + steps[id_]) / 2 if id_ in steps else score / 2 for id_, score in scores.items()}
