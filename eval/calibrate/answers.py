"""The weights of `qa.answer.state_judge`: whether an answer is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.calibrate.probe import Class, Fit, Values
from eval.calibrate.probe import fit as fit_probe
from eval.calibrate.replies import Labelled


def fit(replies: Sequence[Labelled], states: Values) -> Fit:
    """The weights that fit the labels of replies best.

    Raises:
        DatelineError: too few are right, or wrong.
    """
    right = Class("right", np.array([each.right for each in replies]), np.ones(len(replies), dtype=bool))
    return fit_probe((right,), [each.set for each in replies], [each.reply.text for each in replies], states)
