"""Weights of the confidence, fitted to results."""

from __future__ import annotations

import random

import pytest

from eval.calibrate.confidence import fit
from qa.answer.confidence import WEIGHTS
from qa.core.errors import DatelineError


def result(name: str, seed: int) -> dict[str, object]:
    """Answers that are right when the model says that they are, whatever the other signals."""
    drawn = random.Random(seed)
    rows = []
    for number in range(60):
        signals = {signal: drawn.random() for signal in WEIGHTS}
        signals["stated"] = drawn.choice([-0.8, 0.8])
        rows.append(
            {"id": f"{name}-{number}", "right": signals["stated"] > 0, "answer": {"signals": signals}}
        )
    return {"set": name, "rows": rows}


def test_the_signal_that_tells_right_from_wrong_weighs_most() -> None:
    found = fit([result("one", 1), result("two", 2)])
    assert max(found.weights, key=lambda name: abs(found.weights[name])) == "stated"
    assert found.held_out["one"] == (60, pytest.approx(1.0, abs=0.05))


def test_results_of_a_set_are_taken_together_each_question_once() -> None:
    one, more = result("one", 1), result("one", 3)
    more["rows"] = one["rows"][:20] + [row | {"id": f"more-{row['id']}"} for row in more["rows"]]  # type: ignore
    found = fit([one, more, result("two", 2)])
    assert found.held_out["one"][0] == 120


def test_results_without_wrong_answers_fit_nothing() -> None:
    sound = result("one", 1)
    sound["rows"] = [row for row in sound["rows"] if row["right"]]  # type: ignore[attr-defined]
    with pytest.raises(DatelineError, match="DATELINE_CAUTION=0"):
        fit([sound])
