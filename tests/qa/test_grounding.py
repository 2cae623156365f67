"""A sentence is supported only by a passage that says it; its quote is verbatim."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.grounding import ground, sentences_cited
from tests.qa.briefs import HITS, MEETING, PLANT

BODIES = {article.id: article.body for article in (MEETING, PLANT)}


def support(text: str, question: str = "") -> str:
    (claim,) = ground(question, text, HITS)
    return claim.support


@pytest.mark.parametrize(
    "text",
    [
        "The fourth meeting was co-chaired by Foreign Secretary Syrus Qazi and Sun Weidong [1].",
        "The fourth meeting was held in Islamabad on 21 January 2024. [1]",
        "The third meeting of the CPEC Joint Working Group was held virtually on 21 July 2022.",
        "The JWG held its third meeting virtually on July 21, 2022.",
        "They agreed to focus on agriculture, industry, science and technology.",
        "The plant at Sahiwal cost 1.8 billion dollars.",
        "It took 22 months to build the Sahiwal plant.",
        "The two sides rejected disinformation.",
        "No joint statement was issued.",
    ],
)
def test_what_a_passage_says_is_supported(text: str) -> None:
    assert support(text) == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "The fourth meeting was held in Beijing.",
        "The fourth meeting was held on 22 January 2024.",
        "The third meeting was co-chaired by Foreign Secretary Syrus Qazi and Sun Weidong.",
        "The fourth meeting was held virtually on 21 July 2022.",
        "The two sides agreed on border management, tourism, trade and fisheries.",
        "The 62 billion dollar project is in Beijing.",
        "The Sahiwal plant cost 1.8 million dollars.",
        "The Sahiwal plant cost 1.8 billion rupees.",
        "The two sides did not agree to focus on agriculture.",
        "A joint statement was issued.",
        "Wang Yi co-chaired the meeting.",
        "Forty people attended the fourth meeting.",
        "Officials said that the tariff had been raised.",
    ],
)
def test_what_no_passage_says_is_not(text: str) -> None:
    assert support(text) != "supported"


def test_the_question_s_ordinal_binds_an_answer_that_leaves_it_out() -> None:
    text = "It was co-chaired by Foreign Secretary Syrus Qazi and Sun Weidong."
    assert support(text, "Who chaired the fourth meeting?") == "supported"
    assert support(text, "Who chaired the third meeting?") == "unsupported"


@pytest.mark.parametrize(
    ("question", "text", "borne"),
    [
        (
            "Which fields did the two sides select?",
            "The two sides selected agriculture, industry, science and technology.",
            "partial",
        ),
        ("Which fields did the two sides select?", "The two sides selected fisheries.", "unsupported"),
        # A verb that the question doesn't have is the model's own.
        (
            "Who focused on agriculture?",
            "The two sides selected agriculture, industry, science and technology.",
            "unsupported",
        ),
    ],
)
def test_a_verb_that_only_the_question_has_leaves_a_sentence_borne_in_part(
    question: str, text: str, borne: str
) -> None:
    assert support(text, question) == borne


def test_a_wrong_citation_is_moved() -> None:
    (claim,) = ground("", "The Sahiwal plant cost 1.8 billion dollars [1].", HITS)
    assert [(cited.number, cited.article_id) for cited in claim.citations] == [(2, PLANT.id)]


def test_the_quote_is_the_shortest_run_that_proves() -> None:
    (claim,) = ground("", "The Sahiwal plant cost 1.8 billion dollars.", HITS)
    assert claim.citations[0].quote.endswith("months to build.")


def test_a_comparison_may_take_two_quotes() -> None:
    text = "The third meeting was held on 21 July 2022 and the fourth meeting on 21 January 2024."
    (claim,) = ground("", text, HITS)
    assert claim.support == "supported"


def test_citations_after_the_full_stop_belong_to_the_sentence_before() -> None:
    assert sentences_cited("One is. [1] Two are [2, 3]. Three.") == [
        ("One is.", frozenset({1})),
        ("Two are.", frozenset({2, 3})),
        ("Three.", frozenset()),
    ]


words = st.sampled_from(
    "The fourth third meeting was not held in Islamabad Beijing on 21 July 2022 plant cost 1.8 billion "
    "Qazi agreed [1] [2] [9] . ! 中 \n".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=25).map(" ".join))
def test_every_quote_stands_in_its_article(text: str) -> None:
    for claim in ground("What was agreed?", text, HITS):
        assert bool(claim.citations) == (claim.support != "unsupported")
        for cited in claim.citations:
            assert BODIES[cited.article_id][cited.start : cited.end] == cited.quote
