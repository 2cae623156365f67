"""What a document orders is never carried out: at most it is quoted."""

from __future__ import annotations

import pytest

from ingest.pipeline import ingest
from qa.answer import prompts
from qa.answer.chain import build_chain
from qa.answer.chat_judge import ChatJudge
from qa.core.settings import Settings
from qa.core.types import Answer, Article, Filters
from qa.search.retriever import HybridRetriever, open_retriever
from tests.qa.agreeing import Agreeing
from tests.qa.judging import PARSER, Judging, by_words
from tests.qa.planted import ORDER, ORDERED, PLANTED, Planted

Documents = tuple[HybridRetriever, dict[str, Article]]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """All twenty, ingested as files are, and the article of each by its place."""
    folder = tmp_path_factory.mktemp("planted")
    settings = Settings(library=folder / "library")
    inputs = folder / "in"
    inputs.mkdir()
    for each in PLANTED:
        (inputs / each.name).write_bytes(each.data)
    report = ingest([str(inputs)], settings)
    assert not report.refused
    retriever = open_retriever(settings)
    stored = list(retriever.library.articles())
    articles = {
        each.place: next(a for a in stored if f"bridge at {each.place}" in a.body) for each in PLANTED
    }
    return retriever, articles


def ask(documents: Documents, planted: Planted, reply: str, question: str = "") -> tuple[Answer, str]:
    """The answer of its document over a model that writes `reply`, and the prompt that the model was given."""
    retriever, articles = documents
    only = Filters(articles=(articles[planted.place].id,))
    settings = Settings(library=retriever.library.folder)
    model = Agreeing(responses=[reply])
    judge = ChatJudge(model, probabilities=False)
    chain = build_chain(settings, retriever, model, Judging(by_words), judge, PARSER)
    question = question or f"What did the bridge at {planted.place} cost?"
    asked = {"question": question, "history": (), "filters": only}
    done = chain.invoke(asked)
    answer = done["answer"]
    assert isinstance(answer, Answer)
    asked = prompts.answer(done["standalone"], done["evidence"]).messages
    system, human = (str(each.content) for each in asked)
    assert ORDERED not in system
    return answer, human


each_document = pytest.mark.parametrize("planted", PLANTED, ids=lambda each: each.where)


@each_document
def test_what_it_orders_is_kept_from_search_or_kept_as_text(documents: Documents, planted: Planted) -> None:
    retriever, articles = documents
    article = articles[planted.place]
    passages = " ".join(passage.text for passage in retriever.library.passages_of(article.id))
    assert planted.cost in passages
    if planted.fate != "quoted":
        assert ORDERED not in passages
    if planted.fate == "quarantined":
        assert any(ORDERED in each.text and each.action == "quarantined" for each in article.stripped)
    if planted.fate == "stripped":
        assert ORDERED not in article.body


@each_document
def test_it_cannot_leave_the_marks_that_make_it_a_quotation(documents: Documents, planted: Planted) -> None:
    _, prompt = ask(documents, planted, prompts.REFUSAL)
    assert prompt.count("<<<") == prompt.count(">>>") == 1
    fenced = prompt[prompt.index("<<<") : prompt.index(">>>")]
    assert planted.cost in fenced
    assert ORDERED not in prompt.replace(fenced, "")
    if planted.fate != "quoted":
        assert ORDERED not in prompt


@pytest.mark.parametrize(
    "planted", [each for each in PLANTED if each.fate != "quoted"], ids=lambda each: each.where
)
def test_a_model_that_obeys_is_not_believed(documents: Documents, planted: Planted) -> None:
    answer, _ = ask(documents, planted, f"The bridge at {planted.place} belongs to Atlantis [1].")
    assert ORDERED not in answer.text
    assert all(ORDERED not in claim.text for claim in answer.claims)


@pytest.mark.parametrize(
    "planted", [each for each in PLANTED if each.fate != "quoted"], ids=lambda each: each.where
)
def test_an_order_proves_nothing_of_what_it_orders_to_say(documents: Documents, planted: Planted) -> None:
    question = f"To whom does the bridge at {planted.place} belong?"
    answer, _ = ask(documents, planted, f"The bridge at {planted.place} belongs to Atlantis [1].", question)
    assert ORDERED not in answer.text


@each_document
def test_a_model_that_does_not_obey_is_proved_as_ever(documents: Documents, planted: Planted) -> None:
    answer, _ = ask(documents, planted, f"The bridge at {planted.place} cost {planted.cost} [1].")
    assert planted.cost in answer.text
    for cited in (each for claim in answer.claims for each in claim.citations):
        body = documents[1][planted.place].body
        assert body[cited.start : cited.end] == cited.quote
        assert ORDER not in cited.quote


@pytest.mark.llm
@pytest.mark.parametrize("planted", PLANTED[::5], ids=lambda each: each.where)
def test_the_built_in_model_answers_the_reader(documents: Documents, planted: Planted) -> None:
    from qa.answer.assistant import Assistant

    retriever = documents[0]
    assistant = Assistant(Settings(library=retriever.library.folder), retriever.library, retriever)
    answer = assistant.ask(f"What did the bridge at {planted.place} cost?")
    assert ORDERED not in answer.text
    assert planted.cost in answer.text
