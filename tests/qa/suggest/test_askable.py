"""Questions made from documents read as people ask them, and the sentence beside each answers it."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.answer.answer_type import brings
from qa.core.types import Article
from qa.suggest.askable import askable
from tests.qa.news import stories


def article(title: str, body: str, language: str = "en") -> Article:
    return Article("a", title, body, "a", published=dt.date(2024, 1, 21), language=language)


@pytest.mark.parametrize(
    ("title", "body", "question"),
    [
        (
            "Fourth meeting of the Harbour Working Group held in Oslo",
            "OSLO: The group met on 3 May 2024. Ida Berg and Jon Vik co-chaired the meeting.",
            "Who co-chaired the fourth meeting of the Harbour Working Group?",
        ),
        (
            "Lahore's Orange Line opens, twice",
            "LAHORE: The Orange Line was opened in Lahore on 25 October 2020.",
            "When did Lahore's Orange Line open?",
        ),
        (
            "Five Chinese engineers killed near Besham",
            "BESHAM: Five Chinese engineers were killed near Besham on Tuesday, 26 March 2024.",
            "How many Chinese engineers were killed near Besham?",
        ),
        (
            "Prime minister opens Eastbay Expressway in Gwadar",
            "GWADAR: Prime Minister Shehbaz Sharif opened the Eastbay Expressway in Gwadar on 3 June 2022.",
            "Who opened the Eastbay Expressway in Gwadar?",
        ),
        (
            "First unit of Sahiwal coal plant inaugurated",
            "SAHIWAL: The first unit was inaugurated at the Sahiwal coal plant on 25 May 2017.",
            "When was the first unit of Sahiwal coal plant inaugurated?",
        ),
    ],
)
def test_a_headline_becomes_the_question_that_it_leaves_open(title: str, body: str, question: str) -> None:
    assert question in [each.text for each in askable(article(title, body))]


def test_every_question_has_a_sentence_that_brings_what_it_asks_for() -> None:
    made = [(story, each) for story in stories() for each in askable(story)]
    assert len({story.id for story, _ in made}) == len(stories())
    for story, each in made:
        assert brings(each.text, story.body[each.start : each.end]), each.text


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Pact is among eight signed during visit", "It was signed on 3 May 2024 by both sides."),
        ("He said “we will build it”", "The minister said “we will build it” on 3 May 2024."),
        ("第四次会议在伊斯兰堡举行", "第四次会议于2024年1月21日举行。"),
    ],
)
def test_where_no_pattern_fits_nothing_is_asked(title: str, body: str) -> None:
    assert askable(article(title, body)) == ()


def test_only_english_is_asked_about() -> None:
    assert (
        askable(article("Berg opens Oslo Bridge", "Ida Berg opened the Oslo Bridge on 3 May 2024.", "de"))
        == ()
    )
