"""A reader's own set, sound and unsound."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eval.sets.folder import faults, load
from qa.core.errors import DatelineError

SOUND = '{"id": "1", "question": "Who?", "answers": ["Ann"], "asked_on": "2024-03-01"}\n'


def folder_with(home: Path, questions: str) -> Path:
    """An eval folder whose questions.jsonl says this."""
    (home / "documents").mkdir()
    (home / "documents" / "a.txt").write_text("Ann did it.")
    (home / "questions.jsonl").write_text(questions)
    return home


def test_a_sound_folder_has_no_faults_and_loads(folder: Path) -> None:
    assert list(faults(folder)) == []
    loaded = load(folder)
    assert [question.id for question in loaded.questions] == ["mayor", "fare", "piers", "budget", "claim"]
    assert loaded.files == (folder / "documents.jsonl",)
    assert loaded.questions[-1].is_statement


def test_a_line_becomes_a_question(tmp_path: Path) -> None:
    (question,) = load(folder_with(tmp_path, SOUND)).questions
    assert question.answers == ("Ann",)
    assert question.asked_on == dt.date(2024, 3, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"question": "Who?"}', "the field 'id' is missing"),
        ('{"id": "1"}', "it needs either a 'question' or a 'statement'"),
        ('{"id": "1", "statement": "So."}', "'statement' and 'verdict' go together"),
        ('{"id": "1", "question": "Who?", "answerable": "perhaps"}', "answerable is 'perhaps'"),
        ('{"id": "1", "question": "Who?", "answer": "Ann"}', "there is no field 'answer'"),
        (
            '{"id": "1", "question": "Who?", "answerable": false, "answers": ["Ann"]}',
            "yet there are 'answers'",
        ),
        ('{"id": "1", "question": "Who?", "choices": ["a"], "answers": ["b"]}', "not among the 'choices'"),
        ('{"id": "1", "question": "Who?", "asked_on": "soon"}', "asked_on is 'soon'"),
        ('{"id": "1", "statement": "So.", "verdict": "true"}', "verdict is 'true'"),
        ("{not json", "Line 1 of 'questions.jsonl' is no JSON"),
        ('{"id": "1", "question": "Who?", "anwsers": ["Ann"]}', "is it 'answers'?"),
        ('{"id": "1", "question": "Who?", "answers": "Ann"}', "answers is 'Ann'; it should be a valid list"),
        ("[1]", "Line 1 of 'questions.jsonl' is no JSON object"),
        ("", "There are no questions"),
        (SOUND + SOUND, "The id '1' is used 2 times"),
    ],
)
def test_each_fault_is_a_sentence(tmp_path: Path, line: str, said: str) -> None:
    found = list(faults(folder_with(tmp_path, line)))
    assert len(found) == 1
    assert said in found[0]
    assert found[0][-1] in ".?"


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    lines = '{"id": "1"}\n{"id": "2",\n\n{"id": "3", "question": "Who?", "kind": [3]}\n{"question": "Who?"}\n'
    found = list(faults(folder_with(tmp_path, lines)))
    assert [fault.split(":")[0] for fault in found] == [
        "Line 1 of 'questions.jsonl'",
        "Line 2 of 'questions.jsonl' is no JSON",
        "Line 4 of 'questions.jsonl'",
        "Line 5 of 'questions.jsonl'",
    ]


def test_text_that_is_not_utf_8_is_a_fault_and_a_byte_order_mark_is_none(tmp_path: Path) -> None:
    home = folder_with(tmp_path, "")
    (home / "questions.jsonl").write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    assert list(faults(home)) == []
    (home / "questions.jsonl").write_bytes(SOUND.replace("Who", "Où").encode("latin-1"))
    assert list(faults(home)) == ["Line 1 of 'questions.jsonl' is not in UTF-8."]


def test_a_folder_without_its_parts(tmp_path: Path) -> None:
    assert "neither documents.jsonl nor a folder documents/" in next(faults(tmp_path))
    assert "There is no folder" in next(faults(tmp_path / "nowhere"))
    with pytest.raises(DatelineError, match="--check"):
        load(tmp_path)
