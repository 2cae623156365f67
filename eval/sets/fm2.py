"""Fool Me Twice (Eisenschlos et al. 2021): claims that players wrote to fool others, with their evidence.

A document is a claim's gold evidence under the title of its page; a claim is checked against its own. Half
of the claims, split "dev", calibrate the verifier (`eval.calibrate`); the others, "test", report.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.drawn import calibrates
from eval.jsonl import read_lines
from eval.types import Document, EvalSet, Evidence, Question
from qa.core.types import Ruling

VERDICTS: dict[str, Ruling] = {"SUPPORTS": "supported", "REFUTES": "contradicted"}


def load(folder: Path) -> EvalSet:
    """The set in `folder/dev.jsonl`."""
    documents: dict[tuple[str, str], Document] = {}
    questions = []
    for line in read_lines(folder / "dev.jsonl"):
        page, text = line["wikipedia_page"], joined(line["gold_evidence"])
        document = documents.setdefault((page, text), _document(line["id"], page, text))
        verdict = VERDICTS[line["label"]]
        questions.append(
            Question(
                id=line["id"],
                question=line["text"],
                kind=verdict,
                evidence=(Evidence(document.url),),
                documents=(document.url,),
                verdict=verdict,
                split="dev" if calibrates(line["id"]) else "test",
            )
        )
    return EvalSet("fm2", tuple(questions), tuple(documents.values()), given=True)


def joined(evidence: Sequence[dict[str, Any]]) -> str:
    """Sentences of evidence as one text, none twice."""
    return " ".join(dict.fromkeys(each["text"].strip() for each in evidence))


def _document(id_: str, page: str, text: str) -> Document:
    return Document(url=f"urn:fm2:{id_}", title=page, body=text)
