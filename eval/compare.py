"""Two results of the same questions: what got better, what got worse, and whether that is noise.

Questions are paired by id and resampled together (paired bootstrap, Koehn 2004,
https://aclanthology.org/W04-3250/), so that what is hard for both cancels out.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from eval.metrics import reading_order, resamples
from eval.selective import selective_changes
from qa.core.errors import DatelineError

LOWER_IS_BETTER = (
    "unsupported_share",
    "false_supported",
    "wrong_given",
    "supported_false",
    "contradicted_true",
    "quote_violations",
    "brier",
    "aurc",
    "_ms",
    "tokens",
    "debris",
    "date_wrong",
    "refused",
)
# Scores that say of one question whether it went right.
DECISIVE = ("verdict_accuracy", "accuracy", "decision_accuracy", "all@10")
Outcome = Literal["better", "worse", "same"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric in both results; `change` is new minus old, `low` to `high` its 95% interval.

    `n` is the number of paired questions of which at least one result has the metric.
    """

    metric: str
    old: float
    new: float
    change: float
    low: float
    high: float
    n: int

    @property
    def loss(self) -> float:
        """How much worse the new value is; negative for a better one."""
        return self.change if lower_is_better(self.metric) else -self.change

    @property
    def outcome(self) -> Outcome:
        """Better or worse where the interval leaves 0 out, else the same."""
        if self.low <= 0 <= self.high:
            return "same"
        return "worse" if self.loss > 0 else "better"


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that went right in one result and wrong in the other, by a decisive score."""

    id: str
    question: str
    score: str
    gained: bool
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results side by side; `settings` are those that differ, (old, new) by name."""

    set: str
    n: int
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    settings: dict[str, tuple[object, object]]

    @property
    def verdict(self) -> str:
        """What to do, in a sentence or two."""
        better, worse = (
            [_said(each) for each in self.differences if each.outcome == outcome and _counts(each.metric)]
            for outcome in ("better", "worse")
        )
        if better and worse:
            return f"Mixed: better in {', '.join(better)}; worse in {', '.join(worse)}. Weigh them."
        if better:
            return f"Better in {', '.join(better)}, worse in nothing: keep the change."
        if worse:
            return f"Worse in {', '.join(worse)}, better in nothing: don't keep the change."
        if not any(each.change or each.high - each.low for each in self.differences):
            return f"The two say the same of all {self.n:,} questions."
        return f"No difference beyond noise over {self.n:,} questions{self._needed()}."

    def _needed(self) -> str:
        """How wide the noise is, for the reader who expected a difference."""
        widths = [each.high - each.low for each in self.differences if _counts(each.metric)]
        if not widths:
            return ""
        return f"; a change under {max(widths) / 2:.3f} could hide in it"


def lower_is_better(metric: str) -> bool:
    """Whether less of a metric is better."""
    return any(part in metric for part in LOWER_IS_BETTER)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compares two results.

    Raises:
        DatelineError: they are of different sets, or share no question.
    """
    if old["set"] != new["set"]:
        raise DatelineError(f"These are results of two sets, {old['set']!r} and {new['set']!r}.")
    after = {row["id"]: row for row in new["rows"]}
    pairs = [(row, after[row["id"]]) for row in old["rows"] if row["id"] in after]
    if not pairs:
        raise DatelineError("The two results share no question, so they can't be compared.")
    return Comparison(
        old["set"], len(pairs), tuple(differences(pairs)), tuple(_changed(pairs)), _settings(old, new)
    )


def worse_than_allowed(comparison: Comparison, limits: Mapping[str, float]) -> list[str]:
    """Metrics that got worse by more than they may, a sentence each.

    Raises:
        DatelineError: a limit names a metric that the results don't have.
    """
    known = {each.metric: each for each in comparison.differences}
    found = []
    for metric, allowed in limits.items():
        if metric not in known:
            near = get_close_matches(metric, known, n=3, cutoff=0) or list(known)
            raise DatelineError(f"Neither result has a metric {metric!r}; near it are {', '.join(near)}.")
        loss = known[metric].loss
        if loss > allowed:
            found.append(f"{metric} is worse by {loss:.3f}, more than the {allowed:g} that is allowed.")
    return found


def differences(pairs: Sequence[tuple[Row, Row]]) -> list[Difference]:
    found = []
    for part, suffix in (("scores", ""), ("timings", "_p50"), ("tokens", "_p50")):
        names = dict.fromkeys(name for pair in pairs for row in pair for name in row.get(part, ()))
        for name in sorted(names, key=reading_order):
            both = [_column([pair[side] for pair in pairs], part, name) for side in (0, 1)]
            if all(np.isfinite(column).any() for column in both):
                found.append(_difference(name + suffix, *both, typical=bool(suffix)))
    for name, (old, change) in selective_changes(pairs).items():
        found.append(
            Difference(name, old, old + change.value, change.value, change.low, change.high, change.n)
        )
    return found


def _column(rows: Sequence[Row], part: str, name: str) -> NDArray[np.float64]:
    """A score of each row, shape [rows], NaN where a row doesn't have it."""
    return np.array([row.get(part, {}).get(name, np.nan) for row in rows], dtype=float)


def _difference(
    name: str, old: NDArray[np.float64], new: NDArray[np.float64], *, typical: bool
) -> Difference:
    keep = np.isfinite(old) | np.isfinite(new)
    old, new = old[keep], new[keep]
    middle = np.nanmedian if typical else np.nanmean
    drawn = resamples(len(old))
    with warnings.catch_warnings():  # A resample without the score gives NaN, which is left out.
        warnings.simplefilter("ignore", RuntimeWarning)
        changes = middle(new[drawn], axis=1) - middle(old[drawn], axis=1)
    low, high = np.nanpercentile(changes, (2.5, 97.5))
    before, after = float(middle(old)), float(middle(new))
    return Difference(name, before, after, after - before, float(low), float(high), len(old))


def _changed(pairs: Sequence[tuple[Row, Row]]) -> list[Changed]:
    found = []
    for old, new in pairs:
        for score in DECISIVE:
            before, after = (row.get("scores", {}).get(score) for row in (old, new))
            if before is not None and after is not None and before != after:
                asked = old.get("question") or old.get("statement", "")
                found.append(Changed(old["id"], asked, score, after > before, _given(old), _given(new)))
                break
    return found


def _given(row: Row) -> str:
    """What a row answered, in a few words."""
    if "verdict" in row:
        return str(row["verdict"]["verdict"])
    if "answer" in row:
        return str(row["answer"]["text"])
    ranks = [rank for rank, hit in enumerate(row.get("hits", ()), start=1) if hit["bears"]]
    return f"evidence at {', '.join(map(str, ranks))}" if ranks else "no evidence found"


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    before, after = (
        {**each["environment"].get("settings", {}), "code": each["environment"].get("code")}
        for each in (old, new)
    )
    return {
        name: (before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def _counts(metric: str) -> bool:
    """Whether a metric speaks in the verdict: counts of citations or tokens are no virtue."""
    return metric != "citations" and "tokens" not in metric


def _said(difference: Difference) -> str:
    return f"{difference.metric} ({difference.change:+.3f}, {difference.low:+.3f} to {difference.high:+.3f})"
