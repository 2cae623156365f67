"""Questions for yes or no, as others asked them, turned into the statements that they ask about."""

from __future__ import annotations

import pytest

from qa.answer.declarative import declarative
from tests.qa.judging import PARSER


@pytest.mark.parametrize(
    ("question", "statement"),
    [  # of SQuAD 2.0, MTRAG and the traps
        (
            "In 1972, did Norway end up joining the European Union?",
            "In 1972, Norway did end up joining the European Union",
        ),
        ("Is a levy on boats planned?", "a levy on boats is planned"),
        ("Did all government agencies relocate to Berlin?", "all government agencies did relocate to Berlin"),
        (
            "Was Britain dependent on cotton from the Southern states?",
            "Britain was dependent on cotton from the Southern states",
        ),
        ("Are same sex marriages allowed in all states?", "same sex marriages are allowed in all states"),
        ("Is there a cure for HIV available now?", "there is a cure for HIV available now"),
        ("Are the sizes of packets variable?", "the sizes of packets are variable"),
        ("Has the Orla dam cracked?", "the Orla dam has cracked"),
        ("Didn't the council approve the plan?", "the council didn't approve the plan"),
    ],
)
def test_the_verb_goes_behind_the_subject(question: str, statement: str) -> None:
    assert declarative(question, PARSER) == statement


def test_where_no_subject_is_found_it_stays_the_question() -> None:
    assert declarative("Has ever been substantiated? ", PARSER) == "Has ever been substantiated?"
