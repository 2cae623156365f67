"""Comparisons: read from the question, answered from the values of both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answer.comparison import Comparison, compare, parse
from qa.search.sentence_ranking import Candidate
from qa.text.sentences import spans_of_body
from tests.qa.briefs import PLANT


def said(title: str, *sentences: str) -> list[Candidate]:
    article = replace(PLANT, id=title, title=title, body=" ".join(sentences))
    return [
        Candidate(article, index, span, 1.0, 1.0, 1.0 - index / 10)
        for index, span in enumerate(spans_of_body(article.body))
    ]


def parsed(question: str) -> Comparison:
    comparison = parse(question)
    assert comparison is not None
    return comparison


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Which has more capacity, the station at Karot or the one at Kohala?",
            ("the station at Karot", "the station at Kohala"),
        ),
        (
            "Was the estimate of 2022 higher or lower than the one of 2020?",
            ("the estimate of 2022", "the estimate of 2020"),
        ),
        (
            "Which forum was held most recently, the third or the fourth?",
            ("the third forum", "the fourth forum"),
        ),
        ("Did the expressway open before the airport?", ("the expressway", "the airport")),
        ("Does Kohala have more capacity than Karot?", ("Kohala", "Karot")),
        ("Which of Karot and Kohala is larger?", ("Karot", "Kohala")),
    ],
)
def test_both_sides_are_named_in_full(question: str, sides: tuple[str, str]) -> None:
    assert parsed(question).sides == sides


@pytest.mark.parametrize(
    "question",
    [
        "Who co-chaired the fourth meeting?",
        "Did the meeting take place before 2020?",
        "Did he chair more than one meeting?",
        "What is the latest estimate?",
    ],
)
def test_other_questions_compare_nothing(question: str) -> None:
    assert parse(question) is None


KAROT = said("Karot", "Four turbines of 180 megawatts each give Karot a capacity of 720 megawatts.")
KOHALA = said("Kohala", "Kohala has a capacity of 1,124 megawatts.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Which has more capacity, Karot or Kohala?",
            "Kohala: 1,124 megawatts, against 720 megawatts for Karot.",
        ),
        (
            "Which has less capacity, Karot or Kohala?",
            "Karot: 720 megawatts, against 1,124 megawatts for Kohala.",
        ),
        (
            "Does Karot have more capacity than Kohala?",
            "No: 720 megawatts for Karot, against 1,124 megawatts for Kohala.",
        ),
    ],
)
def test_the_value_of_the_measure_is_compared(question: str, text: str) -> None:
    compared = compare(parsed(question), [KAROT, KOHALA])
    assert compared is not None
    assert compared.text == text
    assert compared.working == "1,124 megawatts - 720 megawatts = 404 megawatts"


def test_days_are_compared() -> None:
    road = said("The road", "The road was opened on 3 June 2022.")
    port = said("The port", "The port was opened on 20 January 2025.")
    compared = compare(parsed("Did the road open before the port?"), [road, port])
    assert compared is not None
    assert compared.text == "Yes: 3 June 2022 for the road, against 20 January 2025 for the port."


def test_figures_of_other_kinds_are_not_compared() -> None:
    cost = said("Kohala", "Kohala has a capacity that cost 2.4 billion dollars.")
    assert compare(parsed("Which has more capacity, Karot or Kohala?"), [KAROT, cost]) is None


def test_a_side_that_nothing_speaks_of_gives_nothing() -> None:
    assert compare(parsed("Which has more capacity, Karot or Tarbela?"), [KAROT, KOHALA]) is None
