"""Numbers, days, names and quotations, compared as values and not as words."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.verify.hard_facts import in_its_numbers, lacking, says
from qa.verify.number_binding import bound_elsewhere

SUNDAY = dt.date(2024, 1, 21)


def missing(statement: str, text: str, before: str = "") -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in lacking(statement, text, SUNDAY, before)]


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("The project cost 62 billion dollars.", "The $62bn project is late."),
        ("The third meeting was virtual.", "The 3rd meeting was virtual."),
        ("The JWG met.", "The Joint Working Group met."),
        ("The Joint Working Group met.", "The JWG met."),
        ("It was held on 21 January 2024.", "It was held here on Sunday."),
        ("It opened in 2019.", "It was opened on 5 November 2019."),
        ("It was held on July 21, 2022.", "It was held on 21 July 2022."),
        ("The two sides met.", "Pakistan and China met."),
    ],
)
def test_what_is_worded_otherwise_is_not_missing(statement: str, text: str) -> None:
    assert missing(statement, text) == []


@pytest.mark.parametrize(
    ("statement", "text", "kind", "what"),
    [
        ("It cost 1.8 million dollars.", "It cost 1.8 billion dollars.", "number", "1.8 million"),
        ("It cost 1.8 billion rupees.", "It cost $1.8 billion.", "number", "1.8 billion"),
        ("The fifth meeting was held.", "The fourth meeting was held.", "number", "fifth"),
        ("It was held on 22 January 2024.", "It was held on Sunday.", "day", "22 January 2024"),
        ("Wang Yi spoke.", "Sun Weidong spoke.", "name", "Wang Yi"),
        (
            "He said “we shall never surrender”.",
            "He said that they would not surrender.",
            "quotation",
            "we shall never surrender",
        ),
    ],
)
def test_what_a_text_lacks_is_named_in_the_statement_s_words(
    statement: str, text: str, kind: str, what: str
) -> None:
    ((found_kind, found_text),) = missing(statement, text)
    assert found_kind == kind
    assert what in found_text


def test_a_name_may_stand_before_the_text_and_a_figure_may_not() -> None:
    statement, text = "The plant at Sahiwal cost 2 billion dollars.", "It cost much."
    before = "The plant at Sahiwal has two blocks and cost 2 billion dollars."
    assert ("name", "Sahiwal") in missing(statement, text)
    kinds = {kind for kind, _ in missing(statement, text, before)}
    assert kinds == {"number"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("“We  shall NEVER\nsurrender,” he said", True), ("we shall ever surrender", False)],
)
def test_a_quotation_is_said_word_for_word(text: str, found: bool) -> None:
    assert says(text, "we shall never surrender.") == found


@pytest.mark.parametrize(
    ("statement", "text", "worded"),
    [
        ("It cost 2.5 billion rupees.", "It cost 2.5 arab rupees.", "It cost 2.5 arab rupees."),
        ("It cost 3 billion dollars.", "It cost 4 billion dollars.", "It cost 3 billion dollars."),
        ("It has nothing.", "It cost 4 billion dollars.", "It has nothing."),
    ],
)
def test_a_figure_is_put_as_the_text_words_the_same_one(statement: str, text: str, worded: str) -> None:
    assert in_its_numbers(statement, text) == worded


@pytest.mark.parametrize(
    ("statement", "elsewhere"),
    [("4 people were injured.", True), ("23 people were injured.", False), ("It killed 4.", False)],
)
def test_a_figure_goes_with_the_words_about_it(statement: str, elsewhere: bool) -> None:
    text = "The crash killed 4. Another 23 people were injured."
    assert bound_elsewhere(statement, text) == elsewhere
