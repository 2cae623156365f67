"""The traps, in their own small format."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from eval.evidence import Locator
from eval.examine import Examiner
from eval.sets.traps import load
from eval.shelf import shelve
from eval.types import EvalSet
from qa.answer.assistant import Assistant
from qa.core.settings import Settings
from qa.store.library import Library
from tests.qa.judging import NO, YES, Judging

from .test_public import public

BAGS = (
    "Council bans thin bags\n\nDate: 2024-03-04\nPublisher: Harbour Post\n\n"
    "The town council of Vessa voted on Monday to ban thin plastic bags in grocery shops.\n"
)
FARM = (
    "Wind farm opens\n\nDate: 2024-11-14\nPublisher: Ledger Daily\n\n"
    "The wind farm at Holm opened on Thursday and has 14 turbines.\n"
)
STATED = (
    {"id": "1", "statement": "The council of Vessa voted to ban thin bags.", "verdict": "supported"},
    {"id": "2", "statement": "The council of Vessa voted to allow thin bags.", "verdict": "not supported"},
)


def write(path: Path, *lines: dict[str, Any]) -> None:
    """Writes objects as JSON lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def traps(tmp_path: Path) -> EvalSet:
    """Two statements over one document, and a question over that and another."""
    home = tmp_path / "traps"
    home.mkdir()
    write(home / "documents.jsonl", {"id": "101", "text": BAGS})
    write(home / "statements.jsonl", *(each | {"kind": "swapped", "document": "101"} for each in STATED))
    write(
        home / "question_documents.jsonl", {"id": "bags.txt", "text": BAGS}, {"id": "farm.txt", "text": FARM}
    )
    write(home / "questions.jsonl", {"id": "q1", "question": "How many?", "right": "14 (40 was an error)"})
    return load(home)


def test_headline_day_and_publisher_land_in_the_article(traps: EvalSet, settings: Settings) -> None:
    articles = Library(shelve(traps, settings, lambda step: None).library).articles()
    bags = next(each for each in articles if each.title == "Council bans thin bags")
    assert (bags.publisher, bags.published) == ("Harbour Post", dt.date(2024, 3, 4))
    assert bags.body.startswith("The town council")
    assert "Date:" not in bags.body
    assert bags.header == 'Harbour Post, 4 March 2024: "Council bans thin bags"'
    assert len(articles) == 2


def test_a_statement_sees_its_own_document_and_a_question_those_of_the_questions(traps: EvalSet) -> None:
    true, false, question = traps.questions
    (bags, farm) = traps.documents
    assert true.documents == false.documents == (bags.url,)
    assert (true.verdict, false.verdict, question.verdict) == ("supported", "not_supported", None)
    assert question.documents == (bags.url, farm.url)
    assert (question.kind, question.answers) == ("question", ("14 (40 was an error)", "14"))
    assert traps.given


def test_statements_are_checked_and_scored(traps: EvalSet, settings: Settings) -> None:
    """A verifier that reads "ban" in the text says no to "allow": one kept, one caught."""
    placed = shelve(traps, settings, lambda step: None)
    assistant = Assistant.open(placed)
    judging = Judging(lambda text, statement: NO if "allow" in statement else YES)
    assistant._verifier = judging
    locator = Locator(assistant.library)
    examiner = Examiner(
        assistant.retriever, locator, lambda sentence, cited: True, assistant, retrieval=False, given=True
    )
    true, false = (examiner.row(each) for each in traps.questions[:2])
    assert true["scores"] | {"precision": 1, "coverage": 1, "true_kept": 1, "decided": 1} == true["scores"]
    assert false["expected"] == "not_supported"
    assert false["scores"] | {"precision": 1, "false_supported": 0, "contradicted_true": 0} == false["scores"]
    assert {pair.text.splitlines()[0] for pair in judging.asked} == {
        'Harbour Post, 4 March 2024: "Council bans thin bags"'
    }


def test_the_data_is_read_whole() -> None:
    loaded = public("traps")
    assert all(document.publisher and document.published for document in loaded.documents)
    assert not any("Publisher:" in document.body for document in loaded.documents)
    kinds = [question.kind for question in loaded.questions if not question.is_statement]
    assert set(kinds) == {"question"}
    assert len(loaded.questions) - len(kinds) == 212
