"""Rows into figures."""

from __future__ import annotations

import numpy as np
import pytest

from eval.metrics import figures, mean, reading_order


def test_a_mean_is_over_the_questions_that_have_the_score() -> None:
    found = figures([{"scores": {"accuracy": 1}}, {"scores": {"accuracy": 0}}, {"scores": {}}])
    assert found["accuracy"].value == 0.5
    assert found["accuracy"].n == 2


def test_the_interval_holds_the_value_and_narrows_with_more_questions() -> None:
    few, many = (mean(np.array([0.0, 1.0] * n)) for n in (10, 1000))
    for figure in (few, many):
        assert figure.low <= figure.value <= figure.high
    assert many.high - many.low < few.high - few.low


def test_the_interval_is_the_binomials() -> None:
    """0.8 over 400 questions: 1.96 times the standard error of 0.02 either side."""
    figure = mean(np.array([1.0] * 320 + [0.0] * 80))
    assert figure.low == pytest.approx(0.8 - 0.0392, abs=0.006)
    assert figure.high == pytest.approx(0.8 + 0.0392, abs=0.006)


def test_violations_are_counted_not_averaged() -> None:
    found = figures([{"scores": {"quote_violations": 2}}, {"scores": {"quote_violations": 1}}])
    assert found["quote_violations"].value == 3


def test_times_become_percentiles() -> None:
    found = figures([{"timings": {"total_ms": float(ms)}} for ms in range(1, 101)])
    assert found["total_ms_p50"].value == pytest.approx(50.5)
    assert found["total_ms_p95"].value == pytest.approx(95.05)


def test_precision_and_coverage_stand_first() -> None:
    names = ["accuracy", "coverage", "zeal", "precision", "decided"]
    assert sorted(names, key=reading_order) == ["precision", "coverage", "accuracy", "decided", "zeal"]
