"""Pairs that the verifier is fitted to, of other people's making, each with what its text says.

Fool Me Twice's calibration half: each claim over its gold evidence, and over two other sentences of the same
page, which say neither. A part of FEVER-Symmetric, if asked. Never `cpec`, the traps or the reported half.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eval.jsonl import read_lines
from eval.registry import load_set, sample
from eval.sets.fm2 import VERDICTS, calibrates, joined
from qa.errors import DatelineError
from qa.types import Article
from qa.verify.verifier import Pair

Label = Literal["entails", "contradicts", "neither"]
_LABELS: dict[str, Label] = {"supported": "entails", "contradicted": "contradicts"}
_OTHER_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair of a set, and what its text says of its statement."""

    set: str
    pair: Pair
    label: Label


def labelled(bench: Path, fever: int) -> list[Labelled]:
    """The pairs in a folder that holds `fm2/` and, if `fever` of its claims are wanted, `fever_symmetric/`.

    Raises:
        DatelineError: the data isn't there.
    """
    lines = bench / "fm2" / "dev.jsonl"
    if not lines.is_file():
        raise DatelineError(f"There is no {str(lines)!r}: give the folder that holds fm2/ with --data DIR.")
    claims = [line for line in read_lines(lines) if calibrates(line["id"])]
    found = [each for line in claims for each in _fm2(line)]
    return found + (list(_fever(bench / "fever_symmetric", fever)) if fever else [])


def _fm2(line: dict[str, Any]) -> Iterator[Labelled]:
    page, claim = line["wikipedia_page"], line["text"]
    yield Labelled(
        "fm2", Pair(_read(joined(line["gold_evidence"]), page), claim), _LABELS[VERDICTS[line["label"]]]
    )
    gold = {each["text"] for each in line["gold_evidence"]}
    others = [each for each in line["retrieved_evidence"] if each["text"] not in gold][-_OTHER_SENTENCES:]
    if others:
        yield Labelled("fm2", Pair(_read(joined(others), page), claim), "neither")


def _fever(data: Path, limit: int) -> Iterator[Labelled]:
    eval_set = load_set("fever_symmetric", data)
    bodies = {document.url: document.body for document in eval_set.documents}
    for question in sample(eval_set.questions, limit, seed=0):
        pair = Pair(_read(bodies[question.documents[0]]), question.question)
        yield Labelled("fever_symmetric", pair, _LABELS[str(question.verdict)])


def _read(text: str, title: str = "") -> str:
    """A text as the verifier reads it in a library: under its header (see `qa.verify.spans.Window.text`)."""
    body = " ".join(text.split())
    return f"{Article('', title, body, '').header}\n{body}" if title else body
