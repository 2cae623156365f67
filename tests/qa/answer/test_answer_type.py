"""A question's kind of answer, and whether an answer is of the kind."""

import pytest

from qa.answer.answer_type import brings, expected, is_polar, stated


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who co-chaired the fourth meeting?", "name"),
        ("By whom was it built?", "name"),
        ("Where was it held?", "name"),
        ("Which company built the road?", "name"),
        ("When and how was the third held?", "day"),
        ("In what year did work begin?", "day"),
        ("How many people attended?", "number"),
        ("What does phase two cost?", "number"),
        ("What is the plant's capacity?", "number"),
        ("What was decided?", "any"),
        ("Why was it delayed?", "any"),
    ],
)
def test_the_words_of_a_question_tell_its_kind(question: str, kind: str) -> None:
    assert expected(question) == kind


def test_repeating_the_question_is_no_answer() -> None:
    assert not brings("Who chaired the Gwadar meeting?", "The Gwadar meeting was chaired.")
    assert brings("Who chaired the Gwadar meeting?", "Wang Yi chaired the Gwadar meeting.")
    assert not brings("What did the 22 months cost?", "It took 22 months.")
    assert brings("When was it held?", "It was held on 21 July 2022.")
    assert not brings("When was it held?", "It was held virtually.")
    assert not brings("What did it cost?", "It belongs to the ministry [1].")  # No figure.


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Was the port opened in 2016?", "the port opened in 2016"),
        ("After the visit, did the ministry deny it?", "After the visit, the ministry deny it"),
        ("According to Dawn, has it opened?", "According to Dawn, it opened"),
        ("In which city, if any, was it held?", None),
        ("On what date, roughly, did it open?", None),
        ("Is it a port or a base?", None),
        ("Who was there?", None),
    ],
)
def test_a_question_for_yes_or_no_is_told_by_its_verb_and_asks_about_a_statement(
    question: str, statement: str | None
) -> None:
    assert is_polar(question) == (statement is not None)
    assert statement is None or stated(question) == statement
