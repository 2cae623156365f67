"""A set of the reader's own: a folder with documents and a `questions.jsonl`.

    documents.jsonl     articles, one a line, as `ingest` takes them
    documents/          or files of any kind that `ingest` reads
    questions.jsonl     one question or statement a line

A line of `questions.jsonl`, all but `id` and `question` (or `statement`) optional:

    id          names the question; no two are the same
    question    what is asked          | statement   what is checked
    answers     right answers, any of which will do
    answerable  whether the documents answer it
    kind        a word to break the scores down by
    asked_on    the day it is asked, YYYY-MM-DD: "last month" counts from it
    choices     then the answer is one of these
    evidence    [{url, quote}]: where the answer stands; `url` may also be a file's name
    history     [{role: "user" | "assistant", content}]: the turns before it
    rewrite     a follow-up as a person would word it to stand alone
    verdict     of a statement: supported, contradicted, disputed or not_in_library
    split       dev or test: what is tuned on, and what is only measured with
    note        why there is no answer, or what is wrong with the question, for people
    alteration  how a false statement was made from a true one; `original` is the true one
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from textwrap import shorten
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.jsonl import numbered, read_lines
from eval.types import EvalSet, Evidence, Question
from qa.core.errors import DatelineError
from qa.core.types import Ruling, Turn


class _Evidence(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: str
    quote: str = ""
    grade: int = Field(1, ge=1)


class _Turn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    role: Literal["user", "assistant"]
    content: str


class _Line(BaseModel):
    """A line of `questions.jsonl`."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
    id: str = Field(min_length=1)
    question: str | None = Field(None, min_length=1)
    statement: str | None = Field(None, min_length=1)
    answers: list[str] = []
    answerable: bool | None = None
    kind: str | None = None
    asked_on: dt.date | None = None
    choices: list[str] = []
    evidence: list[_Evidence] = []
    history: list[_Turn] = []
    rewrite: str | None = None
    verdict: Ruling | None = None
    split: Literal["dev", "test"] | None = None
    note: str | None = None
    alteration: str | None = None
    original: str | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> _Line:
        if (self.question is None) == (self.statement is None):
            raise ValueError("it needs either a 'question' or a 'statement'")
        if (self.statement is None) != (self.verdict is None):
            raise ValueError("'statement' and 'verdict' go together")
        if self.answerable is False and self.answers:
            raise ValueError("'answerable' is false, yet there are 'answers'")
        if self.choices and not set(self.answers) <= set(self.choices):
            raise ValueError("an answer is not among the 'choices'")
        return self


def load(folder: Path, *, documents: Path | None = None) -> EvalSet:
    """The set in a folder.

    Args:
        folder: the folder with `questions.jsonl`.
        documents: where documents lie beside those in the folder, which then needs none of its own.

    Raises:
        DatelineError: the folder is no eval set; the message is its first fault.
    """
    for fault in faults(folder, documents=documents):
        raise DatelineError(f"{fault} See all faults with: python -m eval run --check {folder}")
    questions = tuple(_question(_Line(**line)) for line in read_lines(folder / "questions.jsonl"))
    files = tuple(path for path in (documents, _documents(folder)) if path)
    return EvalSet(folder.name, questions, files=files)


def faults(folder: Path, *, documents: Path | None = None) -> Iterator[str]:
    """What is wrong with a folder, a sentence each; nothing if it is sound."""
    if not folder.is_dir():
        yield f"There is no folder {str(folder)!r}."
        return
    if documents is None and _documents(folder) is None:
        yield f"The folder {str(folder)!r} has neither documents.jsonl nor a folder documents/."
    path = folder / "questions.jsonl"
    if not path.is_file():
        yield f"The folder {str(folder)!r} has no questions.jsonl."
        return
    yield from _line_faults(path)


def _line_faults(path: Path) -> Iterator[str]:
    ids: Counter[str] = Counter()
    empty = True
    for number, line in numbered(path):
        empty = False
        if isinstance(line, DatelineError):
            yield str(line)
            continue
        if "id" in line:
            ids[str(line["id"])] += 1
        try:
            _Line(**line)
        except ValidationError as error:
            yield from (f"Line {number} of {path.name!r}: {_sentence(dict(each))}" for each in error.errors())
    if empty:
        yield "There are no questions in questions.jsonl."
    yield from (f"The id {id_!r} is used {times} times." for id_, times in ids.items() if times > 1)


def _sentence(fault: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(where, _Line.model_fields, n=1)
        return f"there is no field {where!r} in the format{f'; is it {near[0]!r}?' if near else '.'}"
    if fault["type"] == "value_error":
        return f"{fault['ctx']['error']}."
    if fault["type"] == "missing":
        return f"the field {where!r} is missing."
    return f"{where} is {shorten(repr(fault['input']), 60)}; it {fault['msg'].removeprefix('Input ')}."


def _documents(folder: Path) -> Path | None:
    for candidate in (folder / "documents.jsonl", folder / "documents"):
        if candidate.exists():
            return candidate
    return None


def _question(line: _Line) -> Question:
    evidence = tuple(Evidence(each.url, each.quote, each.grade) for each in line.evidence)
    return Question(
        id=line.id,
        question=line.question or line.statement or "",
        kind=line.kind or line.alteration or line.verdict or "question",
        answers=tuple(line.answers),
        choices=tuple(line.choices),
        answerable=line.answerable,
        asked_on=line.asked_on,
        evidence=evidence,
        history=tuple(Turn(turn.role, turn.content) for turn in line.history),
        documents=tuple(dict.fromkeys(each.url for each in evidence)),
        rewrite=line.rewrite,
        verdict=line.verdict,
        split=line.split,
    )
