"""What a confidence is estimated from."""

from __future__ import annotations

import datetime as dt

from qa.proof import cite
from qa.proposal import Proposal
from qa.signals import contexts, signals
from qa.types import Claim, Hit
from qa.verification import Verification
from tests.qa.briefs import article, paragraphs

REVIEW = article(
    "review",
    "The fourth meeting of the group was held in Islamabad. Both sides praised the project. "
    "They looked back on the 3rd meeting, held virtually on 21 July 2022. It was short.",
    "Working group looks back",
    dt.date(2024, 1, 21),
    "Corridor Desk",
)
HITS = [Hit(passage, REVIEW, 0.9, rank) for rank, passage in enumerate(paragraphs(REVIEW), start=1)]


def missing(question: str, quote: str) -> float:
    start = REVIEW.body.index(quote)
    citation = cite(REVIEW, start, start + len(quote), 1)
    proposal = Proposal((Claim(quote, "supported", (), (citation,)),), quote)
    runs = contexts(proposal, HITS)
    return signals(question, proposal, runs, (), Verification(0, 0, 0, ()))["missing"]


def test_the_sentences_before_a_quote_take_nothing_from_what_it_says() -> None:
    third = "They looked back on the 3rd meeting, held virtually on 21 July 2022."
    assert missing("When was the third meeting held?", third) == 0
    assert missing("When was the fifth meeting held?", third) > 0


def test_the_sentences_before_a_quote_may_name_what_it_speaks_of() -> None:
    assert missing("What was said of the meeting of 21 July 2022?", "It was short.") == 0
    assert missing("What was said of the meeting of 21 July 2019?", "It was short.") > 0
