"""The whole way of documents into a library: found, read, stored, indexed; resumable at any point.

The catalogue is written a batch at a time, each batch one transaction; the indexes follow in a
thread of their own. What was reported is in the catalogue, and what the indexes lack the
catalogue knows, so a killed run is finished by the next.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.containers import is_container, unfold
from ingest.crawl_state import CrawlState
from ingest.fetch import Fetcher
from ingest.indexer import Indexer
from ingest.prepare import digest
from ingest.rebuild import refuse_mixing
from ingest.sources import find_inputs, size_bytes
from ingest.store import Store
from ingest.values import Blob, Draft, Event, Options, Prepared, Refusal, Report, size_of
from ingest.web import Web
from ingest.workers import BrokenReaderError, Item, Result, Workers
from qa.core.errors import RefusedError
from qa.core.printable import printable
from qa.core.settings import Settings
from qa.store.library import Library

if TYPE_CHECKING:
    from ingest.on_ray import OnRay

JOB_DOCUMENTS = 50
JOB_CHARS = 500_000

Progress = Callable[[Event], None]
Stop = Callable[[], bool]


@dataclass
class _Run:
    """What an ingest has done so far."""

    progress: Progress
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    passages: int = 0
    bytes_to_read: int = 0
    bytes_read: int = 0
    began: float = field(default_factory=time.monotonic)

    def read(self, batch: Sequence[Item]) -> None:
        """Tells how far the reading has come, where that can be told."""
        self.bytes_read += sum(size_of(item) for item, _ in batch)
        if self.bytes_to_read:
            share = min(0.99, self.bytes_read / self.bytes_to_read)
            self.progress(Event("read", batch[-1][0].source, share=share))

    def note(self, event: Event) -> None:
        self.counts[event.event] += 1
        self.passages += event.passages
        if event.event == "refused":
            self.refused.append(Refusal(event.source, event.reason or ""))
        self.progress(event)

    def report(self) -> Report:
        """All that it has done."""
        return Report(
            self.counts["added"],
            self.counts["updated"],
            self.counts["unchanged"],
            self.counts["near_duplicate"],
            tuple(self.refused),
            self.passages,
            time.monotonic() - self.began,
        )


def ingest(
    inputs: Sequence[str],
    settings: Settings,
    options: Options = Options(),
    *,
    progress: Progress = lambda event: None,
    stop: Stop = lambda: False,
    ray: str | None = None,
) -> Report:
    """Takes documents into the library, made where there is none.

    Args:
        inputs: paths and addresses.
        settings: the settings; `settings.library` is the library's folder.
        options: how documents are to be taken.
        progress: told of every input, once it is safe in the catalogue or refused.
        stop: asked between batches; what was done until then stays.
        ray: the Ray cluster that prepares them (see `ingest.on_ray`); None is processes of this machine.
    """
    run = _Run(progress, bytes_to_read=size_bytes(inputs, options))
    library = Library(settings.library, create=True)
    refuse_mixing(library, settings)
    store = Store(library)
    workers = Workers(options)
    cluster = None if ray is None else _cluster(ray, options, settings)
    visits = CrawlState(library)
    web = Web(Fetcher(settings), visits, workers.stream)
    with Indexer(library, settings, progress, stop, cluster.embedded if cluster else None) as indexer:
        try:
            items = _items(find_inputs(inputs, options, web), workers, options, run, stop)
            for results in (cluster or workers).map(_jobs(items, store, visits, options, run)):
                refuse_mixing(library, settings)  # A rebuild may have come between.
                _keep(results, store, visits, run)
                indexer.tell(run.passages)
                if stop():
                    break
            if not stop():
                visits.keep()
        finally:
            workers.close()
            if cluster:
                cluster.close()
    return run.report()


def _cluster(address: str, options: Options, settings: Settings) -> OnRay:
    from ingest.on_ray import OnRay

    return OnRay(address, options, settings)


def _items(
    found_ones: Iterator[Blob | Refusal], workers: Workers, options: Options, run: _Run, stop: Stop
) -> Iterator[Blob | Draft]:
    for found in found_ones:
        for item in _unfolded(found, workers, options):
            if isinstance(item, Refusal):
                run.note(Event("refused", printable(item.path), reason=item.reason))
            else:  # A name that is no UTF-8 can be neither stored nor shown.
                yield replace(item, source=printable(item.source), name=printable(item.name))
            if stop():
                return


def _unfolded(found: Blob | Refusal, workers: Workers, options: Options) -> Iterator[Blob | Draft | Refusal]:
    """An input, or what it holds where it is a container; taking that apart is a reader's work, too."""
    if isinstance(found, Refusal) or not is_container(found):
        yield found
        return
    try:
        yield from workers.stream(unfold, found, options)
    except BrokenReaderError as error:
        yield Refusal(found.source, f"{error} What stood before that was taken.")


def _jobs(
    items: Iterator[Blob | Draft], store: Store, visits: CrawlState, options: Options, run: _Run
) -> Iterator[list[Item]]:
    """The inputs that the library doesn't have yet, in batches."""
    for batch in _batches(items, options, run):
        run.read(batch)
        known = store.unchanged(batch)
        for item, _ in batch:
            if item.source in known:
                run.note(Event("unchanged", item.source, known[item.source]))
        visits.done(known)
        fresh = [(item, sum_) for item, sum_ in batch if item.source not in known]
        if fresh:
            yield fresh


def _batches(items: Iterator[Blob | Draft], options: Options, run: _Run) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        try:
            batch.append((item, digest(item, options)))
        except (OSError, RefusedError) as error:
            reason = (
                str(error) if isinstance(error, RefusedError) else f"It can't be read ({error.strerror})."
            )
            run.note(Event("refused", item.source, reason=reason))
            continue
        size += len(item.text) if isinstance(item, Draft) else JOB_CHARS // 10
        if len(batch) >= JOB_DOCUMENTS or size >= JOB_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keep(results: Sequence[Result], store: Store, visits: CrawlState, run: _Run) -> None:
    for result in results:
        if isinstance(result, Refusal):
            run.note(Event("refused", result.path, reason=result.reason))
    for event in store.put([result for result in results if isinstance(result, Prepared)]):
        run.note(event)
    visits.done(result.path if isinstance(result, Refusal) else result.source for result in results)
