"""The chain from question to proven answer, on a real library; the model's words are given."""

from __future__ import annotations

from qa import prompts
from qa.chain import build_chain
from qa.retriever import HybridRetriever
from qa.settings import Settings
from qa.types import Answer, Filters, Turn
from tests.qa.briefs import PLANT
from tests.qa.models import Agreeing

FACT = "The fourth meeting was co-chaired by Syrus Qazi and Sun Weidong [1]."
FABLE = "The meeting was attended by the King of Sweden [1]."


def ask(
    retriever: HybridRetriever,
    question: str,
    reply: str,
    history: tuple[Turn, ...] = (),
    again: str | None = None,
    **settings: object,
) -> Answer:
    chosen = Settings.model_validate({"library": retriever.library.folder} | settings)
    chain = build_chain(chosen, retriever, Agreeing(responses=[reply, again or reply]))
    asked = {"question": question, "history": history, "filters": Filters()}
    answer = chain.invoke(asked)["answer"]
    assert isinstance(answer, Answer)
    return answer


def test_sources_come_before_words_and_the_answer_last(retriever: HybridRetriever) -> None:
    chain = build_chain(Settings(), retriever, Agreeing(responses=[FACT]))
    asked = {"question": "Who co-chaired the fourth meeting?", "history": (), "filters": Filters()}
    order = list(dict.fromkeys(name for event in chain.stream(asked) for name in event))
    assert order[-4:] == ["evidence", "draft", "proposal", "answer"]


def test_what_is_proved_is_answered(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who co-chaired the fourth meeting?", FACT)
    assert answer.status == "answered"
    assert answer.text == FACT
    assert "Syrus Qazi and Vice Minister Sun Weidong" in answer.claims[0].citations[0].quote


def test_an_invention_is_withheld_and_the_rest_stays(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who co-chaired the fourth meeting?", f"{FACT} {FABLE}")
    assert answer.text == FACT


def test_an_invention_is_marked_when_not_strict(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who co-chaired the fourth meeting?", f"{FACT} {FABLE}", strict=False)
    assert [claim.support for claim in answer.claims] == ["supported", "unsupported"]


def test_nothing_but_inventions_is_a_refusal_with_the_nearest_passages(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who attended the fourth meeting?", FABLE)
    assert (answer.status, answer.text, answer.claims) == ("not_in_library", prompts.REFUSAL, ())
    assert answer.hits


def test_what_the_model_refuses_at_first_it_is_asked_once_more(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who co-chaired the fourth meeting?", prompts.REFUSAL, again=FACT)
    assert (answer.status, answer.text) == ("answered", FACT)
    assert answer.signals["insisted"] == 1
    assert "again-1" in answer.prompts


def test_an_invention_is_none_the_truer_for_asking_again(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who attended the fourth meeting?", prompts.REFUSAL, again=FABLE)
    assert (answer.status, answer.claims) == ("not_in_library", ())


def test_an_answer_in_other_words_than_its_document_s_is_given_as_the_document_has_it(
    retriever: HybridRetriever,
) -> None:
    reworded = "The delegates turned down disinformation [1]."
    answer = ask(retriever, "What did the delegates turn down?", prompts.REFUSAL, again=reworded, caution=0)
    (claim,) = answer.claims
    assert claim.text.startswith("They rejected disinformation about it")
    assert claim.text == claim.citations[0].quote
    assert answer.brief == "disinformation"
    assert answer.signals["insisted"] == 1


def test_no_document_is_quoted_for_an_answer_that_none_has(retriever: HybridRetriever) -> None:
    answer = ask(
        retriever, "What did the delegates turn down?", prompts.REFUSAL, again="Herring [1].", caution=0
    )
    assert (answer.status, answer.withheld) == ("not_in_library", "")


def test_a_clear_question_that_the_model_refuses_is_answered_with_the_sentence(
    retriever: HybridRetriever,
) -> None:
    answer = ask(retriever, "Who co-chaired the fourth meeting of the working group?", prompts.REFUSAL)
    assert answer.status == "answered"
    assert "Syrus Qazi and Vice Minister Sun Weidong" in answer.claims[0].text
    assert answer.signals["insisted"] == 0


def test_a_refusal_of_a_question_that_no_sentence_meets_stands(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "What lunch was served to delegates?", prompts.REFUSAL)
    assert (answer.status, answer.claims) == ("not_in_library", ())
    assert answer.nearest
    assert answer.advice


def test_an_answer_of_another_kind_is_a_refusal(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "How many people attended the fourth meeting?", FACT)
    assert answer.status == "not_in_library"


def test_a_name_that_nothing_found_holds_is_refused_without_the_model(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "What was decided about Gwadar airport at the meeting?", FACT)
    assert answer.status == "not_in_library"


def test_a_follow_up_is_searched_for_as_understood(retriever: HybridRetriever) -> None:
    history = (Turn("user", "What is said of the plant at Sahiwal?"), Turn("assistant", "It cost much."))
    answer = ask(retriever, "How long did it take?", "How long did the Sahiwal plant take?", history)
    assert answer.standalone == "How long did the Sahiwal plant take?"
    assert answer.hits[0].article.id == PLANT.id
