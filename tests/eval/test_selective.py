"""What a stated confidence is worth."""

from __future__ import annotations

import pytest

from eval.selective import as_decided, precision_coverage, selective_changes, selective_figures


def test_precision_falls_as_less_sure_answers_are_given() -> None:
    rows = [
        {"id": "a", "confidence": 0.9, "right": True},
        {"id": "b", "confidence": 0.2, "right": False},
        {"id": "c", "confidence": 0.6, "right": True},
        {"id": "d", "confidence": None, "right": True},
    ]
    assert precision_coverage(rows) == [(1 / 3, 1.0), (2 / 3, 1.0), (1.0, pytest.approx(2 / 3))]
    assert selective_figures(rows)["coverage_at_95"].value == pytest.approx(2 / 3)


def test_a_refusal_without_a_confidence_is_the_least_sure() -> None:
    rows = [
        {"confidence": None, "right": False, "refused": True},
        {"confidence": 0.6, "right": True, "refused": False},
        {"confidence": 0.2, "right": True, "refused": True},
    ]
    assert [precision for _, precision in precision_coverage(rows)] == [1, 1, pytest.approx(2 / 3)]
    assert as_decided(rows) == (pytest.approx(1 / 3), 1)


def test_the_equally_sure_share_their_precision_whatever_their_order() -> None:
    tied = [{"confidence": 0.5, "right": right} for right in (True, False)]
    assert precision_coverage(tied) == precision_coverage(tied[::-1]) == [(0.5, 0.5), (1.0, 0.5)]


def test_no_confidences_no_curve() -> None:
    assert precision_coverage([{"id": "a", "right": True}]) == []
    assert selective_figures([{"id": "a", "scores": {}}]) == {}


def test_a_better_order_of_the_same_answers_is_a_gain() -> None:
    right = [number % 2 == 0 for number in range(80)]
    blind = [{"confidence": 0.5, "right": each} for each in right]
    knowing = [{"confidence": 0.9 if each else 0.1, "right": each} for each in right]
    changes = selective_changes(list(zip(blind, knowing, strict=True)))
    assert changes["aurc"][1].high < 0
    before, change = changes["coverage_at_95"]
    assert before == 0
    assert change.low > 0.3
