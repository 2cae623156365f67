"""A library of a set's documents, made once by the real ingest and kept in the cache."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from eval import digests
from eval.types import Document, EvalSet
from qa.core.errors import DatelineError
from qa.core.settings import Settings

_DONE = "done.json"


def shelve(eval_set: EvalSet, settings: Settings, say: Callable[[str], None]) -> Settings:
    """The settings with `library` at a library of the set's documents, made if need be.

    Args:
        eval_set: whose documents.
        settings: which embedder, and where the cache is.
        say: told what takes time.

    Raises:
        DatelineError: none of the documents could be read.
    """
    folder = settings.cache / "eval" / f"{eval_set.name}-{digests.documents(eval_set, settings)}"
    placed = settings.model_copy(update={"library": folder / "library"})
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / _DONE).exists():
            say(f"Ingesting the documents of {eval_set.name}")
            (folder / _DONE).write_text(json.dumps(_ingest(eval_set, placed)))
    return placed


def refusals(placed: Settings) -> list[str]:
    """The documents that ingest refused when a library was shelved, a sentence each."""
    refused: list[str] = json.loads((placed.library.parent / _DONE).read_text())
    return refused


def _ingest(eval_set: EvalSet, settings: Settings) -> list[str]:
    """Ingests a set's documents; returns those that were refused, a sentence each."""
    from ingest.pipeline import ingest
    from ingest.refine import can_refine, refine

    sources = [str(path) for path in eval_set.files]
    if eval_set.documents:
        sources.append(str(_written(eval_set, settings.cache / "eval" / "documents")))
    report = ingest(sources, settings)
    if can_refine(settings):
        refine(settings)
    refused = [f"{each.path}: {each.reason}" for each in report.refused]
    if not report.added + report.unchanged + report.updated + report.near_duplicates:
        raise DatelineError(f"No document of {eval_set.name!r} could be ingested: {' '.join(refused[:3])}")
    return refused


def _written(eval_set: EvalSet, home: Path) -> Path:
    """A set's documents as a file to ingest, always the same one, as an article's id comes from its path."""
    lines = home / f"{eval_set.name}-{digests.digest(eval_set.documents)}.jsonl"
    if not lines.exists():
        home.mkdir(parents=True, exist_ok=True)
        part = lines.with_suffix(f".{os.getpid()}")
        part.write_text("".join(map(document_line, eval_set.documents)), encoding="utf-8")
        part.replace(lines)
    return lines


def document_line(document: Document) -> str:
    """A document as a line of articles for `ingest`."""
    fields = {
        "id": document.url,
        "url": document.url,
        "title": document.title,
        "body": document.body,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "authors": list(document.authors),
        "language": document.language,
        "section": document.section,
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False) + "\n"
