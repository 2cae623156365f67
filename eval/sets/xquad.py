"""XQuAD (Artetxe et al. 2020): the same questions in five languages, over the English paragraphs.

A document is an English paragraph. A question's kind is its language; its evidence is the paragraph
that it was written for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.types import Document, EvalSet, Evidence, Question

LANGUAGES = ("en", "zh", "ar", "hi", "de")


def load(folder: Path) -> EvalSet:
    """The set in `folder/xquad.LANGUAGE.json`, a file for each of `LANGUAGES`."""
    documents = tuple(
        Document(url=_url(a, p), title="", body=paragraph["context"], publisher="Wikipedia", language="en")
        for a, article in enumerate(_articles(folder, "en"))
        for p, paragraph in enumerate(article["paragraphs"])
    )
    questions = tuple(
        Question(
            id=f"{language}-{qa['id']}",
            question=qa["question"].strip(),
            kind=language,
            answerable=True,
            evidence=(Evidence(_url(a, p)),),
        )
        for language in LANGUAGES
        for a, article in enumerate(_articles(folder, language))
        for p, paragraph in enumerate(article["paragraphs"])
        for qa in paragraph["qas"]
    )
    return EvalSet(name="xquad", documents=documents, questions=questions)


def _articles(folder: Path, language: str) -> list[dict[str, Any]]:
    content = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))
    articles: list[dict[str, Any]] = content["data"]
    return articles


def _url(article: int, paragraph: int) -> str:
    return f"https://github.com/google-deepmind/xquad/{article}/{paragraph}"
