"""The TimeQA loader, over records made in its form and over the data itself where it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.evidence import find_quote
from eval.registry import load_set
from eval.sets import timeqa
from qa.core.errors import DatelineError

PAGE = {
    "index": "/wiki/Ada#P39",
    "link": "/wiki/Ada",
    "paras": ["Ada", "Ada was mayor from 1990 to 1993 . From 1994 she was a judge .", "She died in 2001 ."],
    "questions": [
        ["What was Ada in 1992?", [{"para": 1, "from": 8, "end": 13, "answer": "mayor"}]],
        ["What was Ada in 1970?", [{"para": 0, "from": 0, "end": 0, "answer": ""}]],
    ],
}


def test_evidence_is_the_sentence_that_holds_the_answer(tmp_path: Path) -> None:
    (tmp_path / "documents.json").write_text(json.dumps([PAGE]))
    loaded = timeqa.load(tmp_path)
    answered, unanswered = loaded.questions
    assert loaded.documents[0].body.startswith("Ada was mayor")
    assert answered.answers == ("mayor",)
    assert answered.evidence[0].quote.startswith("Ada was mayor from 1990")
    assert unanswered.answerable is False
    assert unanswered.evidence == ()


def test_every_quote_of_the_data_is_in_its_document() -> None:
    try:
        loaded = load_set("timeqa")
    except DatelineError as error:
        pytest.skip(str(error))
    bodies = {document.url: document.body for document in loaded.documents}
    assert len({question.id for question in loaded.questions}) == 301
    for question in loaded.questions:
        assert question.answerable is bool(question.evidence)
        for evidence in question.evidence:
            assert find_quote(bodies[evidence.url], evidence.quote)
