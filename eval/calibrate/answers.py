"""The judge of answers, `qa.answer.builtin_judge`: taught which answers are right, and how sure to be.

Its adapter and its regression are fitted to most of the replies. What is left out tells how sure the judge
may be: a model that was taught is surer than it is right, so its log-odds are scaled until they fit ("Platt
scaling": Guo et al. 2017, https://arxiv.org/abs/1706.04599).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.calibrate import adapter
from eval.calibrate.adapter import Adapted
from eval.calibrate.layers import Layers
from eval.calibrate.replies import Labelled
from eval.drawn import drawn
from qa.answer.builtin_judge import prompt

_LEFT_OUT = 6  # one question in so many


@dataclass(frozen=True, slots=True)
class JudgeFit:
    """What was learned; by what the log-odds are multiplied, and what is added.

    `area` is the area under the ROC curve over the replies left out, by set, with their number.
    """

    adapted: Adapted
    scale: float
    shift: float
    area: dict[str, tuple[int, float]]


def fit(
    replies: Sequence[Labelled], layers: Layers, kept: Path, advance: Callable[[int, int], None]
) -> JudgeFit:
    """What tells right replies from wrong ones.

    Args:
        replies: right and wrong ones.
        layers: the built-in model's.
        kept: the file that a stopped run goes on from.
        advance: told how many of how many steps are done.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    out = [each for each in replies if drawn(each.reply.question + "out", _LEFT_OUT)]
    used = [each for each in replies if not drawn(each.reply.question + "out", _LEFT_OUT)]
    right = np.array([each.right for each in used])
    adapted = adapter.train([prompt(each.reply) for each in used], right, layers, kept, advance)
    logits = np.array([adapter.logit(adapted, layers, prompt(each.reply)) for each in out])
    y, sets = np.array([each.right for each in out]), np.array([each.set for each in out])
    platt = LogisticRegression(C=1e6).fit(logits[:, None], y)
    area = {
        name: (int((sets == name).sum()), float(roc_auc_score(y[sets == name], logits[sets == name])))
        for name in dict.fromkeys(sets.tolist())
    }
    return JudgeFit(adapted, float(platt.coef_[0, 0]), float(platt.intercept_[0]), area)


def lines(found: JudgeFit) -> Iterator[str]:
    """What the fit is worth, line by line."""
    for name, (n, area) in found.area.items():
        yield f"{name}: {n:,} replies left out: area under the ROC curve {area:.3f}"
    yield f"log-odds times {found.scale:.3f}, plus {found.shift:.3f}"


def keep(found: JudgeFit, folder: Path) -> None:
    """Writes the adapter and the regression into a folder, each by the name that the judge reads it by."""
    from qa.answer.builtin_judge import WEIGHTS
    from qa.models.states import ADAPTER

    folder.mkdir(parents=True, exist_ok=True)
    adapter.keep(found.adapted, folder / ADAPTER.name)
    np.savez_compressed(
        folder / WEIGHTS.name,
        weights=(found.adapted.weights * found.scale).astype(np.float32)[None],
        biases=np.array([found.adapted.bias * found.scale + found.shift], dtype=np.float32),
    )
