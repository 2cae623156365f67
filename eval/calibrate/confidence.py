"""The weights of the confidence, fitted to results: a logistic regression of whether an answer was right.

The results are of runs with DATELINE_CAUTION=0, which give every answer there is. Each set weighs the same,
however many questions it has; L2 regularisation of strength 1 keeps the weights small. What the fit is
worth is told of each set by weights that were fitted to the other sets alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answer.confidence import WEIGHTS
from qa.core.errors import DatelineError

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights by signal, and by set how many answers it had and the area under the ROC curve, held out."""

    bias: float
    weights: dict[str, float]
    held_out: dict[str, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class _Known:
    """A set's answers: their signals, shape [n, signals], and whether each was right, [n]."""

    signals: NDArray[np.float64]
    right: NDArray[np.bool_]


def fit(results: Sequence[Result]) -> Fit:
    """The weights that fit results best; of a question in several results of a set, the last counts.

    Raises:
        DatelineError: none of them has both right and wrong answers with signals.
    """
    from sklearn.metrics import roc_auc_score

    rows: dict[str, dict[str, Mapping[str, Any]]] = {}
    for result in results:
        rows.setdefault(result["set"], {}).update((row["id"], row) for row in result["rows"])
    known = {name: _known(tuple(each.values())) for name, each in rows.items()}
    known = {name: each for name, each in known.items() if 0 < each.right.sum() < len(each.right)}
    if not known:
        raise DatelineError(
            "No result has both right and wrong answers; run them with DATELINE_CAUTION=0 first."
        )
    held_out = {}
    for name, each in known.items():
        others = [other for set_, other in known.items() if set_ != name]
        if others:
            bias, weights = _fitted(others)
            area = float(roc_auc_score(each.right, each.signals @ weights + bias))
            held_out[name] = (len(each.right), area)
    bias, weights = _fitted(list(known.values()))
    return Fit(bias, dict(zip(WEIGHTS, weights.tolist(), strict=True)), held_out)


def _known(rows: Sequence[Mapping[str, Any]]) -> _Known:
    usable = [row for row in rows if row.get("right") is not None and row.get("answer", {}).get("signals")]
    signals = [[row["answer"]["signals"][name] for name in WEIGHTS] for row in usable]
    return _Known(
        np.array(signals, dtype=np.float64).reshape(-1, len(WEIGHTS)),
        np.array([row["right"] for row in usable], dtype=bool),
    )


def _fitted(known: Sequence[_Known]) -> tuple[float, NDArray[np.float64]]:
    from sklearn.linear_model import LogisticRegression

    right = np.concatenate([each.right for each in known])
    share = np.concatenate([np.full(len(each.right), 1 / len(each.right)) for each in known])
    model = LogisticRegression(max_iter=1_000)
    model.fit(
        np.vstack([each.signals for each in known]), right, sample_weight=share * len(right) / share.sum()
    )
    return float(model.intercept_[0]), model.coef_[0]
