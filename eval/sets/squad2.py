"""SQuAD 2.0 (Rajpurkar et al. 2018): Wikipedia paragraphs, and questions half of which they don't answer.

A document is one paragraph, under its article's title. The evidence of an answerable question is
the paragraph that it was written for, so retrieval searches all paragraphs for that one. The judge of answers
is fitted to the first articles, which are `dev`; figures are reported on the others, `test`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.types import Document, EvalSet, Evidence, Question

CALIBRATED = 5
"""How many articles, in the file's order, the judge of answers is fitted to."""


def load(folder: Path) -> EvalSet:
    """The set in `folder/dev.json`."""
    articles = json.loads((folder / "dev.json").read_text(encoding="utf-8"))["data"]
    calibrated = {article["title"].replace("_", " ") for article in articles[:CALIBRATED]}
    paragraphs = list(_paragraphs(articles))
    return EvalSet(
        name="squad2",
        documents=tuple(document for document, _ in paragraphs),
        questions=tuple(
            _question(qa, document.url, "dev" if document.title in calibrated else "test")
            for document, qas in paragraphs
            for qa in qas
        ),
    )


def _paragraphs(articles: list[dict[str, Any]]) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    for article in articles:
        title = article["title"].replace("_", " ")
        for number, paragraph in enumerate(article["paragraphs"]):
            url = f"https://en.wikipedia.org/wiki/{article['title']}/paragraph/{number}"
            document = Document(url=url, title=title, body=paragraph["context"], publisher="Wikipedia")
            yield document, paragraph["qas"]


def _question(qa: dict[str, Any], url: str, split: str) -> Question:
    answerable = not qa["is_impossible"]
    return Question(
        id=qa["id"],
        question=qa["question"].strip(),
        kind="answerable" if answerable else "unanswerable",
        answers=tuple(dict.fromkeys(answer["text"] for answer in qa["answers"])),
        answerable=answerable,
        evidence=(Evidence(url),) if answerable else (),
        documents=(url,),
        split=split,
    )
