"""A plot is drawn where an answer's figures show a change over time, and nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from test_conversations import CITATION, EXCHANGE

from qa.core.types import Claim, Disagreement, Side
from qa.web.conversations import Exchange
from qa.web.figures import Series, over_time


def side(value: str, day: dt.date, publisher: str = "Desk") -> Side:
    return Side(value, replace(CITATION, published=day, publisher=publisher))


def disputed(*sides: Side) -> Series | None:
    return over_time(replace(EXCHANGE, claims=(), disagreements=(Disagreement("the cost", sides),)))


def said(*texts: str) -> Exchange:
    return replace(EXCHANGE, claims=tuple(Claim(text, "supported", (), (CITATION,)) for text in texts))


def test_figures_of_one_unit_are_set_beside_their_days_in_one_scale() -> None:
    series = disputed(
        side("about 6.7 billion dollars", dt.date(2024, 7, 10)),
        side("9,851 million dollars", dt.date(2022, 10, 31)),
        side("$6.806bn", dt.date(2020, 8, 5)),
    )
    assert series is not None
    assert series.unit == "billion dollars"
    assert [round(point.value, 3) for point in series.points] == [6.806, 9.851, 6.7]
    assert [point.day.year for point in series.points] == [2020, 2022, 2024]


def test_figures_without_a_unit_are_drawn_in_their_scale_alone() -> None:
    series = over_time(
        said("The committee named 6.806 billion in August 2020 and 9.85 billion in October 2022.")
    )
    assert series is not None
    assert series.unit == "billion"


def test_a_sentence_gives_its_own_days_to_its_figures() -> None:
    series = over_time(
        said("It cost 6.806 billion dollars in August 2020 and 9.85 billion dollars in October 2022.")
    )
    assert series is not None
    assert [point.day for point in series.points] == [dt.date(2020, 8, 1), dt.date(2022, 10, 1)]


def test_figures_that_are_not_comparable_make_no_plot() -> None:
    monday, later = dt.date(2024, 1, 1), dt.date(2024, 6, 1)
    assert disputed(side("46 billion dollars", monday), side("293 kilometres", later)) is None
    assert disputed(side("46 billion dollars", monday), side("62 billion dollars", monday)) is None
    assert disputed(side("46 billion dollars", monday), side("46 billion dollars", later)) is None
    assert disputed(side("3 dollars", monday), side("46 billion dollars", later)) is None
    assert disputed(side("Sun Weidong", monday), side("Wu Jianghao", later)) is None


def test_a_figure_told_twice_within_weeks_is_one_point() -> None:
    series = disputed(
        side("6.7 billion dollars", dt.date(2024, 7, 9)),
        side("6.7 billion dollars", dt.date(2024, 7, 20), "Another"),
        side("9.85 billion dollars", dt.date(2022, 10, 31)),
    )
    assert series is not None
    assert len(series.points) == 2


def test_an_unproved_or_computed_sentence_gives_no_point() -> None:
    sentence = "It cost 6 billion dollars in August 2020 and 9 billion dollars in October 2022."
    computed = Claim(sentence, "supported", (), (CITATION,), "9 - 6 = 3")
    unproved = Claim(sentence, "unsupported", (), ())
    assert over_time(replace(EXCHANGE, claims=(computed, unproved))) is None
