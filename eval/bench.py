"""Speed, memory and cost, beside the plain LangChain pipeline on the same documents in the same run.

What a machine does in a second differs from hour to hour; the ratio of two contestants that took
turns on it does not. So every figure comes with the other's, and each runs alone, one after the other.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from filelock import FileLock

from eval import contestants, digests
from eval.answering import Contestant, Measured
from eval.answers import is_right
from eval.contestants import Figures
from eval.corpus import made_up, questions, real_text
from eval.environment import machine
from eval.registry import load_set
from eval.shelf import document_line
from eval.types import Document, Question
from qa.core.settings import Settings
from qa.store.library import Library

Say = Callable[[str], None]
_PASSAGES_PER_DOCUMENT = 4
_SAMPLE = Path(__file__).parent.parent / "sample"


def bench_ingest(settings: Settings, documents: int, say: Say) -> dict[str, Any]:
    """Ingests made-up documents by Dateline and by the plain pipeline, and refines Dateline's vectors."""
    with tempfile.TemporaryDirectory() as home:
        lines = Path(home) / "documents.jsonl"
        _write(lines, list(made_up(documents, real_text())))
        size = f"{documents:,} documents"
        ours, plain = (
            settings.model_copy(update={"library": Path(home) / name}) for name in ("dateline", "plain")
        )
        say(f"ingest, {size}: dateline")
        quick = _alone(contestants.dateline_ingest, lines, ours)
        say(f"ingest, {size}: plain")
        beside = _alone(contestants.plain_ingest, lines, plain)
        say(f"ingest, {size}: dateline's pass in the background")
        refined = _alone(contestants.dateline_refine, documents, ours)
    return _found("ingest", [_row(size, quick, beside), _row(f"{size}, refined", refined, beside)])


def bench_retrieve(
    settings: Settings, sizes: Sequence[int], plain_up_to: int, asked: int, say: Say
) -> dict[str, Any]:
    """Searches libraries of growing size; the plain pipeline as far as it can be built in minutes.

    Args:
        settings: the settings; the libraries are kept in its cache.
        sizes: passages, about.
        plain_up_to: the largest size that is also built and searched by the plain pipeline.
        asked: questions put to each.
        say: told what takes time.
    """
    rows = []
    for size in sizes:
        documents = list(made_up(size // _PASSAGES_PER_DOCUMENT, real_text()))
        put = questions(documents, asked)
        home = settings.cache / "eval" / f"bench-{size}-{digests.indexing()}"
        ours = _built(home, documents, settings, say)
        passages = Library(ours.library).stats().passages
        say(f"retrieve, {passages:,} passages: dateline")
        found = _alone(contestants.dateline_retrieve, put, ours)
        plain = None
        if size <= plain_up_to:
            say(f"retrieve, {passages:,} passages: plain")
            theirs = settings.model_copy(update={"library": home / "plain"})
            if not theirs.library.exists():
                _alone(contestants.plain_ingest, home / "documents.jsonl", theirs)
            plain = _alone(contestants.plain_retrieve, put, theirs)
        rows.append(_row(f"{passages:,} passages", found, plain))
    return _found("retrieve", rows)


def bench_answer(settings: Settings, asked: int, say: Say) -> dict[str, Any]:
    """Asks questions over the sample library, by Dateline and by the plain chain in turn, of one model.

    Figures are medians and 95th percentiles over questions: milliseconds to the first sources, to the
    first word and to the whole answer, tokens in and out; `right` is the share that a right answer
    stands in, by the strict match.
    """
    answerable = [each for each in load_set("cpec").questions if each.answerable and not each.history]
    put = answerable[:: max(1, len(answerable) // asked)][:asked]
    with tempfile.TemporaryDirectory() as home:
        ours, theirs = (
            settings.model_copy(update={"library": Path(home) / name}) for name in ("dateline", "plain")
        )
        lines = Path(home) / "documents.jsonl"
        _ingest_sample(ours)
        _write(lines, _articles(Library(ours.library)))
        _alone(contestants.plain_ingest, lines, theirs)
        say("starting the language models")
        with Contestant("dateline", ours) as dateline, Contestant("plain", theirs) as plain:
            measured: dict[Contestant, list[Measured]] = {dateline: [], plain: []}
            for number, question in enumerate(put):
                say(f"answer, question {number + 1} of {len(put)}")
                # Each is the first every other time: what the first leaves warm helps the second.
                for contestant in (dateline, plain) if number % 2 == 0 else (plain, dateline):
                    measured[contestant].append(contestant.ask(question.question))
            row = _row(f"{len(put)} questions", *(_answered(each, put, of) for each, of in measured.items()))
    return _found("answer", [row])


def _answered(contestant: Contestant, put: Sequence[Question], measured: Sequence[Measured]) -> Figures:
    names = dict.fromkeys(name for each in measured for name in each.figures)
    columns = {name: [each.figures[name] for each in measured if name in each.figures] for name in names}
    spread = {
        f"{name}_p{percent}": float(np.percentile(values, percent))
        for name, values in columns.items()
        for percent in (50, 95)
    }
    right = [is_right(question, each.text) is True for question, each in zip(put, measured, strict=True)]
    return spread | {"right": fmean(right), "peak_bytes": float(contestant.peak_bytes())}


def _built(home: Path, documents: Sequence[Document], settings: Settings, say: Say) -> Settings:
    """A library of these documents in `home`, made if it isn't there."""
    placed = settings.model_copy(update={"library": home / "library"})
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "lock"):
        if not (home / "done").exists():
            say(f"building a library of {len(documents):,} documents")
            _write(home / "documents.jsonl", documents)
            built = _alone(contestants.dateline_ingest, home / "documents.jsonl", placed)
            (home / "done").write_text(json.dumps(built))
    return placed


def _alone(task: Callable[..., Figures], *arguments: object) -> Figures:
    """Runs one contestant in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


def _row(size: str, dateline: Figures, plain: Figures | None) -> dict[str, Any]:
    """Both contestants' figures, and Dateline's as a multiple of the plain pipeline's."""
    ratio = {name: dateline[name] / plain[name] for name in dateline if plain and plain.get(name)}
    return {"size": size, "dateline": dateline, "plain": plain, "ratio": ratio}


def _found(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"bench": name, "rows": rows, "machine": machine()}


def _write(path: Path, documents: Sequence[Document]) -> None:
    path.write_text("".join(map(document_line, documents)), encoding="utf-8")


def _ingest_sample(settings: Settings) -> None:
    from ingest.pipeline import ingest

    ingest([str(_SAMPLE)], settings)


def _articles(library: Library) -> list[Document]:
    return [
        Document(article.source, article.title, article.body)
        for article in library.articles(limit=10_000_000)
    ]
