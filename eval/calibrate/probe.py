"""The weights of a `qa.models.probe`: a logistic regression a class, over standardised states.

What the fit is worth is told by cross-validation, all examples of a text in one fold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.core.errors import DatelineError

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 5
_STRENGTH = 0.002
"""Of what is fitted against the weights' size (scikit-learn's C): 1,536 numbers, a thousand examples."""

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Class:
    """A class by its name: of which examples it holds, [n], and of which that is known, [n]."""

    name: str
    holds: Flags
    known: Flags


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights, shape [classes, dimensions], and biases, [classes].

    `held_out` is, by class and set, the number of examples and the area under the ROC curve by weights that
    were fitted without their texts; `probable`, [classes, n], what those weights make of each example.
    """

    weights: Values
    biases: Values
    held_out: dict[tuple[str, str], tuple[int, float]]
    probable: Values


def fit(classes: Sequence[Class], sets: Sequence[str], texts: Sequence[str], states: Values) -> Fit:
    """The weights that fit classes best.

    Args:
        classes: what is to be told of an example.
        sets: of which set each example is.
        texts: examples of one text are in one fold.
        states: what the model made of each example, [n, dimensions].

    Raises:
        DatelineError: a class has too few examples for the folds.
    """
    weights, biases, held_out = [], [], {}
    probable = np.full((len(classes), len(states)), np.nan)
    of, groups = np.array(sets), np.array(texts)
    for number, each in enumerate(classes):
        known, y = each.known, each.holds
        if not _FOLDS <= y[known].sum() <= known.sum() - _FOLDS:
            raise DatelineError(
                f"Give at least {_FOLDS} examples that {each.name!r} holds of, and that it doesn't."
            )
        model = _regression().fit(states[known], y[known])
        scaled, regression = model[0], model[1]
        weights.append(regression.coef_[0] / scaled.scale_)
        biases.append(regression.intercept_[0] - weights[-1] @ scaled.mean_)
        probable[number, known] = _cross_validated(states[known], y[known], groups[known])
        for name in dict.fromkeys(of[known].tolist()):
            own = known & (of == name)
            if 0 < y[own].sum() < own.sum():
                held_out[each.name, name] = (int(own.sum()), _area(y[own], probable[number, own]))
    return Fit(np.stack(weights), np.array(biases), held_out, probable)


def keep(found: Fit, path: Path) -> None:
    """Writes the weights where their judge reads them."""
    np.savez_compressed(
        path, weights=found.weights.astype(np.float32), biases=found.biases.astype(np.float32)
    )


def lines(found: Fit) -> Iterator[str]:
    """A line for each class and set: what the fit is worth."""
    for (name, set_), (n, area) in found.held_out.items():
        yield f"{set_}, {name}: {n:,} examples, {_FOLDS}-fold: area under the ROC curve {area:.3f}"


def _cross_validated(x: Values, y: Flags, groups: NDArray[Any]) -> Values:
    """The probability of each example by weights fitted to the other folds."""
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    found: Values = cross_val_predict(_regression(), x, y, groups=groups, cv=folds, method="predict_proba")
    return found[:, 1]


def _area(y: Flags, probable: Values) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(y, probable))


def _regression() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=3_000))
