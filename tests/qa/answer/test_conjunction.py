"""Questions for yes or no that join statements, told apart."""

from __future__ import annotations

import pytest

from qa.answer.conjunction import statements
from qa.search.parts import Publishers

PUBLISHERS = Publishers(["Corridor Desk", "Energy Desk", "World Bank"])


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "Does Corridor Desk report on the plant and the port, while Energy Desk reports on the road?",
            [
                ("Corridor Desk report on the plant and the port", "Corridor Desk"),
                ("Energy Desk reports on the road", "Energy Desk"),
            ],
        ),
        (
            "Do Corridor Desk and Energy Desk both say that the plant is open?",
            [
                ("Corridor Desk and Energy Desk both say that the plant is open", name)
                for name in ("Corridor Desk", "Energy Desk")
            ],
        ),
        (
            "Did the plant open whereas the port closed, or do both reports say that they closed?",
            [("the plant open", None), ("the port closed", None)],
        ),
        (
            "Was the fourth meeting in Islamabad, while the third was in Beijing?",
            [("the fourth meeting in Islamabad", None), ("the third meeting was in Beijing", None)],
        ),
        (
            "Did the World Bank approve the loan, while the growth was strong?",
            [("the World Bank approve the loan", None), ("the growth was strong", None)],
        ),
    ],
)
def test_statements_are_told_apart(question: str, found: list[tuple[str, str | None]]) -> None:
    assert [(each.text, each.publisher) for each in statements(question, PUBLISHERS)] == found


@pytest.mark.parametrize(
    "question",
    [
        "Was the fourth meeting held in Islamabad?",
        "Who chaired the meeting, while the plant was built?",
        "Did Corridor Desk report on it before Energy Desk did?",
        "Do Corridor Desk and Energy Desk give the same figure?",
        "Was it a plant or was it a port?",
        "Was the plant opened by Imran Khan, while it was built by Huaneng?",
        "Was the minister arrested while travelling to Lahore?",
        "Did Pakistan sign the deal but reject the loan?",
        "Was anyone but the minister present?",
        "Does Corridor Desk report that the World Bank cut jobs?",
        "Does Corridor Desk report that the plant closed, while Energy Desk did not?",
        "Did Corridor Desk not say that the plant closed, while Energy Desk says that the port did?",
    ],
)
def test_what_is_one_statement_or_relates_two_sides_is_not(question: str) -> None:
    assert statements(question, PUBLISHERS) == ()


@pytest.mark.parametrize(
    ("reported", "told"),
    [
        ("Energy Desk says that the plant closed", "the plant closed"),
        ("Energy Desk said the plant closed", "the plant closed"),
        ("Energy Desk's report on the port says that the plant closed", "the plant closed"),
        ('Energy Desk wrote that it is "a game changer"', 'it is "a game changer"'),
    ],
)
def test_what_a_report_is_said_to_tell(reported: str, told: str) -> None:
    question = f"Does Corridor Desk report on the road, while {reported}?"
    assert statements(question, PUBLISHERS)[-1].told == told
