"""The values that pass between the evaluation's parts: a set, its documents and its questions.

Frozen, and without I/O. A set is loaded (`eval/sets/`), put to the assistant (`run.py`), and
scored (`metrics.py`). A question that lacks a label is left out of the scores that need it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qa.core.types import Ruling, Turn

Expected = Ruling | Literal["not_supported"]
"""The right verdict on a statement; any but "supported" is right where it is "not_supported"."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a set, as `ingest` takes it. `url` names it within the set."""

    url: str
    title: str | None
    body: str
    publisher: str | None = None
    published: dt.date | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: a document, by its `url`, and the words in it.

    Without a `quote` the whole document is the evidence. `grade` is how relevant it is, from
    1; judgements in sets are nearly always 1.
    """

    url: str
    quote: str = ""
    grade: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of its answer, or a statement with its verdict.

    `answers` are alternatives, any of which is right; `answerable` None means not labelled.
    `asked_on` is the day from which "last month" counts. `documents` are the urls that the
    question comes with, for an evaluation that gives them to the assistant; `rewrite` is a
    person's wording of a follow-up that stands alone; `split` is "dev" where a set keeps other
    questions apart for the last measurement.
    """

    id: str
    question: str
    kind: str = "question"
    answers: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    answerable: bool | None = None
    asked_on: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()
    rewrite: str | None = None
    verdict: Expected | None = None
    split: str | None = None

    @property
    def is_statement(self) -> bool:
        """Whether `question` is a statement to check."""
        return self.verdict is not None


@dataclass(frozen=True, slots=True)
class EvalSet:
    """Documents and the questions put to them.

    `files` holds a folder or files that are ingested as they are, beside `documents`. `given`
    says that a question only makes sense with its own documents before it (a claim that was
    written for one sentence of evidence), so nothing is searched for in the others.
    """

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Document, ...] = ()
    files: tuple[Path, ...] = ()
    given: bool = False
