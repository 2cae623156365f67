"""Which answers say the same, whatever their wording; what the verifier makes of them is given."""

from __future__ import annotations

import pytest

from qa.core.types import Answer, Claim, Timings
from qa.verify.entailment import Entailment
from qa.watch.same_answer import same
from tests.qa.judging import NO, OPEN, YES, Judging


def given(text: str, brief: str = "") -> Answer:
    return Answer("", "", "answered", text, (Claim(text, "supported"),), (), "", Timings(), brief=brief)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("What did it cost?", "It cost 6.8 billion dollars.", "The cost was $6.8bn."),
        ("When was it opened?", "On 5 November 2019 in Multan.", "The minister opened it on Nov 5, 2019."),
        ("Where was it held?", "In Islamabad.", "It was held in Islamabad, Pakistan."),
    ],
)
def test_answers_that_entail_each_other_are_the_same(question: str, one: str, other: str) -> None:
    assert same(question, given(one), given(other), Judging())
    assert same(question, given(other), given(one), Judging())


@pytest.mark.parametrize("judgement", [NO, OPEN])
def test_answers_are_not_the_same_where_one_does_not_entail_the_other(judgement: Entailment) -> None:
    whole, part = "Syrus Qazi and Sun Weidong co-chaired it.", "Sun Weidong co-chaired it."
    verifier = Judging(lambda text, statement: YES if "Qazi" in text else judgement)
    assert not same("Who co-chaired it?", given(whole), given(part), verifier)
    assert not same("Who co-chaired it?", given(part), given(whole), verifier)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("What did it cost?", "It cost 6.8 billion dollars.", "The cost was $8.2bn."),
        ("When was it opened?", "On 5 November 2019.", "On 5 November 2017."),
    ],
)
def test_another_figure_or_day_is_another_answer_whatever_the_verifier_says(
    question: str, one: str, other: str
) -> None:
    verifier = Judging()
    assert not same(question, given(one), given(other), verifier)
    assert not same(question, given(other), given(one), verifier)
    assert not verifier.asked


def test_each_is_read_with_its_question() -> None:
    verifier = Judging()
    same("Where was it held?", given("In Islamabad."), given("Islamabad, Pakistan."), verifier)
    assert {(pair.text, pair.statement) for pair in verifier.asked} == {
        ("Where was it held? In Islamabad.", "Where was it held? Islamabad, Pakistan."),
        ("Where was it held? Islamabad, Pakistan.", "Where was it held? In Islamabad."),
    }


def test_the_brief_answer_decides_where_there_is_one_and_the_same_words_need_no_verifier() -> None:
    one, other = "In Islamabad, said Zhao Lijian.", "In Islamabad, wrote Maryam Khan."
    deaf = Judging(lambda text, statement: OPEN)
    assert same("What is said of it?", given(one, "In Islamabad"), given(other, "in Islamabad."), deaf)
    assert not deaf.asked
    assert not same("What is said of it?", given(one), given(other), deaf)
