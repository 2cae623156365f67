"""A statement against a real library; what the verifier makes of each text is given."""

from __future__ import annotations

import pytest

from qa.core.types import Citation, Verdict
from qa.search.retriever import HybridRetriever
from qa.verify.check import check, check_each
from qa.verify.entailment import Entailment
from tests.qa.briefs import MEETING, PLANT
from tests.qa.judging import NO, OPEN, YES, Judging, by_words

BUILT = "The plant at Sahiwal took 22 months to build."
VIRTUAL = "The third meeting was held virtually."
ELSEWHERE = "The airport at Gwadar cost 230 million dollars."
BODIES = {article.id: article.body for article in (MEETING, PLANT)}


def quotes(verdict: Verdict) -> tuple[Citation, ...]:
    return (*verdict.supporting, *verdict.opposing)


@pytest.mark.parametrize(
    ("judgement", "verdict"), [(YES, "supported"), (NO, "contradicted"), (OPEN, "not_in_library")]
)
def test_the_verdict_is_the_verifier_s_with_quotes_for_or_against(
    retriever: HybridRetriever, judgement: Entailment, verdict: str
) -> None:
    found = check(BUILT, retriever, Judging(lambda text, statement: judgement))
    assert (found.statement, found.verdict) == (BUILT, verdict)
    assert bool(found.supporting) == (verdict == "supported")
    assert bool(found.opposing) == (verdict == "contradicted")
    for cited in quotes(found):
        assert BODIES[cited.article_id][cited.start : cited.end] == cited.quote


@pytest.mark.parametrize(
    "statement",
    [
        "The plant at Sahiwal took 28 months to build.",
        "The third meeting of the group was held virtually on 21 March 2022.",
        "Sun Weidong said: “No third country will ever join this group.”",
    ],
)
def test_a_figure_a_day_or_a_quotation_that_no_document_has_is_never_supported(
    retriever: HybridRetriever, statement: str
) -> None:
    assert check(statement, retriever, Judging()).verdict != "supported"


@pytest.mark.parametrize(
    ("statement", "explanation"),
    [
        ("The plant at Sahiwal took 28 months to build.", "A document says 22, not 28."),
        (BUILT, "A document says otherwise."),
    ],
)
def test_what_a_document_has_instead_is_told(
    retriever: HybridRetriever, statement: str, explanation: str
) -> None:
    found = check(statement, retriever, Judging(lambda text, statement: NO))
    assert (found.verdict, found.explanation) == ("contradicted", explanation)


def test_a_quotation_that_nobody_said_is_named(retriever: HybridRetriever) -> None:
    made_up = "Sun Weidong said: “No third country will ever join this group.”"
    found = check(made_up, retriever, Judging(lambda text, statement: OPEN))
    assert (
        found.explanation == "No document found has the words “No third country will ever join this group.”."
    )


def test_a_paragraph_is_judged_statement_by_statement(retriever: HybridRetriever) -> None:
    found = check(f"{BUILT} {ELSEWHERE} {VIRTUAL}", retriever, Judging(by_words))
    assert found.verdict == "not_in_library"
    assert [(part.statement, part.verdict) for part in found.parts] == [
        (BUILT, "supported"),
        (ELSEWHERE, "not_in_library"),
        (VIRTUAL, "supported"),
    ]
    assert found.explanation == "Of 3 statements: 2 supported, 1 not in the library."
    numbers = [cited.number for cited in quotes(found)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(BODIES) == {cited.article_id for cited in found.supporting}


def test_one_contradicted_statement_contradicts_the_whole(retriever: HybridRetriever) -> None:
    verifier = Judging(lambda text, statement: NO if statement == VIRTUAL else by_words(text, statement))
    found = check(f"{BUILT} {VIRTUAL}", retriever, verifier)
    assert found.verdict == "contradicted"
    assert [part.verdict for part in found.parts] == ["supported", "contradicted"]
    assert found.supporting
    assert found.opposing


def test_each_verdict_comes_before_the_next_statement_is_read(retriever: HybridRetriever) -> None:
    verifier = Judging()
    coming = check_each(f"{BUILT} {VIRTUAL}", retriever, verifier)
    assert next(coming).statement == BUILT
    assert all(pair.statement == BUILT for pair in verifier.asked)
    assert next(coming).statement == VIRTUAL
