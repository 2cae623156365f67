"""The chain from question to proven answer, on a real library; the words of model and verifier are given."""

from __future__ import annotations

import pytest

from qa.answer import prompts
from qa.answer.chain import build_chain
from qa.answer.chat_judge import ChatJudge
from qa.core.settings import Settings
from qa.core.types import Answer, Filters, Turn
from qa.search.retriever import HybridRetriever
from tests.qa.agreeing import Agreeing
from tests.qa.briefs import MEETING, PLANT
from tests.qa.judging import NO, OPEN, PARSER, YES, Judging, by_words

WHO = "Who co-chaired the fourth meeting?"
FACT = "The fourth meeting was co-chaired by Syrus Qazi and Sun Weidong [1]."
FABLE = "The meeting was attended by the King of Sweden [1]."
BOTH = (
    "Does Corridor Desk report that the fourth meeting was co-chaired by Syrus Qazi, while Energy Desk says that "
    "the plant at Sahiwal cost $1.8 billion?"
)
BODIES = {article.id: article.body for article in (MEETING, PLANT)}


def ask(
    retriever: HybridRetriever,
    question: str,
    reply: str,
    history: tuple[Turn, ...] = (),
    again: str | None = None,
    verifier: Judging | None = None,
    **settings: object,
) -> Answer:
    chosen = Settings.model_validate({"library": retriever.library.folder} | settings)
    model = Agreeing(responses=[reply, again or reply])
    chain = build_chain(
        chosen,
        retriever,
        model,
        verifier or Judging(by_words),
        ChatJudge(model, probabilities=False),
        PARSER,
    )
    asked = {"question": question, "history": history, "filters": Filters()}
    answer = chain.invoke(asked)["answer"]
    assert isinstance(answer, Answer)
    return answer


def test_sources_come_before_words_and_the_answer_last(retriever: HybridRetriever) -> None:
    model = Agreeing(responses=[FACT])
    judge = ChatJudge(model, probabilities=False)
    chain = build_chain(Settings(), retriever, model, Judging(by_words), judge, PARSER)
    asked = {"question": WHO, "history": (), "filters": Filters()}
    order = list(dict.fromkeys(name for event in chain.stream(asked) for name in event))
    assert order[-4:] == ["evidence", "draft", "proposal", "answer"]


def test_what_is_proved_is_answered(retriever: HybridRetriever) -> None:
    answer = ask(retriever, WHO, FACT)
    assert answer.status == "answered"
    assert answer.text == FACT
    assert "Syrus Qazi and Vice Minister Sun Weidong" in answer.claims[0].citations[0].quote


def test_what_is_told_of_the_fourth_meeting_answers_nothing_about_the_fifth(
    retriever: HybridRetriever,
) -> None:
    assert "fourth meeting" in MEETING.body
    reply = "The meeting was co-chaired by Syrus Qazi and Sun Weidong [1]."
    assert ask(retriever, WHO.replace("fourth", "fifth"), reply, caution=0).status == "not_in_library"
    assert ask(retriever, WHO, reply, caution=0).status == "answered"


def test_an_invention_is_withheld_and_the_rest_stays(retriever: HybridRetriever) -> None:
    assert ask(retriever, WHO, f"{FACT} {FABLE}").text == FACT


def test_an_invention_is_marked_when_not_strict(retriever: HybridRetriever) -> None:
    answer = ask(retriever, WHO, f"{FACT} {FABLE}", strict=False)
    assert [claim.support for claim in answer.claims] == ["supported", "unsupported"]


def test_nothing_but_inventions_is_a_refusal_with_the_nearest_passages(retriever: HybridRetriever) -> None:
    answer = ask(retriever, "Who attended the fourth meeting?", FABLE, caution=1)
    assert (answer.status, answer.text, answer.claims) == ("not_in_library", prompts.REFUSAL, ())
    assert "Sweden" not in answer.withheld
    assert answer.hits
    assert answer.nearest
    assert answer.advice


def test_where_the_model_refuses_the_nearest_sentence_is_quoted(retriever: HybridRetriever) -> None:
    answer = ask(retriever, WHO, prompts.REFUSAL, caution=0)
    (claim,) = answer.claims
    assert answer.status == "answered"
    assert "Syrus Qazi and Vice Minister Sun Weidong" in claim.text
    assert claim.text == " ".join(claim.citations[0].quote.split())


def test_a_sentence_that_the_verifier_finds_not_entailed_is_not_given(retriever: HybridRetriever) -> None:
    verifier = Judging(lambda text, statement: OPEN)
    answer = ask(retriever, "What was said of Sweden?", "Sweden was praised [1].", verifier=verifier)
    assert "Sweden" not in answer.text


def test_a_follow_up_is_searched_for_as_understood(retriever: HybridRetriever) -> None:
    history = (Turn("user", "What is said of the plant at Sahiwal?"), Turn("assistant", "It cost much."))
    answer = ask(retriever, "How long did it take?", "How long did the Sahiwal plant take?", history)
    assert answer.standalone == "How long did the Sahiwal plant take?"
    assert answer.hits[0].article.id == PLANT.id


@pytest.mark.parametrize(("judgement", "text"), [(YES, "Yes [1]."), (NO, "No [1].")])
def test_a_question_for_yes_or_no_is_put_to_the_verifier_and_to_no_model(
    retriever: HybridRetriever, judgement: object, text: str
) -> None:
    verifier = Judging(lambda text, statement: judgement)  # type: ignore[arg-type,return-value]
    answer = ask(retriever, "Did the Sahiwal plant take 22 months to build?", "Never.", verifier=verifier)
    assert (answer.status, answer.text, answer.prompts) == ("answered", text, ())
    (cited,) = answer.claims[0].citations
    assert BODIES[cited.article_id][cited.start : cited.end] == cited.quote


def test_statements_of_two_reports_are_verified_each_in_its_own(retriever: HybridRetriever) -> None:
    answer = ask(retriever, BOTH, "Never.")
    assert (answer.status, answer.text) == ("answered", "Yes [1] [2].")
    assert [step.citations[0].publisher for step in answer.steps] == ["Corridor Desk", "Energy Desk"]


def test_a_premise_that_a_document_contradicts_is_corrected(retriever: HybridRetriever) -> None:
    def denied(text: str, statement: str) -> object:
        return NO if "Beijing" in statement else OPEN

    verifier = Judging(denied)  # type: ignore[arg-type]
    question = "Why was the fourth meeting held in Beijing?"
    answer = ask(retriever, question, prompts.REFUSAL, verifier=verifier, caution=1)
    assert answer.status == "not_in_library"
    assert answer.corrections
    assert all(
        claim.citations[0].quote in BODIES[claim.citations[0].article_id] for claim in answer.corrections
    )


def test_a_proved_answer_shows_that_its_premise_was_granted_rightly(retriever: HybridRetriever) -> None:
    question = "Why did the sides praise the work of both countries?"
    verifier = Judging(lambda text, statement: YES if "because" in statement else NO)
    reply = "They praised the work of both countries because the fourth meeting was held [1]."
    assert ask(retriever, question, reply, verifier=verifier, caution=0).corrections == ()
    assert ask(retriever, question, reply, verifier=verifier, caution=1).corrections
