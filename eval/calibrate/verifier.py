"""The weights of `qa.verify.calibration`, fitted to what the chat model replies about labelled pairs.

A logistic regression each of whether a text entails a statement, and whether it contradicts it; L2
regularisation of strength 1 keeps the weights small. What the fit is worth is told by cross-validation, all
pairs of a text in one fold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eval import digests
from eval.calibrate.pairs import Label, Labelled
from eval.journal import Journal
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.verify import prompts
from qa.verify.calibration import FEATURES
from qa.verify.entailment import Pair

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

CLASSES: tuple[Label, ...] = ("entails", "contradicts")
TRAPS = "traps"
_FOLDS = 5
Values = NDArray[np.float64]
Features = tuple[float, ...]
Ask = Callable[[Pair], Features]
"""The log-odds of a pair, such as `ChatVerifier.features`."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights by class, in the order of `FEATURES`, and biases by class.

    `held_out` is, by class and set, the number of pairs and the area under the ROC curve by weights that
    were fitted without their texts.
    """

    weights: dict[str, Features]
    biases: dict[str, float]
    held_out: dict[tuple[str, str], tuple[int, float]]


def asked(
    pairs: Sequence[Labelled], ask: Ask, model: str, cache: Path, advance: Callable[[int, int], None]
) -> list[Features]:
    """The features of pairs, each asked for once and kept on disk, so that a killed run goes on.

    Args:
        pairs: whose.
        ask: asks a model, which takes seconds.
        model: its name.
        cache: the folder to keep replies under.
        advance: told how many of how many are there.
    """
    journal = Journal(cache / "eval" / "features.jsonl", resume=True)
    found = []
    for number, each in enumerate(pairs, start=1):
        # What is asked is in the key: another prompt asks anew.
        key = digests.digest(model, FEATURES, prompts.which(each.pair), prompts.true(each.pair))
        row = journal.get(key)
        if row is None:
            row = {"features": ask(each.pair)}
            journal.add(key, row)
        found.append(tuple(row["features"]))
        advance(number, len(pairs))
    return found


def chat_features(settings: Settings) -> Ask:
    """Asks the chat model of the settings.

    Raises:
        DatelineError: its server tells no log-probabilities.
    """
    from qa.models.llm import chat_model, tells_probabilities
    from qa.verify.chat_verifier import ChatVerifier

    if not tells_probabilities(settings):
        raise DatelineError(
            f"{settings.llm!r} tells no log-probabilities to fit weights to; set DATELINE_LLM to 'builtin', "
            "or to 'openai:NAME' with DATELINE_LLM_URL."
        )
    return ChatVerifier(chat_model(settings, max_tokens=1), probabilities=True).features


def fit(pairs: Sequence[Labelled], features: Sequence[Features]) -> Fit:
    """The weights that fit the labels of pairs best.

    Raises:
        DatelineError: a class has too few pairs for the folds.
    """
    weights, biases, held_out = {}, {}, {}
    for name in CLASSES:
        # Of the traps is not known which of the false ones their texts contradict.
        known = [at for at, each in enumerate(pairs) if name == "entails" or each.set != TRAPS]
        x = np.array([features[at] for at in known], dtype=np.float64)
        y = np.array([pairs[at].label == name for at in known])
        if not _FOLDS <= y.sum() <= len(y) - _FOLDS:
            raise DatelineError(f"Give at least {_FOLDS} pairs that {name!r} holds of, and that it doesn't.")
        model = _regression().fit(x, y)
        weights[str(name)] = tuple(map(float, model.coef_[0]))
        biases[str(name)] = float(model.intercept_[0])
        probable = _cross_validated(x, y, [pairs[at].pair.text for at in known])
        sets = np.array([pairs[at].set for at in known])
        for each in dict.fromkeys(sets.tolist()):
            own = sets == each
            if 0 < y[own].sum() < own.sum():
                held_out[str(name), each] = (int(own.sum()), _area(y[own], probable[own]))
    return Fit(weights, biases, held_out)


def lines(found: Fit) -> Iterator[str]:
    """The fit as `qa/verify/calibration.py` has it, then a line for each class and set."""
    weights = ", ".join(
        f'"{name}": ({", ".join(f"{each:.3f}" for each in row)})' for name, row in found.weights.items()
    )
    yield f"WEIGHTS = {{{weights}}}"
    yield "BIASES = {" + ", ".join(f'"{name}": {bias:.3f}' for name, bias in found.biases.items()) + "}"
    for (name, set_), (n, area) in found.held_out.items():
        yield f"{set_}, {name}: {n:,} pairs, {_FOLDS}-fold: area under the ROC curve {area:.3f}"


def _cross_validated(x: Values, y: NDArray[Any], texts: Sequence[str]) -> Values:
    """The probability of each pair by weights fitted to the other folds."""
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    found: Values = cross_val_predict(_regression(), x, y, groups=texts, cv=folds, method="predict_proba")
    return found[:, 1]


def _area(y: NDArray[Any], probable: Values) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(y, probable))


def _regression() -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=3_000)
