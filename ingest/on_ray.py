"""Documents read, cleaned, split and embedded as stages of Ray Data, on a cluster or on this machine's cores.

Only the preparing moves: what is found, what is known already, the catalogue and the indexes stay with the
process that was started. So a run that was killed is gone on with as any other, with Ray or without it.
"""

from __future__ import annotations

import logging
import os
import pickle
import socket
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np

from ingest.values import Blob, Options, Prepared, size_of
from ingest.workers import Item, Reader, Result
from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models.chosen import load_embedder
from qa.models.embedder import Embedder, Matrix

LOCAL = "local"
_KNOCK_SECONDS = 10.0
# A wave is one execution of Ray's, which costs a second or two: minutes of work for each core. This process
# and Ray's store hold its inputs.
_WAVE_BYTES, _MAX_WAVE_BYTES = 32_000_000, 1_000_000_000
_HELD_TEXTS = 50_000  # More than the indexes may lag behind.
_Row = dict[str, Any]


class OnRay:
    """A Ray cluster that prepares documents, as `Workers` do on one machine."""

    def __init__(self, address: str, options: Options, settings: Settings) -> None:
        """Joins the cluster.

        Args:
            address: HOST:PORT of the cluster's head, "auto" for the cluster that this machine is of, or
                "local" for one of this machine's cores.
            options: how documents are to be taken.
            settings: what their passages are embedded with.

        Raises:
            DatelineError: Ray is not installed.
            UnavailableError: there is no such cluster.
        """
        self._options = options
        self._settings = sent(settings)
        self.embedded = Embedded()
        _join(address)

    def map(self, jobs: Iterable[Sequence[Item]]) -> Iterator[list[Result]]:
        """The results of each job, in the jobs' order; their vectors wait in `embedded`."""
        import ray

        cores = int(ray.cluster_resources().get("CPU", 1))
        for wave in _waves(jobs, min(_WAVE_BYTES * cores, _MAX_WAVE_BYTES)):
            yield from self._mapped(wave)

    def close(self) -> None:
        """Leaves the cluster, or ends it where it is this machine's own."""
        import ray

        ray.shutdown()

    def _mapped(self, wave: Sequence[Sequence[Item]]) -> Iterator[list[Result]]:
        from ray.data import from_items
        from ray.exceptions import RayError

        rows = from_items([{"job": pickle.dumps(job)} for job in wave], override_num_blocks=len(wave))
        prepared = rows.map(_prepared, fn_kwargs={"options": self._options})
        try:
            for row in prepared.map(_with_vectors, fn_kwargs={"settings": self._settings}).iter_rows():
                results: list[Result] = pickle.loads(row["results"])
                vectors: Matrix | DatelineError = pickle.loads(row["vectors"])
                if isinstance(vectors, DatelineError):
                    raise vectors
                self.embedded.hold(_texts(results), vectors)
                yield results
        except RayError as error:
            raise UnavailableError(
                f"The Ray cluster could not go on ({type(error).__name__}); run the same command again: what "
                "was reported is kept."
            ) from error


class Embedded(Embedder):
    """Vectors that were made elsewhere, by the texts that they are of; what it lacks its model makes here."""

    def __init__(self) -> None:
        self._held: dict[str, Matrix] = {}
        self._lock = Lock()

    def over(self, model: Embedder) -> Embedded:
        """This, over the model that made the vectors."""
        self._model, self.name, self.dimensions = model, model.name, model.dimensions
        return self

    def hold(self, texts: Sequence[str], vectors: Matrix) -> None:
        """Keeps vectors until they are asked for; the oldest go, as nobody asks for those of a copy."""
        with self._lock:
            self._held |= zip(texts, vectors, strict=True)
            for text in list(self._held)[: max(0, len(self._held) - _HELD_TEXTS)]:
                del self._held[text]

    def embed(self, texts: Sequence[str]) -> Matrix:
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            found = {text: self._held.pop(text) for text in wanted if text in self._held}
        missing = [text for text in wanted if text not in found]
        if missing:
            found |= zip(missing, self._model.embed(missing), strict=True)
        return np.array([found[text] for text in texts], dtype=np.float32)


def sent(settings: Settings) -> Settings:
    """Settings as another machine gets them: it embeds, so the other keys stay here."""
    return settings.model_copy(update={"llm_key": None, "chroma_token": None, "serve_key": None})


def _join(address: str) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Else Ray's makers are told of its use.
    try:
        import ray
        from ray.data import DataContext
    except ImportError as error:
        raise DatelineError("For --ray, install Ray: pip install 'dateline[ray]'") from error
    try:
        if address not in (LOCAL, "auto"):  # Ray itself knocks for minutes, and then ends the process.
            host, _, port = address.rpartition(":")
            socket.create_connection((host, int(port)), _KNOCK_SECONDS).close()
        ray.init(address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise UnavailableError(f"There is no Ray cluster at {address!r} ({reason}).") from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True  # Which of two copies is stored first must not change.


def _waves(jobs: Iterable[Sequence[Item]], most: int) -> Iterator[list[list[Item]]]:
    """The jobs, so many bytes at a time."""
    wave: list[list[Item]] = []
    size = 0
    for job in jobs:
        size += sum(size_of(item) for item, _ in job)
        wave.append([(_sent(item), digest) for item, digest in job])
        if size >= most:
            yield wave
            wave, size = [], 0
    if wave:
        yield wave


def _sent(item: Any) -> Any:
    """An input with its bytes: a file here is none on another machine."""
    return replace(item, data=item.bytes(), path=None) if isinstance(item, Blob) and item.path else item


def _prepared(row: _Row, options: Options) -> _Row:
    """The first stage: a job's documents, read, cleaned and split in a process with a clock."""
    reader = Reader(options)
    try:
        return {"results": pickle.dumps(reader.read(pickle.loads(row["job"])))}
    finally:
        reader.close()


def _with_vectors(row: _Row, settings: Settings) -> _Row:
    """The second stage: the vectors of the passages, or the sentence that says why there are none."""
    made: Matrix | DatelineError
    try:
        made = _embedder(settings).embed(_texts(pickle.loads(row["results"])))
    except DatelineError as error:
        made = error
    return row | {"vectors": pickle.dumps(made)}


@lru_cache(1)
def _embedder(settings: Settings) -> Embedder:
    """Loaded once by each of Ray's processes."""
    return load_embedder(settings)


def _texts(results: Sequence[Result]) -> list[str]:
    return [passage.text for each in results if isinstance(each, Prepared) for passage in each.passages]
