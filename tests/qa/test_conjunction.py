"""Questions for yes or no that join statements: told apart, and each held to its publisher's sentences."""

from __future__ import annotations

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from qa.chain import build_chain
from qa.conjunction import Judged, answered, judge, statements
from qa.evidence import Candidate
from qa.library import Library
from qa.question import Part, Publishers
from qa.retriever import HybridRetriever, open_retriever
from qa.sentences import spans_of_body
from qa.settings import Settings
from qa.types import Answer, Filters, Timings, Verdict
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
        (
            "Was the fourth meeting in Islamabad, while the third was in Beijing?",
            [("the fourth meeting in Islamabad", ()), ("the third meeting was in Beijing", ())],
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
        "Was the plant opened by Imran Khan, while it was built by Huaneng?",
    ],
)
def test_what_is_one_statement_or_relates_two_sides_is_not(question: str) -> None:
    assert statements(question, PUBLISHERS) == ()


def sentences(part: Part) -> list[Candidate]:
    (article,) = (each for each in (MEETING, PLANT) if each.publisher in part.publishers)
    return [
        Candidate(article, index, span, 1.0, 1.0, 1.0)
        for index, span in enumerate(spans_of_body(article.body))
    ]


def unknown(statement: str, publishers: tuple[str, ...]) -> Verdict:
    return Verdict(statement, "not_in_library", (), (), "", Timings())


def read(*statements: str, word: str) -> tuple[Judged, ...]:
    """What the model, which says a word, makes of statements of Energy Desk that no check finds."""
    stated = [Part(statement, ("Energy Desk",)) for statement in statements]
    model = FakeListChatModel(responses=[word])
    return judge(stated, HITS, unknown, sentences, model, probabilities=False)


def test_a_statement_is_held_to_the_sentence_that_comes_nearest() -> None:
    (one,) = read("Energy Desk says that the tariff was raised", word="yes")
    assert (one.odds, one.proven) == (1.0, False)
    assert "the tariff had been raised" in one.citation.quote


@pytest.mark.parametrize(
    "statement", ["the plant at Sahiwal cost $2.4 billion", "the plant at Sahiwal was opened by Imran Khan"]
)
def test_yes_takes_every_name_and_figure(statement: str) -> None:
    assert read(statement, word="yes") == ()
    assert {each.odds for each in read(statement, word="no")} == {-1.0}


def test_a_document_of_something_else_tells_nothing() -> None:
    assert read("the airport at Skardu is closed", word="no") == ()


def test_a_model_that_says_neither_judges_nothing() -> None:
    assert read("the plant at Sahiwal cost $1.8 billion", word="perhaps") == ()


def test_of_the_world_the_model_is_not_asked() -> None:
    stated = [Part("the plant at Sahiwal has closed"), Part("the fourth meeting was held")]
    model = FakeListChatModel(responses=["no"])
    assert judge(stated, HITS, unknown, sentences, model, probabilities=False) == ()


def test_one_statement_that_is_not_borne_out_settles_it() -> None:
    found = read("the plant at Sahiwal has closed", "the airport at Skardu is closed", word="no")
    proposal = answered(found)
    assert (proposal.brief, proposal.claims[0].support, len(proposal.steps)) == ("No", "partial", 1)
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
