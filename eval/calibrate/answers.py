"""The weights of `qa.answer.builtin_judge`: whether an answer is right.

First the regression over states is fitted; then another over its log-odds, taken by weights that were fitted
without the reply's text, and the likelihood of its question ("stacking": Wolpert 1992,
https://doi.org/10.1016/S0893-6080(05)80023-1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.calibrate import probe
from eval.calibrate.probe import Class, Fit, Values
from eval.calibrate.replies import Labelled


@dataclass(frozen=True, slots=True)
class JudgeFit:
    """The regression over states, and the weights of the two signs with their bias.

    `asked` is the number of replies that these are fitted to; `area` and `area_of_states` the areas under
    the ROC curve over them: of both signs, and of the states alone.
    """

    states: Fit
    signs: Values
    bias: float
    asked: int
    area: float
    area_of_states: float


def fit(replies: Sequence[Labelled], states: Values, asked: Sequence[int], least_likely: Values) -> JudgeFit:
    """The weights that fit the labels of replies best.

    Args:
        replies: right and wrong ones.
        states: what the model made of each, [n, dimensions].
        asked: the numbers of the replies whose questions' likelihoods are known.
        least_likely: these, [asked].

    Raises:
        DatelineError: too few are right, or wrong.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    labels = np.array([each.right for each in replies])
    right = Class("right", labels, np.ones(len(replies), dtype=bool))
    articles = [each.reply.text.partition("\n")[0] for each in replies]  # their headlines
    found = probe.fit((right,), [each.set for each in replies], articles, states)
    held_out = found.probable[0, list(asked)]
    state = np.log(held_out / (1 - held_out))
    signs, y = np.column_stack([state, least_likely]), labels[list(asked)]
    regression = LogisticRegression(max_iter=1_000).fit(signs, y)
    area = float(roc_auc_score(y, regression.decision_function(signs)))
    return JudgeFit(
        found,
        regression.coef_[0],
        float(regression.intercept_[0]),
        len(asked),
        area,
        float(roc_auc_score(y, state)),
    )


def lines(found: JudgeFit) -> Iterator[str]:
    """What the fit is worth, line by line."""
    yield from probe.lines(found.states)
    yield (
        f"{found.asked:,} answers: area under the ROC curve {found.area:.3f} by both signs, "
        f"{found.area_of_states:.3f} by the states alone (of those left out)"
    )
    yield f"weights of state and question: {', '.join(f'{each:.3f}' for each in found.signs)}"


def keep(found: JudgeFit, path: Path) -> None:
    """Writes the weights where the judge reads them."""
    np.savez_compressed(
        path,
        weights=found.states.weights.astype(np.float32),
        biases=found.states.biases.astype(np.float32),
        signs=found.signs,
        signs_bias=found.bias,
    )
