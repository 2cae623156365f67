"""Rows into figures: means, percentiles and sums over questions, each with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
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
    """All metrics of some rows.

    A row's `scores` are averaged, over the rows that have them; `quote_violations` and
    `citations` are summed; `timings` (milliseconds) and `tokens` become `_p50` and `_p95`.
    """
    found = {}
    for name, values in _columns(rows, "scores").items():
        found[name] = _sum(values) if name in _SUMS else mean(values)
    for name, values in (_columns(rows, "timings") | _columns(rows, "tokens")).items():
        found |= {f"{name}_p{percent}": percentile(values, percent) for percent in _PERCENTILES}
    return found | _selective(rows)


def _columns(rows: Sequence[Row], key: str) -> dict[str, NDArray[np.float64]]:
    names = dict.fromkeys(name for row in rows for name in row.get(key, ()))
    return {
        name: np.array([row[key][name] for row in rows if name in row.get(key, ())], dtype=float)
        for name in names
    }


def mean(values: NDArray[np.float64]) -> Figure:
    """The mean, with the percentile bootstrap's interval."""
    return _figure(float(values.mean()), values[resamples(len(values))].mean(axis=1), len(values))


def percentile(values: NDArray[np.float64], percent: int) -> Figure:
    """A percentile, with the percentile bootstrap's interval."""
    drawn = np.percentile(values[resamples(len(values))], percent, axis=1)
    return _figure(float(np.percentile(values, percent)), drawn, len(values))


def resamples(n: int) -> NDArray[np.int64]:
    """Positions of `RESAMPLES` samples with replacement, shape [RESAMPLES, n], the same each time."""
    return np.random.default_rng(n).integers(0, n, size=(RESAMPLES, n))


def _sum(values: NDArray[np.float64]) -> Figure:
    total = float(values.sum())
    return Figure(total, len(values), total, total)


def _figure(value: float, drawn: NDArray[np.float64], n: int) -> Figure:
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Figure(value, n, float(low), float(high))


def risk_coverage(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """How wrong the answers are when only the surest are given: (coverage, risk) pairs.

    Rows whose `right` is known are ordered by confidence; after each, coverage is the share of them
    answered so far and risk the share of those that are wrong. Refusals stand in it with the answer
    that they withheld, so the curve is the same wherever the line between the two is drawn.
    (El-Yaniv and Wiener 2010, https://jmlr.org/papers/v11/el-yaniv10a.html)
    """
    right = _right_by_confidence(rows)
    coverage = np.arange(1, len(right) + 1) / max(len(right), 1)
    return list(zip(coverage.tolist(), _risks(right).tolist(), strict=True))


def as_decided(rows: Sequence[Row]) -> tuple[float, float] | None:
    """Coverage and risk of the answers that were given, None if none of the curve's was."""
    known = _known(rows)
    given = [row["right"] for row in known if not row.get("refused")]
    return (len(given) / len(known), 1 - sum(given) / len(given)) if given else None


def _known(rows: Sequence[Row]) -> list[Row]:
    """Rows of the curve: rightness is known, and so is the confidence.

    A refusal that comes without a confidence had nothing to withhold, and is the least sure.
    """
    if all(row.get("confidence") is None for row in rows):
        return []
    labelled = [row for row in rows if row.get("right") is not None]
    return [row for row in labelled if row.get("confidence") is not None or row.get("refused")]


def _right_by_confidence(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Whether each answer is right, 0 or 1, the surest first; equally sure ones share their mean.

    No threshold tells equals apart, so each gets what a draw among them would give.
    """
    known = _known(rows)
    confidence = np.array([row.get("confidence") or 0.0 for row in known])
    right = np.array([row["right"] for row in known], dtype=float)
    _, group, sizes = np.unique(-confidence, return_inverse=True, return_counts=True)
    shared = np.bincount(group, weights=right, minlength=len(sizes)) / sizes
    return np.repeat(shared, sizes)


def _risks(right: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share wrong among the first 1, 2, ... along the last axis."""
    return np.cumsum(1 - right, axis=-1) / np.arange(1, right.shape[-1] + 1)


def _selective(rows: Sequence[Row]) -> dict[str, Figure]:
    """`aurc`, the area under the risk-coverage curve, and `coverage_at_95`, the share at 95% precision."""
    right = _right_by_confidence(rows)
    if not len(right):
        return {}
    # Sorted positions keep a resample in the order of confidence.
    drawn = _risks(right[np.sort(resamples(len(right)), axis=1)])
    risks = _risks(right)
    return {
        "aurc": _figure(float(risks.mean()), drawn.mean(axis=1), len(right)),
        "coverage_at_95": _figure(float(_widest(risks)), _widest(drawn), len(right)),
    }


def _widest(risks: NDArray[np.float64]) -> NDArray[np.float64]:
    """The largest coverage whose risk is at most 0.05, 0 if there is none; along the last axis."""
    n = risks.shape[-1]
    widest: NDArray[np.float64] = np.where(risks <= 0.05, np.arange(1, n + 1) / n, 0.0).max(axis=-1)
    return widest
