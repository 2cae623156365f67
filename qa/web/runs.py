"""The results that `python -m eval run SET --out runs/NAME.json` wrote, as the evaluation page reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.web.language import N_

HEADLINES = {
    "precision": N_("Right, of what is given"),
    "coverage": N_("Given"),
    "accuracy": N_("Answers right"),
    "verdict_accuracy": N_("Verdicts right"),
    "f1": N_("Overlap with the answer (F1)"),
    "decision_accuracy": N_("Answered or refused rightly"),
    "coverage_at_95": N_("Answered at 95% right"),
    "refusal_precision": N_("Refusals that were right"),
    "refusal_recall": N_("Unanswerable, refused"),
    "citation_precision": N_("Citations that prove their sentence"),
    "citation_recall": N_("Sentences whose facts are in their quotes"),
    "false_supported": N_("False claims called supported"),
    "true_kept": N_("True claims called supported"),
    "recall@10": N_("Evidence among the ten best"),
    "mrr@10": N_("Rank of the evidence (MRR)"),
}
"""The figures that say most, as shares from 0 to 1, with what they mean."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a set: its figures, those of each kind of question, and its rows."""

    name: str
    set: str
    n: int
    finished: datetime
    metrics: dict[str, float]
    intervals: dict[str, dict[str, float]]
    kinds: dict[str, dict[str, Any]]
    rows: list[dict[str, Any]]
    environment: dict[str, Any]

    @property
    def failing(self) -> list[dict[str, Any]]:
        """The questions that something went wrong with."""
        return [row for row in self.rows if row.get("problems")]


def files(folder: Path) -> tuple[tuple[str, float], ...]:
    """The result files of a folder, each with when it was written (seconds)."""
    return tuple((str(path), path.stat().st_mtime) for path in sorted(folder.glob("*.json")))


def read_run(path: str) -> Run | None:
    """A run, None for a file that holds none."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        finished = data["environment"].get("finished")
        return Run(
            name=Path(path).stem,
            set=str(data["set"]),
            n=int(data["n"]),
            finished=datetime.fromisoformat(finished) if finished else _written(path),
            metrics=data["metrics"],
            intervals=data.get("intervals", {}),
            kinds=data.get("kinds", {}),
            rows=data["rows"],
            environment=data["environment"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def headlines(run: Run) -> dict[str, float]:
    """The figures of a run that say most, those that it has."""
    return {name: run.metrics[name] for name in HEADLINES if name in run.metrics}


def _written(path: str) -> datetime:
    return datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
