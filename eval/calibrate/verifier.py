"""The weights of `qa.verify.calibration`, fitted to what the chat model replies about labelled pairs.

A multinomial logistic regression of three classes, "neither" the reference; classes weigh the same, L2
regularisation of strength 1 keeps the weights small. What the fit is worth is told by cross-validation, all
pairs of a statement in one fold.
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
from qa.errors import DatelineError
from qa.settings import Settings
from qa.verify import prompts
from qa.verify.calibration import FEATURES
from qa.verify.verifier import Pair

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

CLASSES: tuple[Label, ...] = ("entails", "contradicts", "neither")
"""In the order of their numbers; the last is the reference."""
_FOLDS = 5
Values = NDArray[np.float64]
Features = tuple[float, ...]
Ask = Callable[[Pair], Features]
"""The log-odds of a pair, such as `ChatVerifier.features`."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A set's `n` pairs judged by weights that were fitted without their statements.

    `auc` is the area under the ROC curve of each class that has pairs against the rest, `accuracy` the
    share whose most probable class is right.
    """

    n: int
    auc: dict[Label, float]
    accuracy: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights by class, in the order of `FEATURES`, biases by class, and by set what they are worth."""

    weights: dict[str, Features]
    biases: dict[str, float]
    held_out: dict[str, HeldOut]


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
        DatelineError: its server tells no log-probabilities, or (when asked) can't be reached.
    """
    from qa.llm import chat_model, explain, tells_probabilities
    from qa.verify.chat_verifier import ChatVerifier

    if not tells_probabilities(settings):
        raise DatelineError(
            f"{settings.llm!r} tells no log-probabilities to fit weights to; set DATELINE_LLM to 'builtin', "
            "or to 'openai:NAME' with DATELINE_LLM_URL."
        )
    verifier = ChatVerifier(chat_model(settings, max_tokens=1), probabilities=True)

    def ask(pair: Pair) -> Features:
        try:
            return verifier.features(pair)
        except Exception as error:
            raise explain(error, settings) from error

    return ask


def fit(pairs: Sequence[Labelled], features: Sequence[Features]) -> Fit:
    """The weights that fit the labels of pairs best.

    Raises:
        DatelineError: a class has too few statements for the folds.
    """
    x, y = np.array(features, dtype=np.float64), np.array([CLASSES.index(each.label) for each in pairs])
    if min(np.bincount(y, minlength=len(CLASSES))) < _FOLDS:
        raise DatelineError(f"Give at least {_FOLDS} pairs of each class: {', '.join(CLASSES)}.")
    probabilities = _cross_validated(x, y, [each.pair.statement for each in pairs])
    sets = np.array([each.set for each in pairs])
    held_out = {name: _worth(probabilities[sets == name], y[sets == name]) for name in dict.fromkeys(sets)}
    model = _regression().fit(x, y)
    # Only differences between the classes' logits matter: "neither" gets 0.
    weights, biases = model.coef_ - model.coef_[-1], model.intercept_ - model.intercept_[-1]
    return Fit(
        {name: tuple(map(float, row)) for name, row in zip(CLASSES[:-1], weights, strict=False)},
        {name: float(bias) for name, bias in zip(CLASSES[:-1], biases, strict=False)},
        held_out,
    )


def lines(found: Fit) -> Iterator[str]:
    """The fit as `qa/verify/calibration.py` has it, then a line for each set."""
    weights = ", ".join(
        f'"{name}": ({", ".join(f"{each:.3f}" for each in row)})' for name, row in found.weights.items()
    )
    yield f"WEIGHTS = {{{weights}}}"
    yield "BIASES = {" + ", ".join(f'"{name}": {bias:.3f}' for name, bias in found.biases.items()) + "}"
    for name, worth in found.held_out.items():
        areas = ", ".join(f"{label} {area:.3f}" for label, area in worth.auc.items())
        yield (
            f"{name}: {worth.n:,} pairs, {_FOLDS}-fold: accuracy {worth.accuracy:.3f}, "
            f"area under the ROC curve {areas}"
        )


def _cross_validated(x: Values, y: NDArray[Any], statements: Sequence[str]) -> Values:
    """Probabilities of the classes, shape [pairs, classes], by weights fitted to the other folds."""
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    found: Values = cross_val_predict(
        _regression(), x, y, groups=statements, cv=folds, method="predict_proba"
    )
    return found


def _worth(probabilities: Values, y: NDArray[Any]) -> HeldOut:
    from sklearn.metrics import roc_auc_score

    areas: dict[Label, float] = {
        label: float(roc_auc_score(y == at, probabilities[:, at]))
        for at, label in enumerate(CLASSES)
        if 0 < (y == at).sum() < len(y)
    }
    return HeldOut(len(y), areas, float((probabilities.argmax(axis=1) == y).mean()))


def _regression() -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(class_weight="balanced", max_iter=1_000)
