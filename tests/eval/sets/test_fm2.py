"""Fool Me Twice: which half calibrates, and what a claim is held against."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from eval.sets.fm2 import load

from .test_public import public

CLAIM = {
    "id": "01",
    "label": "REFUTES",
    "text": "Stargell never left Oklahoma.",
    "wikipedia_page": "Willie Stargell",
    "gold_evidence": [
        {"section_header": "Early life", "text": "Stargell was born in Earlsboro, Oklahoma."},
        {"section_header": "Early life", "text": "He later moved to Florida."},
        {"section_header": "Career", "text": "He later moved to Florida."},
    ],
}


def test_a_claim_stands_over_its_gold_evidence_under_its_pages_title(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text(json.dumps(CLAIM) + "\n" + json.dumps(CLAIM | {"id": "02"}) + "\n")
    loaded = load(tmp_path)
    (document,) = loaded.documents
    assert document.title == "Willie Stargell"
    assert document.body == "Stargell was born in Earlsboro, Oklahoma. He later moved to Florida."
    assert {question.documents for question in loaded.questions} == {(document.url,)}
    assert {question.verdict for question in loaded.questions} == {"contradicted"}


def test_the_halves_are_split_by_the_hash_of_the_id() -> None:
    for question in public("fm2").questions:
        even = int(hashlib.sha256(question.id.encode()).hexdigest(), 16) % 2 == 0
        assert question.split == ("dev" if even else "test")
