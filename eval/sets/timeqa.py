"""TimeQA (Chen et al. 2021): biographies and histories, with questions that name the time they ask about.

A document is a Wikipedia page, without a date of its own, so its days can only be those it mentions.
Evidence is the sentence that holds the answer; retrieval searches the sentences of all pages, and the
page's other sentences, about the same person in other years, are what it must not confuse it with. An
answer without words means that the page doesn't say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.types import Document, EvalSet, Evidence, Question
from qa.text.sentences import spans


def load(folder: Path) -> EvalSet:
    """The set in `folder/documents.json`."""
    pages = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    return EvalSet(
        name="timeqa",
        documents=tuple(_document(page) for page in pages),
        questions=tuple(
            _question(page, number, question, answers)
            for page in pages
            for number, (question, answers) in enumerate(page["questions"])
        ),
    )


def _document(page: dict[str, Any]) -> Document:
    title, *paragraphs = page["paras"]
    return Document(
        url=_url(page), title=title, body="\n\n".join(paragraphs), publisher="Wikipedia", language="en"
    )


def _url(page: dict[str, Any]) -> str:
    return f"https://en.wikipedia.org{page['link']}"


def _question(page: dict[str, Any], number: int, question: str, answers: list[dict[str, Any]]) -> Question:
    url = _url(page)
    given = [answer for answer in answers if answer["answer"]]
    quotes = (_quote(page["paras"], each) for each in given)
    return Question(
        id=f"{page['index']}-{number}",
        question=question.strip(),
        kind="answerable" if given else "unanswerable",
        answers=tuple(dict.fromkeys(each["answer"] for each in given)),
        answerable=bool(given),
        evidence=tuple(Evidence(url, quote) for quote in dict.fromkeys(quotes)),
        documents=(url,),
    )


def _quote(paragraphs: list[str], answer: dict[str, Any]) -> str:
    """The sentence around an answer (more where it crosses into the next), nothing where it is the title."""
    if answer["para"] == 0:
        return ""
    paragraph: str = paragraphs[answer["para"]]
    around = [span for span in spans(paragraph) if span[0] < answer["end"] and answer["from"] < span[1]]
    return paragraph[around[0][0] : around[-1][1]]
