"""Selective answering: what a stated confidence is worth.

A selective classifier (El-Yaniv and Wiener 2010, https://jmlr.org/papers/v11/el-yaniv10a.html) is two
functions: what is answered, and whether that is given. Its precision at a coverage is the share right among
the surest answers, its risk the share wrong. Refusals stand in the curve with the answer that they withheld,
so it is the same wherever the line between answers and refusals is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.metrics import Figure, resamples, spread

Row = Mapping[str, Any]
Values = NDArray[np.float64]
_RISK = 0.05


def precision_coverage(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The curve as (coverage, precision) pairs, one for each row whose rightness and confidence are known."""
    risks = _risks(*_known(*_columns(rows)))
    coverage = np.arange(1, len(risks) + 1) / max(len(risks), 1)
    return list(zip(coverage.tolist(), (1 - risks).tolist(), strict=True))


def as_decided(rows: Sequence[Row]) -> tuple[float, float] | None:
    """Coverage and precision of the answers that were given, None if none of the curve's was."""
    confidence, right = _columns(rows)
    known = np.isfinite(confidence)
    given = np.array([not row.get("refused") for row in rows], dtype=bool) & known
    if not given.any():
        return None
    return float(given.sum() / known.sum()), float(right[given].mean())


def selective_figures(rows: Sequence[Row]) -> dict[str, Figure]:
    """`aurc`, the area under the risk's curve (lower is better), and `coverage_at_95`, with their intervals.

    The latter is the largest share of the questions that can be answered with 95% of the answers right.
    """
    known = _known(*_columns(rows))
    n = len(known[0])
    if not n:
        return {}
    values, drawn = _measured(*known), _measured(*(column[resamples(n)] for column in known))
    return {name: spread(float(values[name]), drawn[name], n) for name in values}


def selective_changes(pairs: Sequence[tuple[Row, Row]]) -> dict[str, tuple[float, Figure]]:
    """By metric: its value in the first rows of the pairs, and the change to the second ones."""
    old, new = (_columns([pair[side] for pair in pairs]) for side in (0, 1))
    both = np.isfinite(old[0]) & np.isfinite(new[0])
    n = int(both.sum())
    if not n:
        return {}
    sides = [_known(*(column[both] for column in side)) for side in (old, new)]
    before, after = (_measured(*side) for side in sides)
    lows, highs = (_measured(*(column[resamples(n)] for column in side)) for side in sides)
    return {
        name: (float(before[name]), spread(float(after[name] - before[name]), highs[name] - lows[name], n))
        for name in before
    }


def _columns(rows: Sequence[Row]) -> tuple[Values, Values]:
    """The confidence of each row and whether it is right, both NaN where either is not known.

    A refusal that comes without a confidence had nothing to withhold, and is the least sure.
    """
    confidence, right = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    stated = any(row.get("confidence") is not None for row in rows)
    for at, row in enumerate(rows):
        sure = 0.0 if row.get("confidence") is None and row.get("refused") else row.get("confidence")
        if stated and sure is not None and row.get("right") is not None:
            confidence[at], right[at] = sure, row["right"]
    return confidence, right


def _known(confidence: Values, right: Values) -> tuple[Values, Values]:
    """The known rows; the equally sure share their mean, as no threshold tells them apart."""
    known = np.isfinite(confidence)
    _, group, sizes = np.unique(confidence[known], return_inverse=True, return_counts=True)
    shared = np.bincount(group, weights=right[known], minlength=len(sizes)) / np.maximum(sizes, 1)
    return confidence[known], shared[group]


def _measured(confidence: Values, right: Values) -> dict[str, Values]:
    """The metrics of questions, or of resamples of them, along the last axis."""
    risks = _risks(confidence, right)
    n = risks.shape[-1]
    widest = np.where(risks <= _RISK, np.arange(1, n + 1) / n, 0.0).max(axis=-1)
    return {"aurc": risks.mean(axis=-1), "coverage_at_95": widest}


def _risks(confidence: Values, right: Values) -> Values:
    """The share wrong among the surest 1, 2, ... along the last axis."""
    right = np.take_along_axis(right, np.argsort(-confidence, axis=-1, kind="stable"), axis=-1)
    risks: Values = np.cumsum(1 - right, axis=-1) / np.arange(1, right.shape[-1] + 1)
    return risks
