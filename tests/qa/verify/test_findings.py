"""What windows say of a statement: for it, against it, or silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qa.verify.entailment import Entailment
from qa.verify.findings import CONTRADICTED, SUPPORTED, SURELY, findings
from tests.qa.briefs import HITS, PLANT, article, hits
from tests.qa.judging import NO, OPEN, YES, Judging, nearness

MAY = dt.date(2025, 5, 2)
COST = "The bridge at Brod cost 40 million dollars."


def stances(statement: str, verifier: Judging, *bodies: str) -> list[str]:
    told = [article(str(n), body, "News of Brod", MAY, f"Desk {n}") for n, body in enumerate(bodies)]
    found = [replace(hit, score=1.0) for hit in hits(*told)]
    return [each.stance for each in findings(statement, found, nearness, verifier)]


def judging(entails: float, contradicts: float) -> Judging:
    return Judging(lambda text, statement: Entailment(entails, contradicts))


@pytest.mark.parametrize(
    ("entails", "contradicts", "stance"),
    [
        (SUPPORTED, 0.0, "for"),
        (SUPPORTED - 0.01, 0.0, "silent"),
        (0.0, CONTRADICTED, "against"),
        (0.0, CONTRADICTED - 0.01, "silent"),
    ],
)
def test_a_stance_is_taken_at_its_threshold(entails: float, contradicts: float, stance: str) -> None:
    assert stances(COST, judging(entails, contradicts), COST) == [stance]


@pytest.mark.parametrize(
    ("body", "stance"),
    [
        ("The bridge at Brod cost much.", "silent"),
        ("A bridge that nobody names cost 40 million dollars.", "for"),  # a name, and a sure verifier
    ],
)
def test_what_a_text_lacks_it_does_not_say(body: str, stance: str) -> None:
    statement = COST.replace("Brod", "Sisak") if "nobody" in body else COST
    assert stances(statement, judging(0.99, 0.0), body) == [stance]


SAID = "The bridge at Brod cost 52 million dollars, the mayor said."


@pytest.mark.parametrize(
    ("statement", "body", "stance"),
    [
        (COST, SAID, "against"),
        ("The bridge at Brod cost over 40 million dollars.", SAID, "silent"),  # a bound
        ("The bridge at Brod cost 50 million dollars.", SAID, "silent"),  # the text's own, rounded
        (COST, f"{SAID} The road cost 7 million dollars.", "silent"),  # which figure it would be is not known
        ("The bridge at Sisak cost 40 million dollars.", SAID, "silent"),  # another bridge
        ("The bridge at Brod opened on 9 May 2025.", "The bridge at Brod opened on 5 May 2025.", "against"),
    ],
)
def test_a_text_that_says_the_same_with_another_figure_is_against(
    statement: str, body: str, stance: str
) -> None:
    def overlooks(text: str, claim: str) -> Entailment:
        return YES if claim.split("cost")[-1].rstrip(".") in text or "opened" in claim else OPEN

    assert stances(statement, Judging(overlooks), body) == [stance]


def test_where_a_name_is_missing_the_verifier_must_be_sure() -> None:
    body = "A bridge that nobody names cost 40 million dollars."
    statement = COST.replace("Brod", "Sisak")
    assert stances(statement, judging(SURELY, 0.0), body) == ["for"]
    assert stances(statement, judging(SURELY - 0.01, 0.0), body) == ["silent"]


def test_reading_ends_with_the_first_that_decides_but_for_what_may_differ() -> None:
    same = "The bridge at Brod cost 40 million dollars, the town said."
    verifier = Judging()
    assert stances(COST, verifier, COST, same) == ["for"]
    assert len(verifier.asked) == 1
    other = "The bridge at Brod cost 52 million dollars."
    verifier = Judging(lambda text, statement: NO if "52" in text else YES)
    assert sorted(stances(COST, verifier, COST, other)) == ["against", "for"]


def test_what_is_silent_is_read_on_up_to_the_limit() -> None:
    verifier = Judging(lambda text, statement: OPEN)
    found = findings("The plant at Sahiwal cost $1.8 billion.", HITS, nearness, verifier, limit=2)
    assert [each.stance for each in found] == ["silent", "silent"]
    assert len(verifier.asked) == 2
    assert found[0].window.article.id == PLANT.id


def test_nothing_found_says_nothing() -> None:
    assert findings(COST, (), nearness, Judging()) == ()


def test_of_one_meeting_nothing_is_read_that_is_told_of_another() -> None:
    statement = "The fourth meeting of the council was held in Brod."
    others = [f"The {nth} meeting of the council was held in Sisak." for nth in ("first", "second", "third")]
    verifier = Judging(lambda text, statement: NO if "Sisak" in text else YES)
    assert stances(statement, verifier, *others, statement) == ["for"]
    assert stances("Brod is the fourth town of the council.", verifier, others[2]) == ["against"]
