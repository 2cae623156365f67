"""What each ingredient of retrieval brings: each off in turn, and the plain baselines, on one set.

All variants search the same library for the same questions in one run, so differences are paired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eval.baselines import PlainDense, PlainWords, Searcher
from eval.compare import differences
from eval.evidence import Locator
from eval.examine import Examiner
from eval.metrics import figures
from eval.registry import sample
from eval.rows import Row
from eval.run import Progress
from eval.shelf import shelve
from eval.types import EvalSet, Question
from qa.core.settings import Settings
from qa.search.retriever import HybridRetriever, Weights, open_retriever
from qa.store.library import Library

FULL = "as it is"
# Fields of the retriever that leave one of its ingredients out.
WITHOUT: Mapping[str, Mapping[str, object]] = {
    "without dense": {"weights": Weights(dense=0)},
    "without lexical": {"weights": Weights(lexical=0)},
    "without refinement": {"refinement": None},
    "without header": {"headed": False},
    "without late interaction": {"weights": Weights(passage=0, sentence=0, meaning=0)},
    "without splitting": {"split": False},
    "without time": {"timed": False},
    "without diversity": {"diverse": False},
}


def ablate(
    eval_set: EvalSet, settings: Settings, limit: int | None, seed: int, progress: Progress
) -> dict[str, Any]:
    """Retrieval of a set by every variant.

    Returns:
        `{set, n, variants: {name: {metrics, change: {metric: {value, low, high}}}}}`; `change` is
        the variant minus the retriever as it is, with the paired 95% bootstrap interval.
    """
    placed = shelve(eval_set, settings, progress.say)
    library = Library(placed.library)
    locator = Locator(library)
    questions = sample([each for each in eval_set.questions if each.evidence], limit, seed)
    full: list[Row] = []
    variants = {}
    for name, searcher in _variants(open_retriever(placed, library), library, placed):
        progress.say(f"{eval_set.name}: {name}")
        rows = _rows(questions, searcher, locator, progress.advance)
        full = full or rows
        variants[name] = {
            "metrics": {metric: figure.value for metric, figure in figures(rows).items()},
            "change": {
                each.metric: {"value": each.change, "low": each.low, "high": each.high}
                for each in differences(list(zip(full, rows, strict=True)))
            },
        }
    return {"set": eval_set.name, "n": len(questions), "variants": variants}


def _variants(
    retriever: HybridRetriever, library: Library, settings: Settings
) -> Iterator[tuple[str, Searcher]]:
    yield FULL, retriever
    for name, fields in WITHOUT.items():
        yield name, retriever.model_copy(update=dict(fields))
    yield "plain BM25", PlainWords(library)
    yield "plain dense", PlainDense(library, settings)


def _rows(
    questions: list[Question], searcher: Searcher, locator: Locator, advance: Callable[[int, int], None]
) -> list[Row]:
    examiner = Examiner(searcher, locator, lambda sentence, cited: False, None, retrieval=True, given=False)
    searcher.search("news", k=1)
    rows = []
    for number, question in enumerate(questions, start=1):
        rows.append(examiner.row(question))
        advance(number, len(questions))
    return rows
