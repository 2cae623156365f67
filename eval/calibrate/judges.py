"""The verifier and the judge of answers, taught together: what they read by, and how sure to be.

One adapter serves both (`qa.models.states`), each with its own regressions over the state. They are fitted to
most of the pairs and replies. What is left out tells how sure they may be: a model that was taught is surer
than it is right, so its log-odds are scaled until they fit ("Platt scaling": Guo et al. 2017,
https://arxiv.org/abs/1706.04599).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.calibrate import adapter, pairs, replies
from eval.calibrate.adapter import Adapted, Floats
from eval.calibrate.layers import Layers
from eval.drawn import drawn
from qa.answer import builtin_judge
from qa.verify import state_verifier

CLASSES = ("entails", "contradicts", "right")
_VERIFIERS = 2  # of these are the verifier's
_LEFT_OUT = 8  # one text in so many
_UNKNOWN = float("nan")
_PAIRS: dict[pairs.Label, tuple[float, float]] = {
    "entails": (1, 0),
    "contradicts": (0, 1),
    "neither": (0, 0),
    "not entails": (0, _UNKNOWN),
}


@dataclass(frozen=True, slots=True)
class Example:
    """What is read, of which set, over which text; of which `CLASSES` it is: 1, 0, or NaN if not known."""

    set: str
    text: str
    read: str
    classes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """What was learned; by what each class's log-odds are multiplied, and what is added.

    `area` is the area under the ROC curve over the examples left out, by class and set, with their number.
    """

    adapted: Adapted
    scale: Floats
    shift: Floats
    area: dict[tuple[str, str], tuple[int, float]]


def examples(bench: Path) -> list[Example]:
    """All pairs and replies in a folder of sets.

    Raises:
        FileNotFoundError: it lacks one of the sets.
        DatelineError: it lacks another of them.
    """
    return [
        *(
            Example(
                each.set, each.pair.text, state_verifier.prompt(each.pair), (*_PAIRS[each.label], _UNKNOWN)
            )
            for each in pairs.labelled(bench)
        ),
        *(
            Example(
                each.set,
                each.reply.text,
                builtin_judge.prompt(each.reply),
                (_UNKNOWN, _UNKNOWN, float(each.right)),
            )
            for each in replies.labelled(bench)
        ),
    ]


def fit(of: Sequence[Example], layers: Layers, kept: Path, advance: Callable[[int, int], None]) -> Fit:
    """What tells the classes of examples best.

    Args:
        of: the examples.
        layers: the built-in model's.
        kept: the file that a stopped run goes on from.
        advance: told how many of how many steps are done.
    """
    from sklearn.linear_model import LogisticRegression

    out = [each for each in of if drawn(each.text, _LEFT_OUT)]
    used = [each for each in of if not drawn(each.text, _LEFT_OUT)]
    adapted = adapter.train([each.read for each in used], _classes(used), layers, kept, advance)
    logits, told = adapter.logits(adapted, layers, [each.read for each in out]), _classes(out)
    scale, shift = np.ones(len(CLASSES), np.float32), np.zeros(len(CLASSES), np.float32)
    for number in range(len(CLASSES)):
        known = ~np.isnan(told[:, number])
        platt = LogisticRegression(C=1e6).fit(logits[known, number, None], told[known, number])
        scale[number], shift[number] = platt.coef_[0, 0], platt.intercept_[0]
    return Fit(adapted, scale, shift, _areas(logits, told, [each.set for each in out]))


def lines(found: Fit) -> Iterator[str]:
    """What the fit is worth, line by line."""
    for (name, set_), (n, area) in found.area.items():
        yield f"{name}, {set_}: {n:,} left out, area under the ROC curve {area:.3f}"
    for name, scale, shift in zip(CLASSES, found.scale, found.shift, strict=True):
        yield f"{name}: log-odds times {scale:.3f}, plus {shift:.3f}"


def keep(found: Fit, folder: Path) -> None:
    """Writes the adapter and the regressions into a folder, each by the name that it is read by."""
    from qa.models.states import ADAPTER

    folder.mkdir(parents=True, exist_ok=True)
    adapter.keep(found.adapted, folder / ADAPTER.name)
    weights = found.adapted.weights * found.scale[:, None]
    biases = found.adapted.biases * found.scale + found.shift
    for path, own in (
        (state_verifier.WEIGHTS, slice(_VERIFIERS)),
        (builtin_judge.WEIGHTS, slice(_VERIFIERS, None)),
    ):
        np.savez_compressed(folder / path.name, weights=weights[own], biases=biases[own])


def _classes(of: Sequence[Example]) -> Floats:
    return np.array([each.classes for each in of], dtype=np.float32)


def _areas(logits: Floats, told: Floats, sets: Sequence[str]) -> dict[tuple[str, str], tuple[int, float]]:
    from sklearn.metrics import roc_auc_score

    found = {}
    for number, name in enumerate(CLASSES):
        for set_ in dict.fromkeys(sets):
            own = np.array([each == set_ for each in sets]) & ~np.isnan(told[:, number])
            if 0 < told[own, number].sum() < own.sum():
                area = roc_auc_score(told[own, number], logits[own, number])
                found[name, set_] = int(own.sum()), float(area)
    return found
