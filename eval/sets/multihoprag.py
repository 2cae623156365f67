"""MultiHop-RAG (Tang and Yang 2024): questions over dated news whose evidence lies in two to four articles.

A document is an article; its body is its gold facts, a paragraph each, as the full bodies are not
part of the data. Evidence is a fact: it counts as found when a hit's passage overlaps it, and, in the
`article_` scores, when a hit comes from its article. Null questions have no evidence and are to be refused.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from eval.jsonl import read_lines
from eval.types import Document, EvalSet, Evidence, Question


def load(folder: Path) -> EvalSet:
    """The set in `folder/articles.jsonl` and `folder/queries.jsonl`."""
    return EvalSet(
        name="multihoprag",
        documents=tuple(_document(line) for line in read_lines(folder / "articles.jsonl")),
        questions=tuple(_question(line) for line in read_lines(folder / "queries.jsonl")),
    )


def _document(article: dict[str, Any]) -> Document:
    return Document(
        url=article["url"],
        title=article["title"],
        body="\n\n".join(article["facts"]),
        publisher=article["source"],
        published=dt.datetime.fromisoformat(article["published_at"]).date(),
        authors=(article["author"],) if article["author"] else (),
        section=article["category"],
        language="en",
    )


def _question(query: dict[str, Any]) -> Question:
    kind = query["question_type"].removesuffix("_query")
    answerable = kind != "null"
    evidence = tuple(Evidence(each["url"], each["fact"]) for each in query["evidence_list"])
    return Question(
        id=query["id"],
        question=query["question"],
        kind=kind,
        answers=_answers(query["answer"]) if answerable else (),
        answerable=answerable,
        evidence=evidence,
        documents=tuple(dict.fromkeys(each.url for each in evidence)),
    )


def _answers(answer: str) -> tuple[str, ...]:
    """The right answer; three questions for yes or no have "True", which yes says as well."""
    return (answer, "Yes") if answer == "True" else (answer,)
