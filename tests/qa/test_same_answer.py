"""Which answers say the same, whatever their wording."""

from __future__ import annotations

import pytest

from qa.same_answer import same
from qa.types import Answer, Claim, Timings

WHO = "Who co-chaired the fourth meeting of the joint working group?"
FULL = (
    "Muhammad Syrus Sajjad Qazi and China's Vice Foreign Minister Sun Weidong co-chaired the fourth meeting."
)


def given(text: str, brief: str = "") -> Answer:
    return Answer("", "", "answered", text, (Claim(text, "supported"),), (), "", Timings(), brief=brief)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (WHO, FULL, "Syrus Qazi and Sun Weidong co-chaired it."),
        ("What did it cost?", "It cost 6.8 billion dollars.", "The cost was $6.8bn."),
        ("When was it opened?", "On 5 November 2019 in Multan.", "The minister opened it on Nov 5, 2019."),
        ("Why was it late?", "It was late because of floods.", "Floods delayed it."),
        ("Where was it held?", "In Islamabad.", "It was held in Islamabad, Pakistan."),
    ],
)
def test_other_words_are_the_same_answer(question: str, one: str, other: str) -> None:
    assert same(question, given(one), given(other))
    assert same(question, given(other), given(one))


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (WHO, "Sun Weidong co-chaired it.", "Syrus Qazi and Sun Weidong co-chaired it."),
        ("What did it cost?", "It cost 6.8 billion dollars.", "The cost was $8.2bn."),
        ("When was it opened?", "On 5 November 2019.", "On 5 November 2017."),
        ("Was a statement issued?", "A statement was issued.", "A statement was not issued."),
        ("Why was it late?", "It was late because of floods.", "Funds ran out."),
        ("Where was it held?", "In Islamabad.", "In Beijing."),
    ],
)
def test_another_fact_is_another_answer(question: str, one: str, other: str) -> None:
    assert not same(question, given(one), given(other))
    assert not same(question, given(other), given(one))


def test_the_brief_answer_decides_where_there_is_one() -> None:
    one, other = "In Islamabad, said Zhao Lijian.", "In Islamabad, wrote Maryam Khan."
    assert same("What is said of it?", given(one, "In Islamabad"), given(other, "in Islamabad."))
    assert not same("What is said of it?", given(one), given(other))
