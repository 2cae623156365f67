"""A set put to the assistant, question by question, into one result."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from eval import digests
from eval.citations import HardFactsJudge, Judge, ModelJudge
from eval.environment import environment
from eval.evidence import Locator
from eval.examine import Examiner
from eval.journal import Journal
from eval.metrics import Figure, figures, reading_order
from eval.registry import only, sample
from eval.rows import Row
from eval.selective import as_decided, precision_coverage, selective_figures
from eval.shelf import refusals, shelve
from eval.types import EvalSet, Question
from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.search.retriever import open_retriever
from qa.store.library import Library

Result = dict[str, Any]
_GIVE_UP_AFTER = 3  # failures in a row: the model is gone, not the question odd


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does.

    `only` None does both halves; `given` puts each question to its own documents; `limit` asks
    that many questions, drawn by `seed`, the same share of each kind, of those in `kinds` (all if
    empty) and `split` (None: any). `judge` is a language model, as in DATELINE_LLM, that says
    whether citations bear their sentences; None leaves that to the grounding.
    """

    only: Literal["retrieval", "answers"] | None = None
    given: bool = False
    limit: int | None = None
    seed: int = 0
    kinds: tuple[str, ...] = ()
    split: str | None = None
    judge: str | None = None
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run tells what it does: `say` a step, `advance` to so many of a total of questions."""

    say: Callable[[str], None]
    advance: Callable[[int, int], None]


def run(eval_set: EvalSet, settings: Settings, plan: Plan, progress: Progress) -> Result:
    """Evaluates the assistant on a set.

    Returns:
        `{set, n, metrics, intervals, kinds, curves, rows, failures, environment}`: `metrics` are
        values by name; `intervals` the same names with n, low and high of the 95% bootstrap
        interval; `failures` the questions that could not be put, with the reason.
    """
    began = time.perf_counter()
    wanted = only(eval_set, plan.kinds, plan.split)
    placed = shelve(eval_set, settings, progress.say)
    for refused in refusals(placed):
        progress.say(refused)
    library = Library(placed.library)
    base = digests.digest(
        digests.content(library),
        digests.outcome(settings),
        digests.scoring(),
        plan.only,
        plan.given,
        plan.judge,
    )
    journal = Journal(settings.cache / "eval" / "rows" / f"{eval_set.name}-{base}.jsonl", resume=plan.resume)
    failures: dict[str, str] = {}
    examiner = _examiner(placed, library, plan, given=plan.given or eval_set.given)
    questions = sample([each for each in wanted if examiner.can_do(each)], plan.limit, plan.seed)
    if not questions:
        raise DatelineError(
            "None of these questions names its evidence, so retrieval alone has nothing to score; "
            "leave out --only retrieval."
        )
    if examiner.assistant:
        progress.say("Starting the language model")
        examiner.assistant.warm()
    rows = _rows(questions, examiner, journal, progress, failures)
    made_on = environment(placed, library) | {
        "prompts": sorted({name for row in rows for name in row.get("prompts", ())}),
        "run": {name: value for name, value in asdict(plan).items() if name != "resume"},
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - began, 1),
    }
    return result(eval_set.name, rows, made_on) | {"failures": failures}


def result(name: str, rows: Sequence[Row], made_on: dict[str, object]) -> Result:
    """A result of rows, in the shape that `--out` writes."""
    kinds = sorted({row["kind"] for row in rows})
    return {
        "set": name,
        **_measured(rows),
        "kinds": {kind: _measured([row for row in rows if row["kind"] == kind]) for kind in kinds},
        "curves": {"precision_coverage": precision_coverage(rows), "as_decided": as_decided(rows)},
        "rows": list(rows),
        "environment": made_on,
    }


def _examiner(settings: Settings, library: Library, plan: Plan, *, given: bool) -> Examiner:
    assistant = None
    if plan.only == "retrieval":
        retriever = open_retriever(settings, library)
        retriever.search("news", k=1)  # The first search reads the indexes from disk.
    else:
        from qa.answer.assistant import Assistant

        assistant = Assistant.open(settings)
        retriever = assistant.retriever
    judge = _judge(plan.judge, settings, library)
    return Examiner(retriever, Locator(library), judge, assistant, plan.only != "answers", given)


def _judge(name: str | None, settings: Settings, library: Library) -> Judge:
    if name is None:
        return HardFactsJudge(library)
    from qa.models.llm import chat_model

    return ModelJudge(chat_model(settings.model_copy(update={"llm": name}), max_tokens=4))


def _rows(
    questions: Sequence[Question],
    examiner: Examiner,
    journal: Journal,
    progress: Progress,
    failures: dict[str, str],
) -> list[Row]:
    rows = []
    in_a_row = 0
    for number, question in enumerate(questions, start=1):
        key = digests.digest(question)
        row = journal.get(key)
        if row is None:
            try:
                row = examiner.row(question)
                in_a_row = 0
            except DatelineError as error:
                in_a_row += 1
                if in_a_row == _GIVE_UP_AFTER:
                    raise
                failures[question.id] = str(error)
                continue
            journal.add(key, row)
        rows.append(row)
        progress.advance(number, len(questions))
    return rows


def _measured(rows: Sequence[Row]) -> dict[str, Any]:
    """How many rows there are, and their metrics and intervals in the order in which they are read."""
    unordered = figures(rows) | selective_figures(rows)
    found = {name: unordered[name] for name in sorted(unordered, key=reading_order)}
    return {
        "n": len(rows),
        "metrics": {name: round(figure.value, 6) for name, figure in found.items()},
        "intervals": {name: _interval(figure) for name, figure in found.items()},
    }


def _interval(figure: Figure) -> dict[str, float]:
    return {"n": figure.n, "low": round(figure.low, 6), "high": round(figure.high, 6)}
