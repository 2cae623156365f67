"""The whole assistant with the built-in model, on the sample library's fourth meeting."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import ingest
from qa.answer.assistant import Assistant
from qa.core.settings import Settings
from qa.core.types import Turn

ROOT = Path(__file__).parents[3]
SEED = ROOT.parent / "shared" / "seed" / "cpec-joint-working-group.txt"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    if not SEED.exists():
        pytest.skip("the seed document is not beside the project")
    settings = Settings(library=tmp_path_factory.mktemp("seed"))
    ingest([str(SEED)], settings)
    return Assistant.open(settings)


@pytest.mark.llm
@pytest.mark.parametrize(
    ("question", "proofs"),
    [
        ("Who co-chaired the fourth meeting?", ["Muhammad Syrus Sajjad Qazi", "Sun Weidong"]),
        ("When and how was the third meeting held?", ["held virtually on 21 July 2022"]),
        (
            "Which sectors did the two sides agree to focus on?",
            ["agriculture, information technology, industry, and science and technology"],
        ),
        (
            "When did the second and third think-tank forums take place?",
            ["September 2022 and July 2023"],
        ),
    ],
)
def test_a_question_of_fact_is_answered_with_its_proof(
    assistant: Assistant, question: str, proofs: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    citations = [cited for claim in answer.claims for cited in claim.citations]
    for cited in citations:
        article = assistant.library.article(cited.article_id)
        assert article is not None
        assert article.body[cited.start : cited.end] == cited.quote
    for proof in proofs:
        assert any(proof in cited.quote for cited in citations)
    assert 0 < answer.timings.retrieve_ms <= answer.timings.first_token_ms <= answer.timings.total_ms


@pytest.mark.llm
@pytest.mark.parametrize(
    "question",
    [
        "What does phase two of CPEC cost?",
        "Who chaired the third meeting?",
        "What was decided about Gwadar airport?",
    ],
)
def test_what_the_library_does_not_say_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_library"
    assert answer.text == "The library does not say."


@pytest.mark.llm
def test_a_follow_up_is_understood(assistant: Assistant) -> None:
    history = (
        Turn("user", "Where was the fourth meeting of the joint working group held?"),
        Turn("assistant", "The fourth meeting was held in Islamabad [1]."),
    )
    answer = assistant.ask("Who co-chaired it?", history)
    assert "fourth meeting" in answer.standalone
    assert answer.status == "answered"
