"""Many questions: a row an answer, and a broken run goes on where it was."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qa.basis import basis_of
from qa.batch import COLUMNS, answer_all, questions_in
from qa.draft import Draft
from qa.errors import DatelineError, RefusedError
from qa.response import respond
from qa.settings import Settings
from qa.types import Answer, Retrieval
from tests.qa.briefs import HITS, MEETING

asked: list[str] = []


def ask(question: str) -> Answer:
    asked.append(question)
    retrieval = Retrieval(question, HITS)
    draft = Draft("Officials met on 21 July 2022, virtually, in the 3rd meeting.")
    return respond(question, question, draft, retrieval, Settings(caution=0))


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_questions_stand_under_their_heading_or_in_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,question\n1,Who?\n2,\n3,When?\n")
    assert questions_in(path) == ["Who?", "When?"]
    path.write_text('"Who, then?"\nWhen?\n')
    assert questions_in(path) == ["Who, then?", "When?"]


@pytest.mark.parametrize("content", [b"", b"question\n", b"\xff\xfe\x00\xd8"])
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedError):
        questions_in(path)


def test_a_killed_run_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    list(answer_all(["One?", "Two?"], ask, out))
    out.write_bytes(out.read_bytes() + b'"Three?",answered,"torn in the mid')
    list(answer_all(["One?", "Two?", "Three?", "Three?"], ask, out))
    assert asked == ["One?", "Two?", "Three?"]
    assert [row["question"] for row in rows(out)] == ["One?", "Two?", "Three?"]
    assert tuple(rows(out)[0]) == COLUMNS
    assert rows(out)[0]["quotes"] in " ".join(MEETING.body.split())


def test_another_table_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("name,age\nx,1\n")
    with pytest.raises(DatelineError, match="another table"):
        list(answer_all(["One?"], ask, out))
    assert out.read_text() == "name,age\nx,1\n"


def test_the_basis_counts_documents_and_days() -> None:
    basis = basis_of(HITS)
    assert (basis.documents, basis.independent, len(basis.publishers)) == (2, 2, 2)
    assert (basis.since, basis.until) == (HITS[-1].article.published, MEETING.published)
