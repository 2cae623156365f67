"""FEVER-Symmetric (Schuster et al. 2019): claims that only their evidence sentence can decide.

A document is an evidence sentence. It names nothing but itself ("It is of recent origin"), so a claim is
checked against its own sentence, not searched for among all. Half of the claims, split "dev", calibrate the
verifier (`eval.calibrate`), with all that were made from the same one; the others, "test", report.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from eval.drawn import calibrates
from eval.jsonl import read_lines
from eval.types import Document, EvalSet, Evidence, Question
from qa.core.types import Ruling

_MADE = re.compile(r"(?<=\d)000000\d$")
_VERDICTS: dict[str, Ruling] = {"SUPPORTS": "supported", "REFUTES": "contradicted"}


def load(folder: Path) -> EvalSet:
    """The set in `folder/fever_symmetric_dev.jsonl`."""
    documents: dict[str, Document] = {}
    questions = []
    for line in read_lines(folder / "fever_symmetric_dev.jsonl"):
        sentence = line["evidence"].strip()
        document = documents.setdefault(sentence, _document(sentence))
        verdict = _VERDICTS[line["gold_label"]]
        questions.append(
            Question(
                id=line["id"],
                question=line["claim"],
                kind=verdict,
                evidence=(Evidence(document.url),),
                documents=(document.url,),
                verdict=verdict,
                split="dev" if calibrates(_original(line["id"])) else "test",
            )
        )
    return EvalSet("fever_symmetric", tuple(questions), tuple(documents.values()), given=True)


def _original(id_: str) -> str:
    """The claim that one was made from: the set numbers the three that were made after the original's id."""
    return _MADE.sub("", id_)


def _document(sentence: str) -> Document:
    digest = hashlib.sha256(sentence.encode()).hexdigest()[:12]
    return Document(url=f"urn:fever:{digest}", title=None, body=sentence)
