"""Pairs that others made, to which the verifier is fitted, each with what the text says of the statement.

Fool Me Twice's calibration half: each claim over its gold evidence, and over two other sentences of the same
page, which say neither; FEVER-Symmetric's calibration half; the traps, of which is known whether the text
entails them, not how it doesn't. Never `cpec` or a reported half.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eval.drawn import calibrates
from eval.jsonl import read_lines
from eval.registry import load_set
from eval.sets.fm2 import VERDICTS, joined
from qa.core.types import Article
from qa.verify.entailment import Pair

Label = Literal["entails", "contradicts", "neither", "not entails"]
"""What a text says of a statement; "not entails" is one of the two before it, which is not known."""

_LABELS: dict[str, Label] = {
    "supported": "entails",
    "contradicted": "contradicts",
    "not_supported": "not entails",
}
_OTHER_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair of a set, and what its text says of its statement."""

    set: str
    pair: Pair
    label: Label


def labelled(bench: Path) -> list[Labelled]:
    """The pairs in a folder that holds `fm2/`, `traps/` and `fever_symmetric/`.

    Raises:
        FileNotFoundError: it does not hold fm2/.
        DatelineError: it lacks another of them.
    """
    claims = [line for line in read_lines(bench / "fm2" / "dev.jsonl") if calibrates(line["id"])]
    found = [each for line in claims for each in _fm2(line)]
    return [*found, *_claims("traps", bench), *_claims("fever_symmetric", bench, split="dev")]


def _fm2(line: dict[str, Any]) -> Iterator[Labelled]:
    page, claim = line["wikipedia_page"], line["text"]
    yield Labelled(
        "fm2", Pair(_read(joined(line["gold_evidence"]), page), claim), _LABELS[VERDICTS[line["label"]]]
    )
    gold = {each["text"] for each in line["gold_evidence"]}
    others = [each for each in line["retrieved_evidence"] if each["text"] not in gold][-_OTHER_SENTENCES:]
    if others:
        yield Labelled("fm2", Pair(_read(joined(others), page), claim), "neither")


def _claims(name: str, bench: Path, split: str | None = None) -> Iterator[Labelled]:
    """The statements of a set, or of a part of it, each over its own document."""
    eval_set = load_set(name, bench / name)
    documents = {document.url: document for document in eval_set.documents}
    for question in eval_set.questions:
        if not question.is_statement or split not in (None, question.split):
            continue
        document = documents[question.documents[0]]
        text = _read(document.body, document.title or "", document.publisher, document.published)
        yield Labelled(name, Pair(text, question.question), _LABELS[str(question.verdict)])


def _read(text: str, title: str = "", publisher: str | None = None, published: dt.date | None = None) -> str:
    """A text as the verifier reads it in a library: under its header (see `qa.verify.spans.Window.text`)."""
    body = " ".join(text.split())
    article = Article("", title, body, "", publisher=publisher, published=published)
    return f"{article.header}\n{body}" if title else body
