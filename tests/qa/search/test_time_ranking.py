"""What a question's time does to a search's scores."""

from __future__ import annotations

import datetime as dt

from qa.core.types import Day, Filters, Timeframe
from qa.dates.find import find_days
from qa.search.time_ranking import Timed, narrowed, score_by_time

JULY = Timeframe("in July 2022", dt.date(2022, 7, 1), dt.date(2022, 7, 31))
SINCE_2023 = Timeframe("since 2023", since=dt.date(2023, 1, 1), on="published")
LATEST = Timeframe("latest", latest=True)

TEXTS = {
    "old": ("The second meeting was held in Urumqi.", dt.date(2020, 12, 28)),
    "told": ("The third meeting took place on 21 July 2022.", dt.date(2024, 1, 21)),
    "new": ("The fourth meeting was held on Sunday.", dt.date(2024, 1, 22)),
}
TIMES = {id_: (published, find_days(text, published)) for id_, (text, published) in TEXTS.items()}


def times(scores: dict[str, float]) -> dict[str, tuple[dt.date, tuple[Day, ...]]]:
    return {id_: TIMES[id_] for id_ in scores if id_ in TIMES}


def best(scores: dict[str, float], timeframe: Timeframe) -> list[str]:
    timed = score_by_time(scores, times(scores), timeframe).scores
    assert all(0 <= score <= 1 for score in timed.values())
    return sorted(timed, key=lambda id_: -timed[id_])


def test_a_passage_that_mentions_the_time_comes_forward() -> None:
    assert best({"old": 0.9, "told": 0.6, "new": 0.8}, JULY)[0] == "told"


def test_what_was_published_at_another_time_is_left_out() -> None:
    assert best({"old": 1.0, "told": 0.6, "new": 0.8}, SINCE_2023) == ["new", "told"]


def test_latest_goes_by_date_among_the_relevant() -> None:
    assert best({"old": 1.0, "told": 0.7, "new": 0.8}, LATEST) == ["new", "told", "old"]
    assert best({"old": 1.0, "told": 0.7, "new": 0.2}, LATEST) == ["told", "old", "new"]


def test_a_time_that_nothing_is_from_is_told() -> None:
    assert score_by_time({"old": 1.0}, times({"old": 1.0}), JULY).found is False
    assert score_by_time({"old": 1.0}, times({"old": 1.0}), SINCE_2023) == Timed({}, False)
    assert score_by_time({"gone": 1.0}, {}, LATEST).scores == {}


def test_only_intervals_of_publication_narrow_the_filters() -> None:
    mine = Filters(since=dt.date(2023, 6, 1))
    assert narrowed(mine, JULY) == mine
    assert narrowed(mine, SINCE_2023) == mine
    assert narrowed(Filters(), SINCE_2023).since == dt.date(2023, 1, 1)
