"""CLAPNQ (Rosenthal et al. 2024): long answers from Wikipedia, and questions that a passage doesn't answer.

A document is a passage. The evidence is the sentences that its annotators chose. The text is
tokenised ("mines , wells"), as the data has it. The judge of answers is fitted to one half, `dev`; figures
are reported on the other, `test`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.drawn import calibrates
from eval.jsonl import read_lines
from eval.types import Document, EvalSet, Evidence, Question


def load(folder: Path) -> EvalSet:
    """The set in `folder/clapnq_dev_answerable.jsonl` and `folder/clapnq_dev_unanswerable.jsonl`."""
    documents: dict[str, Document] = {}
    questions = []
    for answerable in (True, False):
        name = "answerable" if answerable else "unanswerable"
        for line in read_lines(folder / f"clapnq_dev_{name}.jsonl"):
            document = documents.setdefault(line["passages"][0]["text"], _document(line))
            questions.append(_question(line, document.url, answerable))
    return EvalSet(name="clapnq", documents=tuple(documents.values()), questions=tuple(questions))


def _document(line: dict[str, Any]) -> Document:
    passage = line["passages"][0]
    return Document(
        url=f"https://en.wikipedia.org/wiki/{passage['title'].replace(' ', '_')}/passage/{line['id']}",
        title=passage["title"],
        body=passage["text"].strip(),
        publisher="Wikipedia",
    )


def _question(line: dict[str, Any], url: str, answerable: bool) -> Question:
    chosen = dict.fromkeys(
        sentence.strip() for output in line["output"] for sentence in output["selected_sentences"]
    )
    return Question(
        id=line["id"],
        question=line["input"],
        kind="answerable" if answerable else "unanswerable",
        answers=tuple(output["answer"] for output in line["output"] if output["answer"]),
        answerable=answerable,
        evidence=tuple(Evidence(url, sentence) for sentence in chosen if sentence) if answerable else (),
        documents=(url,),
        split="dev" if calibrates(line["id"]) else "test",
    )
