"""Many questions: a row an answer, and a broken run goes on where it was."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from qa.answer.proposal import Proposal
from qa.answer.provenance import provenance_of
from qa.answer.response import respond
from qa.cli.batch import COLUMNS, answer_all, questions_in, row
from qa.core.errors import DatelineError, RefusedError
from qa.core.settings import Settings
from qa.core.types import Answer, Claim, Disagreement, Provenance, Retrieval, Side
from qa.verify.spans import cite
from tests.qa.briefs import HITS, MEETING

asked: list[str] = []


def ask(question: str) -> Answer:
    asked.append(question)
    retrieval = Retrieval(question, HITS)
    start = MEETING.body.index("The fourth meeting came")
    cited = cite(MEETING, start, MEETING.body.index(" They commended"), 1)
    claim = Claim("The 3rd meeting was held virtually on 21 July 2022.", "supported", (), (cited,))
    return respond(question, question, Proposal((claim,), "21 July 2022"), retrieval, Settings(caution=0))


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
    quotes = rows(out)[0]["quotes"]
    assert "21 July 2022" in quotes
    assert quotes in " ".join(MEETING.body.split())


def test_a_row_torn_within_a_quoted_line_break_is_cut_off_and_no_other(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    list(answer_all(["One?", "Two?"], ask, out))
    whole = out.read_bytes().replace(b"\r\n", b"\n")  # as an editor may save it
    out.write_bytes(whole + b'"Three?",answered,"torn after\n')
    list(answer_all(["One?", "Two?", "Three?"], ask, out))
    assert asked == ["One?", "Two?", "Three?"]
    assert [row["question"] for row in rows(out)] == ["One?", "Two?", "Three?"]


def test_a_table_begun_with_fewer_columns_goes_on_with_them(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("question,status,answer,quotes,documents,dates,addresses\nOne?,answered,,,,,\n")
    list(answer_all(["One?", "Two?"], ask, out))
    assert asked == ["Two?"]
    assert [len(row) for row in rows(out)] == [7, 7]


def test_a_row_says_how_sure_as_of_when_and_who_differs() -> None:
    given = ask("When was the 3rd meeting held?")
    cited = given.claims[0].citations[0]
    sides = (Side("62", cited), Side("46", replace(cited, publisher=None, published=None)))
    known = Provenance(as_of=dt.date(2024, 6, 30))
    given = replace(given, confidence=0.99, basis=known, disagreements=(Disagreement("the cost", sides),))
    found = row(given)
    assert found["how_sure"] == "Sure"
    assert found["as_of"] == "2024-06-30"
    assert found["disagreements"] == "the cost: 62 (Corridor Desk, 2024-01-21); 46 (Working group meets)"
    assert row(replace(given, status="not_in_library"))["how_sure"] == ""


@pytest.mark.parametrize("text", ["id;question\n1;Who, then?\n", "id\tquestion\n1\tWho, then?\n"])
def test_a_table_is_read_as_spreadsheets_write_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text)
    assert questions_in(path) == ["Who, then?"]


def test_what_is_wrong_with_a_table_is_said_plainly(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("question\nQui a signé?\n".encode("latin-1"))
    with pytest.raises(RefusedError, match="save it as 'CSV UTF-8'"):
        questions_in(path)
    with pytest.raises(RefusedError, match="No such file"):
        questions_in(tmp_path / "none.csv")


def test_a_table_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="can't be written: No such file"):
        list(answer_all(["One?"], ask, tmp_path / "nowhere" / "out.csv"))
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DatelineError, match="another table"):
        list(answer_all(["One?"], ask, tmp_path / "binary.csv"))
    assert (tmp_path / "binary.csv").read_bytes() == b"\xff\xfe\x00"


def test_another_table_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("name,age\nx,1\n")
    with pytest.raises(DatelineError, match="another table"):
        list(answer_all(["One?"], ask, out))
    assert out.read_text() == "name,age\nx,1\n"


def test_the_basis_counts_documents_and_days() -> None:
    basis = provenance_of(HITS)
    assert (basis.documents, basis.independent, len(basis.publishers)) == (2, 2, 2)
    assert (basis.since, basis.until) == (HITS[-1].article.published, MEETING.published)


def test_no_cell_is_a_formula_and_a_question_like_one_is_asked_once(tmp_path: Path) -> None:
    """What a document or a question begins with is text to a spreadsheet, and known again in the next run."""
    out = tmp_path / "out.csv"
    evil = '=HYPERLINK("https://evil.example","Who?")'

    def answer(question: str) -> Answer:
        given = ask(question)
        return replace(given, text="@SUM(A1)", claims=())

    list(answer_all([evil, "+1 or -1?"], answer, out))
    list(answer_all([evil, "+1 or -1?"], answer, out))
    assert [each["question"][:2] for each in rows(out)] == ["'=", "'+"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for each in rows(out) for cell in each.values())
    assert len(asked) == 2
