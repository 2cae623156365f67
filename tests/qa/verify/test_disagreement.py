"""Documents that tell the same matter differently are shown beside each other, and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.core.types import Article, Claim, Disagreement, Hit
from qa.verify.disagreement import disagreements
from qa.verify.entailment import Entailment
from qa.verify.grounding import ground
from tests.qa.briefs import article, hits
from tests.qa.judging import NO, OPEN, PARSER, YES, Judging, by_words, nearness

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


def claimed(question: str, text: str, read: Sequence[Hit]) -> list[Claim]:
    claims = [each.claim for each in ground(question, text, read[:1], nearness, Judging(by_words), PARSER)]
    assert [claim.support for claim in claims] == ["supported"]
    return claims


def differing(
    question: str, claims: Sequence[Claim], read: Sequence[Hit], verifier: Judging
) -> tuple[Disagreement, ...]:
    return disagreements(question, claims, read, nearness, verifier)


def found(*others: Article, question: str = QUESTION, text: str = ANSWER) -> tuple[Disagreement, ...]:
    read = hits(FIRST, *others)
    return differing(question, claimed(question, text, read), read, Judging(lambda text, statement: NO))


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
    verifier = Judging(lambda text, statement: NO)
    (matter,) = differing(question, claimed(question, first, read), read, verifier)
    assert [side.value for side in matter.sides] == ["5 May 2025", "3 May 2025"]


@pytest.mark.parametrize(
    "body",
    [
        "The bridge at Brod cost 40 million dollars.",  # the same
        "The bridge at Brod cost the province 9 million euros.",  # in another money
        "The bridge at Brod is 52 metres long.",  # of another matter
        "Some said 52 million dollars, but the bridge at Brod cost 40 million dollars.",  # of both
        "The ferry at Brod carried 52 people.",
    ],
)
def test_what_is_no_other_figure_of_its_kind_is_none_whatever_the_verifier_says(body: str) -> None:
    assert found(other(body)) == ()


def test_a_copy_of_the_same_story_disagrees_with_nothing() -> None:
    copy = other("The bridge at Brod cost 52 million dollars.")
    read = hits(replace(FIRST, story="one"), replace(copy, story="one"))
    verifier = Judging(lambda text, statement: NO)
    assert differing(QUESTION, claimed(QUESTION, ANSWER, read), read, verifier) == ()
    assert not verifier.asked


@pytest.mark.parametrize("judgement", [YES, OPEN])
def test_what_the_verifier_does_not_find_contradicted_is_no_disagreement(judgement: Entailment) -> None:
    read = hits(FIRST, other("The bridge at Sisak cost 52 million dollars."))
    verifier = Judging(lambda text, statement: judgement)
    assert differing(QUESTION, claimed(QUESTION, ANSWER, read), read, verifier) == ()
    assert verifier.asked


TOLD = (
    "The bridge at Brod was opened by the mayor. How long it is, is told differently. The River Post gives 310 "
    "metres; the Town Herald, as the agencies quote it, gives 325. Of this, the approach measures 40 metres."
)
CHECKED = (
    "How long is the bridge at Brod? The River Post gives 310 metres, the Town Herald 325. The builder's own "
    "figure is 310 metres. For 325 we found no basis."
)


def test_what_one_document_tells_of_two_sources_is_shown_without_the_verifier() -> None:
    read = hits(replace(FIRST, body=TOLD))
    claims = claimed("How long is the bridge at Brod?", "The bridge at Brod is 310 metres long.", read)
    verifier = Judging(lambda text, statement: OPEN)
    (matter,) = differing("How long is the bridge at Brod?", claims, read, verifier)
    assert {side.value for side in matter.sides} == {"310", "325"}
    assert not any(side.refuted for side in matter.sides)


def test_what_a_fact_check_finds_no_basis_for_is_marked() -> None:
    read = hits(replace(FIRST, body=TOLD), other(CHECKED, publisher="Factcheck Desk"))
    claims = claimed("How long is the bridge at Brod?", "The bridge at Brod is 310 metres long.", read)
    verifier = Judging(lambda text, statement: OPEN)
    (matter,) = differing("How long is the bridge at Brod?", claims, read, verifier)
    refuted = {side.value: side.refuted for side in matter.sides}
    assert refuted["310"] is None
    assert refuted["325"] is not None
    assert refuted["325"].quote == "For 325 we found no basis."
