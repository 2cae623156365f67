"""Statements held to their publishers' sentences, and the yes or no to all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from qa.chain import build_chain
from qa.conjunction import Statement
from qa.evidence import Candidate
from qa.judgement import Judged, answered, judge
from qa.proof import cite
from qa.retriever import HybridRetriever
from qa.sentences import spans_of_body
from qa.settings import Settings
from qa.types import Answer, Article, Filters, Timings, Verdict
from tests.qa.briefs import HITS, MEETING, PLANT

BOTH = (
    "Does Corridor Desk report that the fourth meeting was co-chaired by Syrus Qazi, while Energy Desk says that "
    "the plant at Sahiwal cost $1.8 billion?"
)


def sentences(statement: Statement) -> list[Candidate]:
    (article,) = (each for each in (MEETING, PLANT) if each.publisher == statement.publisher)
    return [
        Candidate(article, index, span, 1.0, 1.0, 1.0)
        for index, span in enumerate(spans_of_body(article.body))
    ]


def unknown(statement: Statement) -> Verdict:
    return Verdict(statement.told, "not_in_library", (), (), "", Timings())


def read(*told: str, word: str) -> tuple[Judged, ...]:
    """What the model, which says a word, makes of statements of Energy Desk that no check finds."""
    stated = [Statement(f"Energy Desk says that {each}", "Energy Desk", each) for each in told]
    model = FakeListChatModel(responses=[word])
    return judge(stated, HITS, unknown, sentences, model, probabilities=False)


def test_a_statement_is_held_to_the_sentence_that_comes_nearest() -> None:
    (one,) = read("the building of the Sahiwal plant took 22 months", word="yes")
    assert (one.odds, one.proven) == (1.0, False)
    assert one.citation.quote.endswith("took 22 months to build.")


@pytest.mark.parametrize(
    "told",
    [
        "the plant at Sahiwal cost $2.4 billion",
        "the plant at Sahiwal was opened by Prime Minister Imran Khan",
        "the tariff of the plant at Sahiwal was raised",
    ],
)
def test_yes_takes_every_name_and_figure_and_no_denial(told: str) -> None:
    assert read(told, word="yes") == ()
    assert {each.odds for each in read(told, word="no")} == {-1.0}


def test_a_document_of_something_else_tells_nothing() -> None:
    assert read("the airport at Skardu is closed", word="no") == ()
    assert read("wheat is cheap", word="no") == ()


def test_a_model_that_says_neither_judges_nothing() -> None:
    assert read("the plant at Sahiwal cost $1.8 billion", word="perhaps") == ()


def test_of_the_world_the_model_is_not_asked() -> None:
    told = ("the plant at Sahiwal has closed", "the fourth meeting was held")
    stated = [Statement(each, None, each) for each in told]
    model = FakeListChatModel(responses=["no"])
    assert judge(stated, HITS, unknown, sentences, model, probabilities=False) == ()


def test_one_statement_that_is_not_borne_out_settles_it() -> None:
    found = read("the plant at Sahiwal has closed", "the airport at Skardu is closed", word="no")
    proposal = answered(found)
    assert (proposal.brief, proposal.claims[0].support, len(proposal.steps)) == ("No", "partial", 1)
    assert "not borne out" in proposal.steps[0].question


def ask(retriever: HybridRetriever, question: str, words: list[str]) -> Answer:
    model = FakeListChatModel(responses=words)
    chain = build_chain(Settings(library=retriever.library.folder), retriever, model)
    answer = chain.invoke({"question": question, "history": (), "filters": Filters()})["answer"]
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    ("cost", "words", "text"),
    [
        ("$1.8", ["yes"], "Yes [1] [2]."),
        ("$2.4", ["yes", "no"], "No [1] [2]."),
    ],
)
def test_what_words_settle_the_model_must_agree_to(
    retriever: HybridRetriever, cost: str, words: list[str], text: str
) -> None:
    answer = ask(retriever, BOTH.replace("$1.8", cost), words)
    assert (answer.status, answer.text, answer.prompts) == ("answered", text, ("holds-1",))
    assert answer.claims[0].support == "supported"
    assert [step.citations[0].publisher for step in answer.steps] == ["Corridor Desk", "Energy Desk"]
    bodies = {article.id: article.body for article in (MEETING, PLANT)}
    for step in answer.steps:
        for cited in step.citations:
            assert bodies[cited.article_id][cited.start : cited.end] == cited.quote


def test_where_they_differ_nothing_is_said(retriever: HybridRetriever) -> None:
    assert ask(retriever, BOTH, ["yes", "no", "No.", "No."]).status == "not_in_library"


@pytest.mark.parametrize("found", [(), (replace(PLANT, id="elsewhere"),)])
def test_a_verdict_that_rests_on_no_document_found_settles_nothing(found: tuple[Article, ...]) -> None:
    def contradicted(statement: Statement) -> Verdict:
        quotes = tuple(cite(article, 0, 20, 1) for article in found)
        return Verdict(statement.told, "contradicted", (), quotes, "", Timings())

    stated = [Statement(each, "Energy Desk", each) for each in ("the plant cost $2 billion", "it is open")]
    model = FakeListChatModel(responses=["no"])
    assert judge(stated, HITS, contradicted, sentences, model, probabilities=False) == ()
