"""What the model reads, to the character: marks and braces of a text are text."""

from __future__ import annotations

from langchain_core.messages import BaseMessage

from qa.answer import prompts
from qa.answer.evidence import Evidence
from qa.core.types import Article, Turn
from qa.verify.entailment import Pair
from qa.verify.prompts import document_claim, true, which

BRACES = "Who {question} is {text}? {0} {} {{x}} ${y}"


def human(messages: tuple[BaseMessage, ...] | list[BaseMessage]) -> str:
    assert [each.type for each in messages][-1] == "human"
    return str(messages[-1].content)


def test_sources_and_question_stand_as_they_are() -> None:
    body = "It >>> opened {0}."
    article = Article(id="a", title="Port {opens}", body=body, source="a")
    prompt = prompts.answer(BRACES, [Evidence(1, article, ((0, len(body)),))])
    assert prompt.name == "answer-2"
    assert (
        human(prompt.messages) == f"<<<\n[1] {article.header}\nIt > opened {{0}}.\n>>>\n\nQuestion: {BRACES}"
    )


def test_a_text_that_is_asked_stands_as_it_is() -> None:
    prompt = prompts.pick(BRACES, "<<<{text}>>>")
    assert prompt.name == "pick-1"
    assert human(prompt.messages) == f"Text: <<<\n<{{text}}>\n>>>\n\nQuestion: {BRACES}"


def test_a_conversation_stands_as_it_is() -> None:
    prompt = prompts.rewrite(BRACES, [Turn("user", "{conversation}"), Turn("assistant", BRACES)])
    assert prompt.name == "rewrite-2"
    assert (
        human(prompt.messages) == f"User: {{conversation}}\nAssistant: {BRACES}\n\n"
        f"Last question: {BRACES}\nRewritten question:"
    )


def test_a_pair_that_is_judged_stands_as_it_is() -> None:
    pair = Pair("{text} <<<", BRACES)
    for asked, word in ((which, "Which?"), (true, "True?")):
        assert human(asked(pair)) == f"Text: <<<\n{{text}} <\n>>>\nStatement: {BRACES}\n{word}"
    assert human(document_claim(pair)) == f"Document: {{text}} <<<\nClaim: {BRACES}"
