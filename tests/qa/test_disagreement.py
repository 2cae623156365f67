"""Documents that tell the same matter differently are shown beside each other, and no others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qa.disagreement import disagreements
from qa.grounding import ground
from qa.types import Article, Disagreement
from tests.qa.briefs import article, hits

QUESTION = "What did the bridge at Brod cost?"
ANSWER = "The bridge at Brod cost 40 million dollars."
MAY = dt.date(2025, 5, 2)
FIRST = article(
    "first",
    "The new bridge at Brod was opened by the mayor. The bridge at Brod cost 40 million dollars, the town said.",
    "Bridge at Brod opens",
    MAY,
    "River Post",
)


def other(body: str, day: dt.date = MAY, publisher: str = "Town Herald") -> Article:
    return article("other", body, "Brod gets its bridge", day, publisher)


def found(*others: Article, question: str = QUESTION, text: str = ANSWER) -> tuple[Disagreement, ...]:
    read = hits(FIRST, *others)
    claims = ground(question, text, read)
    assert [claim.support for claim in claims] == ["supported"]
    return disagreements(question, claims, read)


def test_two_figures_of_one_matter_are_both_shown_the_newer_first() -> None:
    (matter,) = found(other("The bridge at Brod cost 52 million dollars.", dt.date(2025, 5, 6)))
    assert matter.about == "the sum"
    assert [(side.value, side.citation.publisher) for side in matter.sides] == [
        ("52 million", "Town Herald"),
        ("40 million", "River Post"),
    ]
    assert matter.sides[0].citation.quote == "The bridge at Brod cost 52 million dollars."


def test_figures_years_apart_are_told_as_a_change() -> None:
    (matter,) = found(other("The bridge at Brod cost 31 million dollars.", dt.date(2022, 1, 9)))
    assert matter.about == "the sum, over time"


def test_another_day_of_one_event() -> None:
    first = "The talks on the canal were held in Brod on 3 May 2025."
    second = other("The talks on the canal were held in Brod on 5 May 2025.", dt.date(2025, 5, 7))
    read = hits(replace(FIRST, body=first), second)
    question = "When were the talks on the canal held?"
    (matter,) = disagreements(question, ground(question, first, read), read)
    assert [side.value for side in matter.sides] == ["5 May 2025", "3 May 2025"]


@pytest.mark.parametrize(
    "body",
    [
        "The bridge at Brod cost 40 million dollars.",  # the same
        "The bridge at Brod cost nearly 41 million dollars.",  # the same, rounded
        "The first phase of the bridge at Brod cost 12 million dollars.",  # of a part
        "The bridge at Brod cost the province 9 million euros.",  # in another money
        "The bridge at Sisak cost 52 million dollars.",  # of another bridge
        "The bridge at Brod is 52 metres long.",  # of another matter
        "Some said 52 million dollars, but the bridge at Brod cost 40 million dollars.",  # of both
        "The ferry at Brod carried 52 people.",
    ],
)
def test_what_is_no_disagreement_is_none(body: str) -> None:
    assert found(other(body)) == ()


def test_a_copy_of_the_same_story_disagrees_with_nothing() -> None:
    copy = other("The bridge at Brod cost 52 million dollars.")
    read = hits(replace(FIRST, story="one"), replace(copy, story="one"))
    assert disagreements(QUESTION, ground(QUESTION, ANSWER, read), read) == ()
