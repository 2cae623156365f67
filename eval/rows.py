"""Rows of a result: what was asked, what came back, and what was wrong with it.

A row has `id`, `kind`, the question with its labels, then, as far as the run went: `hits`, `missed`,
`answer` (its text, its brief, its claims, steps, corrections and disagreements) or `verdict`,
`standalone`, `refused`, `confidence`, `withheld` (the answer, of a refusal), `right` (whether
giving that would have been), `prompts` (names), `scores` (0..1), `tokens`, `timings` (milliseconds),
`problems` (a sentence each). Timings alone differ between two runs of the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.evidence import Place, comes_from, contains
from eval.types import Question
from qa.cli.as_json import answer_json, hit_json, verdict_json
from qa.core.types import Answer, Hit, Retrieval, Timings, Verdict

SHOWN_HITS = 10
Row = dict[str, Any]


def asked(question: Question) -> Row:
    """A question with its labels, those that it lacks left out."""
    row = {
        "id": question.id,
        "kind": question.kind,
        "split": question.split,
        "statement" if question.is_statement else "question": question.question,
        "answers": list(question.answers),
        "choices": list(question.choices),
        "answerable": question.answerable,
        "expected": question.verdict,
        "asked_on": question.asked_on.isoformat() if question.asked_on else None,
        "history": [{"role": turn.role, "content": turn.content} for turn in question.history],
        "rewrite": question.rewrite,
    }
    return {name: value for name, value in row.items() if value not in (None, [])}


def retrieved(found: Retrieval, places: Sequence[Place]) -> Row:
    """What a search gave: the best hits, and the evidence that is not among them."""
    shown = found.hits[:SHOWN_HITS]
    missed = [place for place in places if not any(contains(hit, place) for hit in shown)]
    return {
        "hits": [_hit(hit, places) for hit in shown],
        "missed": [{"quote": place.quote, "in_library": place.article_id is not None} for place in missed],
        "timeframe": found.timeframe.text if found.timeframe else None,
        "note": found.note,
    }


def _hit(hit: Hit, places: Sequence[Place]) -> Row:
    """A hit with the numbers, from 0, of the evidence that it bears and whose article it is from."""
    return hit_json(hit) | {
        "bears": [number for number, place in enumerate(places) if contains(hit, place)],
        "from": [number for number, place in enumerate(places) if comes_from(hit, place)],
    }


def answered(answer: Answer) -> Row:
    """What the assistant answered."""
    shape = answer_json(answer)
    elsewhere = ("question", "hits", "timings", "model", "confidence", "prompts", "withheld")
    return {
        "answer": {name: value for name, value in shape.items() if name not in elsewhere},
        "refused": answer.status == "not_in_library",
        "confidence": answer.confidence,
        "prompts": list(answer.prompts),
        "timings": timings(answer.timings),
    }


def checked(verdict: Verdict) -> Row:
    """What the assistant said of a statement."""
    shape = verdict_json(verdict)
    kept = {name: value for name, value in shape.items() if name not in ("statement", "timings")}
    return {"verdict": kept, "timings": timings(verdict.timings)}


def timings(measured: Timings) -> dict[str, float]:
    """Milliseconds by name; what didn't happen (no first word of a refusal by rule) is left out."""
    values = {
        "retrieve_ms": measured.retrieve_ms,
        "first_token_ms": measured.first_token_ms,
        "total_ms": measured.total_ms,
    }
    return {name: round(value, 1) for name, value in values.items() if value}


def problems(row: Row) -> list[str]:
    """What went wrong with a question, a sentence each."""
    return [sentence for sentence, happened in _checks(row) if happened]


def _checks(row: Row) -> list[tuple[str, bool]]:
    scores, refused = row.get("scores", {}), row.get("refused")
    return [
        (
            "Some evidence isn't in the library.",
            any(not each["in_library"] for each in row.get("missed", ())),
        ),
        ("Some evidence isn't among the best 10 hits.", bool(row.get("missed"))),
        ("Refused, though there is an answer.", refused is True and row.get("answerable") is True),
        ("Answered, though there is no answer.", refused is False and row.get("answerable") is False),
        ("Answered otherwise.", refused is False and row.get("right") is False and "answers" in row),
        ("Shows a sentence that nothing bears.", scores.get("unsupported_share", 0) > 0),
        ("Some citation doesn't bear its sentence.", scores.get("citation_precision", 1) < 1),
        ("A quote isn't what its article says.", scores.get("quote_violations", 0) > 0),
        ("A false statement is called supported.", scores.get("supported_false", 0) > 0),
        ("A true statement is called contradicted.", scores.get("contradicted_true", 0) > 0),
        ("Wrong verdict.", scores.get("verdict_accuracy") == 0),
        ("Further from a person's wording than as asked.", scores.get("rewrite_gain", 0) < 0),
    ]
