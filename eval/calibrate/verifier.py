"""The weights of `qa.verify.state_verifier`: whether a text entails a statement, or contradicts it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.calibrate.pairs import Labelled
from eval.calibrate.probe import Class, Fit, Values
from eval.calibrate.probe import fit as fit_probe

TRAPS = "traps"


def fit(pairs: Sequence[Labelled], states: Values) -> Fit:
    """The weights that fit the labels of pairs best, of "entails" first.

    Raises:
        DatelineError: a class has too few pairs.
    """
    sets, texts = [each.set for each in pairs], [each.pair.text for each in pairs]
    labels, every = np.array([each.label for each in pairs]), np.ones(len(pairs), dtype=bool)
    # Of the traps is not known which of the false ones their texts contradict.
    told = np.array(sets) != TRAPS
    classes = (
        Class("entails", labels == "entails", every),
        Class("contradicts", labels == "contradicts", told),
    )
    return fit_probe(classes, sets, texts, states)
