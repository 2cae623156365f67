"""Two results side by side."""

from __future__ import annotations

from typing import Any

import pytest

from eval.compare import compare, worse_than_allowed
from qa.core.errors import DatelineError


def result_of(scores: list[dict[str, float]], ms: float = 10, name: str = "s") -> dict[str, Any]:
    """A result whose rows have these scores."""
    rows = [
        {
            "id": str(number),
            "kind": "fact",
            "question": f"Question {number}?",
            "answer": {"text": f"Answer {score}"},
            "scores": score,
            "timings": {"total_ms": ms},
        }
        for number, score in enumerate(scores)
    ]
    return {"set": name, "rows": rows, "environment": {"settings": {"k": 8}, "code": "x"}}


MIXED = [{"accuracy": float(number % 2)} for number in range(100)]
RIGHT = [{"accuracy": 1.0}] * 100


def test_the_same_result_twice_is_the_same() -> None:
    found = compare(result_of(MIXED), result_of(MIXED))
    assert found.changed == ()
    assert {each.outcome for each in found.differences} == {"same"}
    assert found.verdict == "The two say the same of all 100 questions."


def test_a_gain_is_a_gain_with_its_interval_and_its_questions() -> None:
    found = compare(result_of(MIXED), result_of(RIGHT))
    (accuracy,) = (each for each in found.differences if each.metric == "accuracy")
    assert accuracy.change == 0.5
    assert 0.35 < accuracy.low < 0.5 < accuracy.high < 0.65
    assert len(found.changed) == 50
    assert all(each.gained for each in found.changed)
    assert "keep the change" in found.verdict


def test_precision_is_compared_first_over_what_either_result_gives() -> None:
    old = result_of([{"accuracy": 1.0, "precision": 0.0, "coverage": 1.0}] * 9)
    new = result_of(
        [{"accuracy": 1.0, "coverage": 0.0}, {"accuracy": 1.0, "precision": 1.0, "coverage": 1.0}] * 4
    )
    first, second, *_ = compare(old, new).differences
    assert (first.metric, first.old, first.new, first.outcome) == ("precision", 0, 1, "better")
    assert (second.metric, second.old, second.new) == ("coverage", 1, 0.5)


def test_a_false_statement_called_supported_less_often_is_better() -> None:
    names = ("false_supported", "supported_false", "contradicted_true")
    found = compare(result_of([dict.fromkeys(names, 1.0)] * 9), result_of([dict.fromkeys(names, 0.0)] * 9))
    assert {each.metric for each in found.differences if each.outcome == "better"} == set(names)


def test_a_loss_is_called_one() -> None:
    assert "don't keep" in compare(result_of(RIGHT), result_of(MIXED)).verdict


def test_pairing_sees_what_the_two_intervals_alone_would_not() -> None:
    """Four questions gained of 100 and none lost is no noise, though both intervals overlap."""
    better = [{"accuracy": 1.0} if number in (0, 2, 4, 6) else each for number, each in enumerate(MIXED)]
    (accuracy,) = (
        e for e in compare(result_of(MIXED), result_of(better)).differences if e.metric == "accuracy"
    )
    assert accuracy.outcome == "better"


def test_less_time_and_fewer_unsupported_sentences_are_better() -> None:
    old, new = result_of([{"unsupported_share": 0.5}] * 9, ms=90), result_of([{"unsupported_share": 0.0}] * 9)
    assert {each.metric: each.outcome for each in compare(old, new).differences} == {
        "unsupported_share": "better",
        "total_ms_p50": "better",
    }


def test_what_only_one_result_scored_of_a_question_still_counts() -> None:
    """Refusal precision is over refusals, and the two results refuse different questions."""
    old = result_of([{"refusal_precision": 0.0}, {}, {"refusal_precision": 1.0}])
    new = result_of([{}, {"refusal_precision": 1.0}, {"refusal_precision": 1.0}])
    (found,) = (each for each in compare(old, new).differences if each.metric == "refusal_precision")
    assert (found.old, found.new, found.n) == (0.5, 1.0, 3)


def test_a_limit_for_ci() -> None:
    found = compare(result_of(RIGHT), result_of(MIXED))
    assert worse_than_allowed(found, {"accuracy": 0.6}) == []
    assert "accuracy is worse by 0.500" in worse_than_allowed(found, {"accuracy": 0.1})[0]
    with pytest.raises(DatelineError, match="Neither result has"):
        worse_than_allowed(found, {"acuracy": 0.1})


def test_results_of_two_sets_are_not_compared() -> None:
    with pytest.raises(DatelineError, match="two sets"):
        compare(result_of(MIXED), result_of(MIXED, name="t"))
    with pytest.raises(DatelineError, match="share no question"):
        compare(result_of(MIXED), result_of([]))
