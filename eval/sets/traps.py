"""Traps: small invented documents with statements that only look borne out, and questions of the same kinds.

A statement is checked against its own document: "supported", or "not supported", which any other verdict
meets. The questions see the documents that were written for them, all of them; their right answers are a
person's words, so an answer that says the same otherwise counts as wrong: read those.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from eval.jsonl import read_lines
from eval.types import Document, EvalSet, Evidence, Expected, Question

_VERDICTS: dict[str, Expected] = {"supported": "supported", "not supported": "not_supported"}
# "14 (40 was an error)", "No, baseless": what follows the answer explains it.
_EXPLAINED = re.compile(r"\s*(?:[(:;]|(?<=^No),|(?<=^Yes),).*")


def load(folder: Path) -> EvalSet:
    """The set in `folder/{documents,statements,question_documents,questions}.jsonl`."""
    stated, asked = (_documents(folder / f"{name}.jsonl") for name in ("documents", "question_documents"))
    # Some documents stand in both files: each is ingested once.
    once = {document.body: document for document in (*stated.values(), *asked.values())}
    named = {id_: once[document.body].url for id_, document in stated.items()}
    seen = tuple(dict.fromkeys(once[document.body].url for document in asked.values()))
    statements = (_statement(line, named) for line in read_lines(folder / "statements.jsonl"))
    questions = (_question(line, seen) for line in read_lines(folder / "questions.jsonl"))
    return EvalSet("traps", (*statements, *questions), tuple(once.values()), given=True)


def _documents(path: Path) -> dict[str, Document]:
    return {line["id"]: _document(line) for line in read_lines(path)}


def _document(line: dict[str, Any]) -> Document:
    """A document from a headline, lines that name its day and its publisher, and its text."""
    title, facts, body = line["text"].split("\n\n", 2)
    named = dict(fact.split(": ", 1) for fact in facts.splitlines())
    day = named.get("Date")
    return Document(
        url=f"urn:traps:{line['id']}",
        title=title.strip(),
        body=body.strip(),
        publisher=named.get("Publisher"),
        published=dt.date.fromisoformat(day) if day else None,
    )


def _statement(line: dict[str, Any], urls: dict[str, str]) -> Question:
    url = urls[line["document"]]
    return Question(
        id=line["id"],
        question=line["statement"],
        kind=line["kind"],
        evidence=(Evidence(url),),
        documents=(url,),
        verdict=_VERDICTS[line["verdict"]],
    )


def _question(line: dict[str, Any], urls: tuple[str, ...]) -> Question:
    right = line["right"]
    answers = tuple(dict.fromkeys((right, _EXPLAINED.sub("", right))))
    return Question(id=line["id"], question=line["question"], answers=answers, documents=urls)
