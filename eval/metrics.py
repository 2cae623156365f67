"""Rows into figures: means, percentiles and sums over questions, each with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
FIRST = ("precision", "coverage")
"""The metrics that stand before all others: what is shown as proved, and how much of it."""
_SUMS = ("quote_violations", "citations")
_PERCENTILES = (50, 95)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value over `n` questions, with its 95% interval `low` to `high`."""

    value: float
    n: int
    low: float
    high: float


def figures(rows: Sequence[Row]) -> dict[str, Figure]:
    """The metrics of some rows that are means, sums or percentiles over them.

    A row's `scores` are averaged, over the rows that have them; `quote_violations` and
    `citations` are summed; `timings` (milliseconds) and `tokens` become `_p50` and `_p95`.
    """
    found = {}
    for name, values in _columns(rows, "scores").items():
        found[name] = _sum(values) if name in _SUMS else mean(values)
    for name, values in (_columns(rows, "timings") | _columns(rows, "tokens")).items():
        found |= {f"{name}_p{percent}": percentile(values, percent) for percent in _PERCENTILES}
    return found


def reading_order(name: str) -> tuple[int, str]:
    """Sorts names of metrics as a reader meets them: `FIRST`, then by the alphabet."""
    return FIRST.index(name) if name in FIRST else len(FIRST), name


def _columns(rows: Sequence[Row], key: str) -> dict[str, NDArray[np.float64]]:
    names = dict.fromkeys(name for row in rows for name in row.get(key, ()))
    return {
        name: np.array([row[key][name] for row in rows if name in row.get(key, ())], dtype=float)
        for name in names
    }


def mean(values: NDArray[np.float64]) -> Figure:
    """The mean, with the percentile bootstrap's interval."""
    return spread(float(values.mean()), values[resamples(len(values))].mean(axis=1), len(values))


def percentile(values: NDArray[np.float64], percent: int) -> Figure:
    """A percentile, with the percentile bootstrap's interval."""
    drawn = np.percentile(values[resamples(len(values))], percent, axis=1)
    return spread(float(np.percentile(values, percent)), drawn, len(values))


def resamples(n: int) -> NDArray[np.int64]:
    """Positions of `RESAMPLES` samples with replacement, shape [RESAMPLES, n], the same each time."""
    return np.random.default_rng(n).integers(0, n, size=(RESAMPLES, n))


def _sum(values: NDArray[np.float64]) -> Figure:
    total = float(values.sum())
    return Figure(total, len(values), total, total)


def spread(value: float, drawn: NDArray[np.float64], n: int) -> Figure:
    """A value over `n` questions, with the interval that its resamples span."""
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Figure(value, n, float(low), float(high))
