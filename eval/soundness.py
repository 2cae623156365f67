"""Whether the evidence of a reader's set stands in its documents, as ingest reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from eval.evidence import Locator
from eval.sets.folder import load
from eval.types import EvalSet, Evidence
from qa.core.settings import Settings
from qa.store.library import Library

if TYPE_CHECKING:
    from ingest.values import Blob, Draft, Refusal
    from ingest.workers import Workers


def evidence_faults(folder: Path, settings: Settings) -> Iterator[str]:
    """Documents that can't be read and evidence that isn't in them, a sentence each.

    The folder's questions must be sound. Its documents are read into a catalogue that goes away; nothing is
    embedded or kept.
    """
    eval_set = load(folder)
    with TemporaryDirectory(prefix="dateline-check-") as home:
        library = Library(Path(home), create=True)
        yield from _read(eval_set, library, settings)
        locator = Locator(library)
        for question in eval_set.questions:
            for evidence in question.evidence:
                if fault := _fault(evidence, locator):
                    yield f"Question {question.id!r}: {fault}"


def _read(eval_set: EvalSet, library: Library, settings: Settings) -> Iterator[str]:
    """Puts a set's documents into a catalogue; yields those that are refused, a sentence each."""
    from ingest.store import Store
    from ingest.values import Options, Prepared, Refusal
    from ingest.workers import Workers

    store, workers = Store(library), Workers(Options())
    try:
        items = _items(eval_set, library, settings, workers)
        read = workers.map([(item, "")] for item in items if not isinstance(item, Refusal))
        results = [result for each in read for result in each]
    finally:
        workers.close()
    store.put([result for result in results if isinstance(result, Prepared)])
    for each in (*items, *results):
        if isinstance(each, Refusal):
            yield f"{each.path}: {each.reason}"


def _items(
    eval_set: EvalSet, library: Library, settings: Settings, workers: Workers
) -> list[Blob | Draft | Refusal]:
    from ingest.containers import unfold
    from ingest.crawl_state import CrawlState
    from ingest.fetch import Fetcher
    from ingest.sources import find_inputs
    from ingest.values import Blob, Options
    from ingest.web import Web

    web = Web(Fetcher(settings), CrawlState(library), workers.stream)
    sources = [str(path) for path in eval_set.files]
    return [
        item
        for found in find_inputs(sources, Options(), web)
        for item in (unfold(found, Options()) if isinstance(found, Blob) else (found,))
    ]


def _fault(evidence: Evidence, locator: Locator) -> str | None:
    place = locator.place(evidence)
    if place.article_id is None:
        return f"no document is called {evidence.url!r}."
    if evidence.quote.strip() and place.start == place.end:
        return f"{evidence.url!r} doesn't say {evidence.quote!r}."
    return None
