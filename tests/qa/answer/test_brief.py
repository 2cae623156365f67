"""An answer in the fewest words."""

from __future__ import annotations

import pytest

from qa.answer.brief import brief


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        (
            "Who co-chaired the fourth meeting?",
            "Sun Weidong and Syrus Qazi co-chaired it.",
            "Sun Weidong and Syrus Qazi",
        ),
        ("Who succeeded Bajwa?", "Khalid Mansoor became the special assistant.", "Khalid Mansoor"),
        (
            "When was the plan launched?",
            "The plan was launched on Monday, 18 December 2017, in Islamabad.",
            "Monday, 18 December 2017",
        ),
        (
            "In which city was the second meeting held?",
            "Urumqi, in China's Xinjiang region, on 25 December 2020.",
            "Urumqi",
        ),
        ("How long is the runway?", "The runway is 12,000 feet long.", "12,000 feet"),
        ("What did the plant cost?", "The plant cost $1.8 billion.", "$1.8 billion"),
        ("On what lake did they meet?", "Lake George.", "Lake George"),
        ("When was the office founded?", "It was founded in 1263 during the reign of Kublai.", "1263"),
        ("When was the land given?", "In 1749 land was given to the Ohio Company of Virginia.", "1749"),
        (
            "Who defeated Montcalm at Quebec?",
            "British victories went on in 1759, when James Wolfe defeated Montcalm at Quebec.",
            "James Wolfe",
        ),
        (
            "Who succeeded Bajwa?",
            "When Asim Saleem Bajwa resigned, Khalid Mansoor succeeded him.",
            "Khalid Mansoor",
        ),
        ("What academy did he found?", "He founded the Academy of the Stars.", "Academy of the Stars"),
        ("Who schedules the work?", "The work is scheduled by Jean Monnet (a banker).", "Jean Monnet"),
        ("Was the meeting virtual?", "Yes, the meeting was held by video link.", "Yes"),
        (
            "Which fields were agreed on?",
            "They agreed on industry, agriculture and science.",
            "industry, agriculture and science",
        ),
    ],
)
def test_what_the_sentence_adds_to_its_question(question: str, sentence: str, words: str) -> None:
    assert brief(question, sentence) == words


def test_a_sentence_that_adds_nothing_is_given_whole() -> None:
    assert brief("Who co-chaired the meeting?", "The meeting was co-chaired.") == "The meeting was co-chaired"
