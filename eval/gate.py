"""A quality gate: a fixed small part of every set against the figures kept in the tree.

`baseline.json` holds each question's scores, so that the comparison is paired: a fall counts when
the 95% interval of the difference leaves 0 out. Sets whose data isn't there are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.compare import Difference, differences
from eval.extraction import OURS, scored
from eval.registry import PAGES, load_pages, load_set
from eval.rows import Row
from eval.run import Plan, Progress, run
from qa.core.errors import DatelineError
from qa.core.settings import Settings

BASELINE = Path(__file__).parent / "baseline.json"
Half = Literal["retrieval", "answers", "claims", "extraction"]
Scores = dict[str, dict[str, float]]
Kept = dict[str, Scores]
"""Scores by question id, by part."""

_WATCHED: Mapping[Half, Sequence[str]] = {
    "retrieval": ("recall@1", "recall@10", "all@10"),
    "answers": (
        "precision",
        "coverage",
        "accuracy",
        "decision_accuracy",
        "refusal_precision",
        "refusal_recall",
    ),
    "claims": ("precision", "coverage", "verdict_accuracy", "false_supported", "true_kept"),
    "extraction": (
        "must debris title page_date author date_right date_wrong precision recall refused".split()
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The first `limit` questions that seed 0 draws of a set, each kind in proportion.

    `claims` are the set's statements alone; of `pages` every so many are read.
    """

    set: str
    half: Half
    limit: int

    @property
    def name(self) -> str:
        return f"{self.set} {self.half}"


PARTS = (
    Part("cpec", "retrieval", 140),
    Part("squad2", "retrieval", 150),
    Part("multihoprag", "retrieval", 80),
    Part("timeqa", "retrieval", 80),
    Part("clapnq", "retrieval", 60),
    Part("mtrag", "retrieval", 60),
    Part("noveleval", "retrieval", 21),
    Part("cpec_claims", "claims", 12),
    Part("fever_symmetric", "claims", 12),
    Part("traps", "claims", 16),
    Part(PAGES, "extraction", 240),
    Part("cpec", "answers", 12),
)


def measure(parts: Sequence[Part], settings: Settings, progress: Progress) -> Kept:
    """The watched scores of every question of some parts; a part without its data is left out."""
    found = {}
    for part in parts:
        try:
            if part.half == "extraction":
                rows = list(scored(load_pages(None, part.limit), OURS, progress))
                found[part.name] = {row["id"]: _watched(row, part.half) for row in rows}
                continue
            eval_set = load_set(part.set)
        except DatelineError as error:
            progress.say(f"{part.name} is left out: {error}")
            continue
        only: Literal["retrieval", "answers"] = "retrieval" if part.half == "retrieval" else "answers"
        stated = {each.kind for each in eval_set.questions if each.is_statement}
        kinds = tuple(sorted(stated)) if part.half == "claims" else ()
        result = run(eval_set, settings, Plan(only=only, limit=part.limit, kinds=kinds), progress)
        found[part.name] = {row["id"]: _watched(row, part.half) for row in result["rows"]}
    return found


def fallen(kept: Kept, found: Kept) -> Iterator[tuple[str, Difference]]:
    """Parts and metrics that fell beyond noise since the figures were kept."""
    for name, scores in found.items():
        for difference in _differences(kept.get(name, {}), scores):
            if difference.outcome == "worse":
                yield name, difference


def read(path: Path = BASELINE) -> Kept:
    """The kept figures; none if there is no file."""
    kept: Kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return kept


def update(found: Kept, *, lower: bool, path: Path = BASELINE) -> None:
    """Keeps new figures of the parts that were measured.

    Raises:
        DatelineError: a mean would fall, and `lower` doesn't allow it.
    """
    kept = read(path)
    falls = [
        f"{name} {each.metric} {each.old:.3f} to {each.new:.3f}"
        for name, scores in found.items()
        for each in _differences(kept.get(name, {}), scores)
        if each.loss > 0
    ]
    if falls and not lower:
        raise DatelineError(f"These figures would fall: {', '.join(falls)}. If that is meant, add --lower.")
    path.write_text(json.dumps(kept | found, sort_keys=True, indent=0) + "\n", encoding="utf-8")


def _watched(row: Row, half: Half) -> dict[str, float]:
    return {name: round(row["scores"][name], 4) for name in _WATCHED[half] if name in row["scores"]}


def _differences(kept: Scores, found: Scores) -> list[Difference]:
    return differences([({"scores": kept[id_]}, {"scores": found[id_]}) for id_ in found if id_ in kept])
