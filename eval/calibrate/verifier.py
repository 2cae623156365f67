"""The weights of `qa.verify.state_verifier`, fitted to the built-in model's states of labelled pairs.

A logistic regression each of whether a text entails a statement, and whether it contradicts it, over
standardised states. What the fit is worth is told by cross-validation, all pairs of a text in one fold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eval.calibrate.pairs import Label, Labelled
from qa.core.errors import DatelineError
from qa.verify.entailment import Pair

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

CLASSES: tuple[Label, ...] = ("entails", "contradicts")
TRAPS = "traps"
_FOLDS = 5
_STRENGTH = 0.002
"""Of what is fitted against the weights' size (scikit-learn's C): 1,536 numbers describe some 1,700 pairs."""

Values = NDArray[np.float64]
State = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights, shape [classes, dimensions], and biases, [classes], in the order of `CLASSES`.

    `held_out` is, by class and set, the number of pairs and the area under the ROC curve by weights that
    were fitted without their texts.
    """

    weights: Values
    biases: Values
    held_out: dict[tuple[str, str], tuple[int, float]]


def read(
    pairs: Sequence[Labelled],
    state: Callable[[Pair], State],
    cache: Path,
    advance: Callable[[int, int], None],
) -> Values:
    """The states of pairs, each read once and kept on disk, so that a killed run goes on.

    Args:
        pairs: whose.
        state: what the model makes of a pair, which takes a second or two.
        cache: the folder to keep states under.
        advance: told how many of how many are there.

    Returns:
        The states, shape [pairs, dimensions].
    """
    from eval import digests
    from qa.verify.state_verifier import prompt

    folder = cache / "eval" / "states"
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, each in enumerate(pairs, start=1):
        kept = folder / f"{digests.digest(prompt(each.pair))}.npy"
        if not kept.exists():
            scratch = kept.with_suffix(".part.npy")
            np.save(scratch, state(each.pair).astype(np.float16))
            scratch.replace(kept)
        found.append(np.load(kept))
        advance(number, len(pairs))
    return np.stack(found).astype(np.float64)


def fit(pairs: Sequence[Labelled], states: Values) -> Fit:
    """The weights that fit the labels of pairs best.

    Raises:
        DatelineError: a class has too few pairs for the folds.
    """
    weights, biases, held_out = [], [], {}
    sets, texts = np.array([each.set for each in pairs]), np.array([each.pair.text for each in pairs])
    for name in CLASSES:
        # Of the traps is not known which of the false ones their texts contradict.
        known = (sets != TRAPS) | (name == "entails")
        y = np.array([each.label == name for each in pairs])
        if not _FOLDS <= y[known].sum() <= known.sum() - _FOLDS:
            raise DatelineError(f"Give at least {_FOLDS} pairs that {name!r} holds of, and that it doesn't.")
        model = _regression().fit(states[known], y[known])
        scaled, regression = model[0], model[1]
        weights.append(regression.coef_[0] / scaled.scale_)
        biases.append(regression.intercept_[0] - weights[-1] @ scaled.mean_)
        probable = np.full(len(pairs), np.nan)
        probable[known] = _cross_validated(states[known], y[known], texts[known])
        for each in dict.fromkeys(sets[known].tolist()):
            own = known & (sets == each)
            if 0 < y[own].sum() < own.sum():
                held_out[str(name), each] = (int(own.sum()), _area(y[own], probable[own]))
    return Fit(np.stack(weights), np.array(biases), held_out)


def keep(found: Fit, path: Path) -> None:
    """Writes the weights where the verifier reads them."""
    np.savez_compressed(
        path, weights=found.weights.astype(np.float32), biases=found.biases.astype(np.float32)
    )


def lines(found: Fit) -> Iterator[str]:
    """A line for each class and set: what the fit is worth."""
    for (name, set_), (n, area) in found.held_out.items():
        yield f"{set_}, {name}: {n:,} pairs, {_FOLDS}-fold: area under the ROC curve {area:.3f}"


def _cross_validated(x: Values, y: NDArray[Any], texts: NDArray[Any]) -> Values:
    """The probability of each pair by weights fitted to the other folds."""
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    found: Values = cross_val_predict(_regression(), x, y, groups=texts, cv=folds, method="predict_proba")
    return found[:, 1]


def _area(y: NDArray[Any], probable: Values) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(y, probable))


def _regression() -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=3_000))
