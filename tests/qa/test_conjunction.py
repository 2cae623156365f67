"""Questions for yes or no that join statements: told apart, and each held to its publisher's sentences."""

from __future__ import annotations

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from qa.chain import build_chain
from qa.conjunction import Judged, answered, judge, statements
from qa.evidence import Candidate, numbered
from qa.library import Library
from qa.question import Part, Publishers
from qa.retriever import HybridRetriever, open_retriever
from qa.sentences import spans_of_body
from qa.settings import Settings
from qa.types import Answer, Article, Filters
from tests.qa.briefs import HITS, MEETING, PLANT, paragraphs

PUBLISHERS = Publishers(["Corridor Desk", "Energy Desk"])
BOTH = (
    "Does Corridor Desk report that the fourth meeting was co-chaired by Syrus Qazi, while Energy Desk says that "
    "the plant at Sahiwal cost $1.8 billion?"
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "Does Corridor Desk report on the plant and the port, while Energy Desk reports on the road?",
            [
                ("Corridor Desk report on the plant and the port", ("Corridor Desk",)),
                ("Energy Desk reports on the road", ("Energy Desk",)),
            ],
        ),
        (
            "Do Corridor Desk and Energy Desk both say that the plant is open?",
            [
                ("Corridor Desk and Energy Desk both say that the plant is open", (name,))
                for name in ("Corridor Desk", "Energy Desk")
            ],
        ),
        (
            "Did the plant open whereas the port closed, or do both reports say that they closed?",
            [("the plant open", ()), ("the port closed", ())],
        ),
    ],
)
def test_statements_are_told_apart(question: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(part.text, part.publishers) for part in statements(question, PUBLISHERS)] == found


@pytest.mark.parametrize(
    "question",
    [
        "Was the fourth meeting held in Islamabad?",
        "Who chaired the meeting, while the plant was built?",
        "Did Corridor Desk report on it before Energy Desk did?",
        "Do Corridor Desk and Energy Desk give the same figure?",
        "Was it a plant or was it a port?",
    ],
)
def test_what_is_one_statement_or_relates_two_sides_is_not(question: str) -> None:
    assert statements(question, PUBLISHERS) == ()


def sentences(article: Article) -> list[Candidate]:
    return [
        Candidate(article, index, span, 1.0, 1.0, 1.0)
        for index, span in enumerate(spans_of_body(article.body))
    ]


def judged(statement: str, article: Article, *words: str) -> tuple[Judged, ...]:
    model = FakeListChatModel(responses=list(words))
    return judge([Part(statement)], [sentences(article)], model, probabilities=False)


def test_a_statement_that_the_first_sentence_does_not_bear_is_put_to_the_next() -> None:
    one = judged("the meeting was co-chaired by Syrus Qazi", MEETING, "no", "yes")
    assert [(each.odds, "co-chaired" in each.candidate.text) for each in one] == [(1.0, True)]


@pytest.mark.parametrize(
    "statement", ["the plant at Sahiwal cost $2.4 billion", "the plant at Sahiwal was opened by Imran Khan"]
)
def test_yes_takes_every_name_and_figure(statement: str) -> None:
    assert judged(statement, PLANT, "yes") == ()
    assert {each.odds for each in judged(statement, PLANT, "no")} == {-1.0}


def test_a_document_of_something_else_tells_nothing() -> None:
    assert judged("the airport at Skardu is closed", PLANT, "no") == ()


def test_a_model_that_says_neither_judges_nothing() -> None:
    assert judged("the plant at Sahiwal cost $1.8 billion", PLANT, "perhaps") == ()


def test_one_statement_that_is_not_borne_out_settles_it() -> None:
    stated = [Part("the plant at Sahiwal has closed"), Part("the airport at Skardu is closed")]
    found = judge(stated, [sentences(PLANT)] * 2, FakeListChatModel(responses=["no"]), probabilities=False)
    proposal = answered(found, numbered(HITS))
    assert (proposal.brief, len(proposal.steps)) == ("No", 1)
    assert "not borne out" in proposal.steps[0].question


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    settings = Settings(library=tmp_path_factory.mktemp("conjunction"))
    library = Library(settings.library, create=True)
    for article in (MEETING, PLANT):
        library.put(article, tuple(paragraphs(article)))
    retriever = open_retriever(settings, library)
    retriever.lexical.sync()
    retriever.vectors.sync()
    return retriever


@pytest.mark.parametrize(("words", "text"), [(["yes"], "Yes [1] [2]."), (["no"], "No [1] [2].")])
def test_each_statement_is_answered_by_its_publisher_with_quotes(
    retriever: HybridRetriever, words: list[str], text: str
) -> None:
    chain = build_chain(
        Settings(library=retriever.library.folder), retriever, FakeListChatModel(responses=words)
    )
    answer = chain.invoke({"question": BOTH, "history": (), "filters": Filters()})["answer"]
    assert isinstance(answer, Answer)
    assert (answer.status, answer.text, answer.prompts) == ("answered", text, ("holds-1",))
    assert [step.citations[0].publisher for step in answer.steps] == ["Corridor Desk", "Energy Desk"]
    bodies = {article.id: article.body for article in (MEETING, PLANT)}
    for step in answer.steps:
        for cited in step.citations:
            assert bodies[cited.article_id][cited.start : cited.end] == cited.quote
