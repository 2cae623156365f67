"""A watched question and its answers at different times: values, without I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from qa.core.types import Answer, Citation, Filters

ChangeKind = Literal[
    "newly_answered", "other_answer", "new_source", "disagreement", "lost_source", "no_longer_answered"
]


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as a change names it."""

    article_id: str
    title: str
    publisher: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that the search brought for a question, with what stands above it."""

    passage_id: str
    document: DocumentRef


@dataclass(frozen=True, slots=True)
class Change:
    """A difference from the answer before: its kind, and why.

    `text` says it in a sentence; `documents` are the new ones that caused it (for a lost source, the document
    that is gone); `citations` are quotes from them.
    """

    kind: ChangeKind
    text: str
    documents: tuple[DocumentRef, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer: when it was asked, the answer, and what was found.

    `answer` has no hits; `passages` are their ids. `changes` are the differences from the reading before,
    noticed at `changed_at`.
    """

    asked_at: datetime
    answer: Answer
    found: tuple[FoundPassage, ...]
    passages: tuple[str, ...] = ()
    changed_at: datetime | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """A kept question.

    `looked_at` is when the library was last searched for it and `generation` the library's then.
    `last` is the answer as it is now and `before` as the reader last saw it; `changes` lie between the
    two, and `unseen` says whether they are news to the reader. `failure` says why the question could
    not be asked again, "" if it could.
    """

    id: int
    question: str
    filters: Filters
    kept_at: datetime
    looked_at: datetime | None = None
    generation: int = -1
    failure: str = ""
    last: Reading | None = None
    before: Reading | None = None
    changes: tuple[Change, ...] = ()
    unseen: bool = False
