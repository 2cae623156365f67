"""The sets that `eval run` knows by name, and where their data lies."""

from __future__ import annotations

import importlib
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.sets import folder
from eval.types import EvalSet, Question
from qa.core.errors import DatelineError

if TYPE_CHECKING:
    from eval.sets.pages import Page

PUBLIC = (
    "squad2",
    "multihoprag",
    "timeqa",
    "clapnq",
    "mtrag",
    "fever_symmetric",
    "fm2",
    "traps",
    "noveleval",
    "xquad",
)
PAGES = "pages"  # Not asked but read: see `eval.extraction`.
_PROJECT = Path(__file__).parent.parent
_OWN = _PROJECT / "eval" / "sets"
_BENCH = _PROJECT.parent / "shared" / "bench"


def own() -> tuple[str, ...]:
    """The project's own sets: folders beside the loaders, asked over the sample and their own documents."""
    return tuple(sorted(path.parent.name for path in _OWN.glob("*/questions.jsonl")))


def load_set(name: str, data: Path | None = None) -> EvalSet:
    """A set by its name, or the reader's own by its folder.

    Args:
        name: one of `PUBLIC`, one of `own()`, or a folder.
        data: where a public set's files are.

    Raises:
        DatelineError: there is no such set, or its data is not there.
    """
    if name in PUBLIC:
        return _public(name, data or _BENCH / name)
    if name in own():
        return folder.load(_OWN / name, documents=_PROJECT / "sample")
    if Path(name).is_dir():
        return folder.load(Path(name))
    known = ", ".join((*own(), *PUBLIC, PAGES))
    raise DatelineError(f"There is no eval set {name!r}: give a folder, or one of {known}.")


def _public(name: str, data: Path) -> EvalSet:
    if not data.is_dir():
        raise DatelineError(f"The data of {name!r} is not in {str(data)!r}: give its folder with --data DIR.")
    try:
        loaded: EvalSet = importlib.import_module(f"eval.sets.{name}").load(data)
    except FileNotFoundError as error:
        raise DatelineError(
            f"The data of {name!r} in {str(data)!r} lacks {Path(error.filename).name}."
        ) from None
    return loaded


def load_pages(data: Path | None, limit: int | None) -> list[Page]:
    """The pages of the set `pages`, at most `limit` of them, every so many of each project.

    Raises:
        DatelineError: its data is not there.
    """
    from eval.sets import pages

    folder = data or _BENCH / PAGES
    try:
        found = list(pages.load(folder))
    except FileNotFoundError:
        raise DatelineError(
            f"The data of {PAGES!r} is not in {str(folder)!r}: give its folder with --data DIR."
        ) from None
    return found if limit is None else found[:: -(-len(found) // limit)]


def only(eval_set: EvalSet, kinds: tuple[str, ...], split: str | None) -> list[Question]:
    """The questions of some kinds (all if none is named) and of one split alone.

    Raises:
        DatelineError: there is no such question.
    """
    wanted = [
        question
        for question in eval_set.questions
        if (not kinds or question.kind in kinds) and split in (None, question.split)
    ]
    if not wanted:
        known = ", ".join(sorted({question.kind for question in eval_set.questions}))
        of = f" of kind {' or '.join(map(repr, kinds))}" if kinds else ""
        part = f" in split {split!r}" if split else ""
        raise DatelineError(f"The set {eval_set.name!r} has no question{of}{part}; its kinds are {known}.")
    return wanted


def sample(questions: Sequence[Question], limit: int | None, seed: int) -> list[Question]:
    """At most `limit` questions, the same share of each kind, in the set's order.

    SQuAD's halves and MultiHop-RAG's kinds so keep their weight: every kind gets
    `limit * its share`, rounded so that the sum is `limit`, drawn by `seed`.
    """
    if limit is None or limit >= len(questions):
        return list(questions)
    kinds: dict[str, list[int]] = defaultdict(list)
    for position, question in enumerate(questions):
        kinds[question.kind].append(position)
    shuffle = random.Random(seed)
    ranked = sorted(
        ((place + 0.5) / len(positions), kind, position)
        for kind, positions in kinds.items()
        for place, position in enumerate(shuffle.sample(positions, len(positions)))
    )
    return [questions[position] for position in sorted(position for *_, position in ranked[:limit])]
