"""Results on the screen."""

from __future__ import annotations

from typing import Any

from eval.run import result
from eval.table import tables

ROWS: list[dict[str, Any]] = [
    {"id": "1", "kind": "a", "scores": {"accuracy": 1.0, "precision": 1.0, "coverage": 1.0}},
    {"id": "2", "kind": "b", "scores": {"accuracy": 0.0, "coverage": 0.0}},
]


def test_precision_and_coverage_come_first_in_every_table() -> None:
    plain, by_kind = tables(result("demo", ROWS, {}))
    assert list(plain.columns[0].cells) == ["precision", "coverage", "accuracy"]
    assert [column.header for column in by_kind.columns] == ["kind", "n", "precision", "coverage", "accuracy"]
