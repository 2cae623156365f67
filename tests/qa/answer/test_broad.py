"""Broad questions over news of the tests' own: how they are read, and what is gathered for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answer.assistant import Assistant
from qa.answer.broad import read
from qa.core.settings import Settings
from qa.core.types import Answer, Turn
from qa.search.retriever import open_retriever
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.store.vectors import Vectors
from qa.verify.parser import Parser
from tests.qa.briefs import paragraphs
from tests.qa.news import stories


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Settings())


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the tests' news, whose language model would not be found."""
    folder: Path = tmp_path_factory.mktemp("news")
    settings = Settings(library=folder, llm="nobody:none")
    library = Library(folder, create=True)
    for article in stories():
        library.put(article, tuple(paragraphs(article)))
    retriever = open_retriever(settings, library)
    for index in (retriever.lexical, retriever.vectors):
        assert isinstance(index, Lexical | Vectors)
        index.sync()
    return Assistant(settings, library, retriever)


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("Summarise what the library says about Kiruna", "summary", "Kiruna"),
        ("Tell me about the Estuary Council", "summary", "Estuary Council"),
        ("What is known about the Saarinen Prize?", "summary", "Saarinen Prize"),
        ("Who is Lena Halvorsen?", "who", "Lena Halvorsen"),
        ("What's new with the town hall?", "latest", "town hall"),
        ("What is the latest on the tidal power station?", "latest", "tidal power station"),
        ("latest on the Karachi Circular Railway", "latest", "Karachi Circular Railway"),
        ("How did the fare of the Gwadar-Muscat ferry change?", "change", "fare of Gwadar-Muscat ferry"),
        ("How did the cost of ML-1 change over time?", "change", "cost of ML-1"),
        ("What has changed at the Estuary Council?", "change", "Estuary Council"),
        ("What happened to the Estuary Council over time?", "change", "Estuary Council"),
        ("How many hikers were rescued in 2024?", "count", "hikers rescued in 2024"),
        ("List the power stations with their costs", "list", "power stations"),
        ("In which cities did the council meet?", "list", "council"),
        ("Which countries are mentioned?", "list", ""),
    ],
)
def test_a_broad_question_is_recognised(parser: Parser, question: str, kind: str, topic: str) -> None:
    found = read(question, parser)
    assert found is not None
    assert (found.kind, found.topic) == (kind, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Who co-chaired the third meeting of the Estuary Council?",
        "How many turbines does the Saint-Malo station have?",
        "What did Kerguelen say about the fishing grounds?",
        "Which city hosted the meeting?",
        "What stance was taken on fake news and slanted coverage of the council?",
        "Which news outlets were accused of spreading falsehoods about the station?",
        "Which third countries were admitted at the meeting?",
        "Which provinces joined the council?",
        "How many people were riding the tram every day by the end of its first year?",
        "When was the latest forum held?",
        "Name the two chairs of the third meeting",
        "How many delegates took part in the third meeting?",
    ],
)
def test_a_question_for_one_fact_is_not_broad(parser: Parser, question: str) -> None:
    assert read(question, parser) is None


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Summarise what the library says about Kiruna", "won the Saarinen Prize"),
        ("Who is Lena Halvorsen?", "Architect Lena Halvorsen designed"),
        ("How many hikers were rescued in 2024?", "Seven hikers were rescued"),
        ("How many meetings of the Estuary Council were held?", "third meeting of the Estuary Council"),
    ],
)
def test_it_is_answered_by_quotes_at_their_offsets(assistant: Assistant, question: str, quoted: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.digest is not None
    quotes = [cited for claim in answer.claims for cited in claim.citations]
    for cited in quotes:
        article = assistant.library.article(cited.article_id)
        assert article is not None
        assert article.body[cited.start : cited.end] == cited.quote
    assert any(quoted in cited.quote for cited in quotes)


def test_a_count_says_what_was_counted_and_what_may_be_missing(assistant: Assistant) -> None:
    answer = assistant.ask("How many hikers were rescued in 2024?")
    assert answer.digest is not None
    assert answer.digest.lead == "7, counted over 1 dated event in 1 document."
    assert answer.digest.missing


def test_nothing_is_made_of_what_the_library_does_not_mention(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise what the library says about Wollongong")
    assert answer.status == "not_in_library"
    assert answer.advice[0].startswith("Nothing found on Wollongong.")
    assert "Summarise" not in " ".join(answer.advice)


def test_a_misspelt_name_finds_its_own_and_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Tell me about the town hall of Kirunna")
    assert answer.status == "answered"
    assert answer.note == 'No document has "Kirunna"; searched for "Kiruna".'
    assert answer.question == "Tell me about the town hall of Kirunna"


def test_a_pronoun_stands_for_what_was_asked_before(assistant: Assistant) -> None:
    before: Answer = assistant.ask("Who is Lena Halvorsen?")
    turns = [Turn("user", before.question), Turn("assistant", before.text)]
    after = assistant.ask("Tell me more about her", turns)
    assert after.digest is not None
    assert "Lena Halvorsen" in after.digest.lead


@pytest.mark.parametrize(
    "question", ["Summarise", "?", "List all", "How many", "Who is", "What changed?", "News"]
)
def test_a_fragment_is_read_without_failing(parser: Parser, question: str) -> None:
    read(question, parser)
