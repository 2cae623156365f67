"""What a sentence bears and what it doesn't, over news prose of many kinds."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.grounding import ground
from qa.sides import members
from tests.qa.briefs import article, hits
from tests.qa.triples import TRIPLES, Triple


def support(text: str, claim: str, question: str = "") -> str:
    found = hits(article("brief", text, "News in brief", dt.date(2026, 1, 5), "Desk"))
    (grounded,) = ground(question, claim, found)
    return grounded.support


@pytest.mark.parametrize("triple", TRIPLES, ids=lambda each: f"{each.wrong}-{each.true[:40]}")
def test_what_a_sentence_says_is_supported(triple: Triple) -> None:
    assert support(triple.text, triple.true) == "supported"


@pytest.mark.parametrize("triple", TRIPLES, ids=lambda each: f"{each.wrong}-{each.false[:40]}")
def test_what_it_doesn_t_say_is_not(triple: Triple) -> None:
    assert support(triple.text, triple.false) != "supported"


def test_the_question_s_side_binds_an_answer_that_leaves_it_out() -> None:
    text = "Sohail Rana led for Pakistan and Wu Jian for China; the two co-chaired the session."
    asked = "Who was in the chair for China?"
    assert support(text, "Wu Jian co-chaired the session.", asked) == "supported"
    assert support(text, "Sohail Rana co-chaired the session.", asked) == "unsupported"


@pytest.mark.parametrize(
    ("text", "person", "side"),
    [
        ("For China it was Xu Shaoshi, chairman of the commission.", "shaoshi", "china"),
        (
            "Qin Gang came for China; Amir Khan Muttaqi, acting minister, for Afghanistan.",
            "muttaqi",
            "afghanistan",
        ),
        (
            "China's Vice Foreign Minister Sun Weidong and his Pakistani counterpart, Syrus Qazi, met.",
            "qazi",
            "pakistani",
        ),
        ("The pact was signed for Peru by Ana Ruiz.", "ruiz", "peru"),
    ],
)
def test_people_are_put_on_their_sides(text: str, person: str, side: str) -> None:
    assert [each.side for each in members(text) if person in each.person] == [side]


@pytest.mark.parametrize(
    ("question", "answer", "borne"),
    [
        ("How many acres has the zone, according to the chief minister?", "The zone has 1,550 acres.", False),
        ("How many acres has the zone, according to the chief minister?", "The zone has 1,530 acres.", True),
        ("How many acres has the zone according to the agency?", "The zone has 1,550 acres.", True),
        ("How many acres has the zone according to the Desk?", "The zone has 1,550 acres.", True),
        ("How many acres has the zone?", "The zone has 1,550 acres.", True),
    ],
)
def test_what_is_asked_of_one_speaker_is_not_answered_with_the_words_of_another(
    question: str, answer: str, borne: bool
) -> None:
    text = "The news agency reported that the zone has 1,550 acres. The chief minister said the zone has 1,530 acres."
    assert (support(text, answer, question) == "supported") == borne


@pytest.mark.parametrize(("speaker", "borne"), [("the news agency", True), ("the chief minister", False)])
def test_words_that_a_claim_leads_in_with_their_speaker_are_that_speakers(speaker: str, borne: bool) -> None:
    text = "The news agency reported that the zone has 1,550 acres. The chief minister said the zone has 1,530 acres."
    assert (support(text, f"According to {speaker}, the zone has 1,550 acres.") == "supported") == borne


@pytest.mark.parametrize(
    ("text", "claim", "borne"),
    [
        ("He was there on 3 January 2026. The airport is late.", "The airport opened in 2026.", False),
        ("He was there on 3 January 2026. The airport is late.", "The airport was opened in 2026.", False),
        ("The opening on 3 January 2026 was noisy.", "The airport opened in 2026.", False),
        ("The opening on 3 January 2026 was noisy.", "The road opened in 2026.", True),
        ("The airport was inaugurated on 3 January 2026.", "The airport opened in 2026.", True),
        ("The airport opened on 3 January 2026.", "The airport officially opened in 2026.", True),
        ("More than 200 died in the quake.", "More than 200 died in the quake.", True),
        ("One of the plants was opened in 2019.", "One of the plants was opened in 2019.", True),
        ("The plant was built and opened in 2015.", "The plant was built and opened in 2015.", True),
    ],
)
def test_what_happened_to_one_thing_did_not_happen_to_another(text: str, claim: str, borne: bool) -> None:
    found = hits(article("opening", text, "Prime minister opens road", dt.date(2026, 1, 5), "Desk"))
    (grounded,) = ground("", claim, found)
    assert (grounded.support == "supported") == borne


@pytest.mark.parametrize(
    "question",
    [
        "According to Dr. Khan, how many acres has the zone?",
        "According to Dr. Khan how many acres has the zone?",
        "How many acres has the zone according to Dr. Khan?",
    ],
)
def test_a_speaker_is_named_up_to_the_question(question: str) -> None:
    text = "Dr. Khan said the zone has 1,530 acres. Mr. Iqbal said the zone has 1,550 acres."
    assert support(text, "The zone has 1,530 acres.", question) == "supported"
    assert support(text, "The zone has 1,550 acres.", question) == "unsupported"
