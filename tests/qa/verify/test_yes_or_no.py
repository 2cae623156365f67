"""Questions for yes or no: their statements held against the documents."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.answer.yes_or_no import yes_or_no
from qa.core.types import Hit
from qa.search.parts import Publishers
from qa.verify.entailment import Entailment
from tests.qa.briefs import HITS, PLANT, article, hits
from tests.qa.judging import NO, OPEN, PARSER, YES, Judging, by_words, nearness

PUBLISHERS = Publishers(["Corridor Desk", "Energy Desk"])
ASKED = "Did the plant at Sahiwal take 22 months to build?"
BOTH = (
    "Does Corridor Desk report that the fourth meeting was co-chaired by Syrus Qazi, while Energy Desk says that "
    "the plant at Sahiwal cost $1.8 billion?"
)


def asked(question: str, verifier: Judging, found: tuple[Hit, ...] = HITS):  # type: ignore[no-untyped-def]
    return yes_or_no(question, found, PUBLISHERS, nearness, verifier, PARSER)


@pytest.mark.parametrize(("judgement", "word"), [(YES, "Yes"), (NO, "No")])
def test_no_is_proved_as_well_as_yes(judgement: Entailment, word: str) -> None:
    proposal = asked(ASKED, Judging(lambda text, statement: judgement))
    (claim,) = proposal.claims
    assert (proposal.brief, claim.text, claim.support) == (word, f"{word}.", "supported")
    assert proposal.confidence == 0.95
    (cited,) = claim.citations
    assert (cited.number, PLANT.body[cited.start : cited.end]) == (2, cited.quote)


def test_what_no_document_tells_is_neither() -> None:
    proposal = asked(ASKED, Judging(lambda text, statement: OPEN))
    assert (proposal.claims, proposal.brief, proposal.confidence) == ((), "", 0.0)


def test_what_is_judged_is_the_question_s_statement() -> None:
    verifier = Judging()
    asked(ASKED, verifier)
    assert {pair.statement for pair in verifier.asked} == {"the plant at Sahiwal did take 22 months to build"}


def test_a_report_is_held_to_its_own_publisher() -> None:
    verifier = Judging(by_words)
    proposal = asked(BOTH, verifier)
    assert proposal.brief == "Yes"
    assert [step.citations[0].publisher for step in proposal.steps] == ["Corridor Desk", "Energy Desk"]
    for pair in verifier.asked:
        assert pair.text.startswith("Corridor Desk" if "Qazi" in pair.statement else "Energy Desk")


def test_a_report_that_is_silent_is_reported_not_to_say_it() -> None:
    proposal = asked(BOTH.replace("cost $1.8 billion", "was sold to a bank"), Judging(by_words))
    (claim,) = proposal.claims
    assert (proposal.brief, claim.support) == ("No", "partial")
    assert [step.question.endswith("(not reported)") for step in proposal.steps] == [False, True]


def test_one_statement_that_fails_makes_it_no_and_is_what_is_quoted() -> None:
    verifier = Judging(lambda text, statement: NO if "Sahiwal" in statement else YES)
    proposal = asked(BOTH, verifier)
    (claim,) = proposal.claims
    assert (proposal.brief, claim.support) == ("No", "supported")
    assert {cited.publisher for cited in claim.citations} == {"Energy Desk"}
    assert proposal.steps[1].question.endswith("(contradicted)")


def test_where_documents_differ_the_newest_tells() -> None:
    old = article("old", "Ora Lind is head of the port; it has 3 docks.", "Port", dt.date(2020, 1, 1), "X")
    new = article("new", "Ora Lind is head of the port; it has 4 docks.", "Port", dt.date(2024, 1, 1), "Y")
    verifier = Judging(lambda text, statement: YES if "3 docks" in text else NO)
    for found in ((old, new), (new, old)):
        proposal = asked("Is Ora Lind head of the port with 3 docks?", verifier, hits(*found))
        assert proposal.brief == "No"
        assert {cited.article_id for claim in proposal.claims for cited in claim.citations} == {new.id}


def test_nothing_found_is_no_answer() -> None:
    verifier = Judging()
    assert asked(ASKED, verifier, ()).claims == ()
    assert not verifier.asked
