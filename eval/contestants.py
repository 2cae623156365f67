"""Dateline and the plain LangChain pipeline, each doing one thing in a process of its own.

Every function here runs alone in a fresh process, so that its peak memory is its own. The plain
pipeline is what a tutorial builds: pieces of 1,000 characters, all-MiniLM-L6-v2 on PyTorch, Chroma.
How both answer is in `answering.py`.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.core.settings import Settings

if TYPE_CHECKING:
    from langchain_chroma import Chroma

    from qa.models.embedder import Embedder

Figures = dict[str, float]
_PIECE_CHARS = 1_000
PIECES = 4
"""Pieces that the plain pipeline finds for a question, and stuffs into its prompt."""


def dateline_ingest(documents: Path, settings: Settings) -> Figures:
    """Documents in JSON lines into a new library, all the way to both indexes."""
    from ingest.pipeline import ingest

    began = time.perf_counter()
    report = ingest([str(documents)], settings)
    return _ingested(report.added + report.near_duplicates, began, settings.library)


def dateline_refine(documents: int, settings: Settings) -> Figures:
    """The transformer's vectors for a library of so many documents, as the background pass makes them."""
    from ingest.refine import refine

    began = time.perf_counter()
    refine(settings)
    return _ingested(documents, began, settings.library)


def plain_ingest(documents: Path, settings: Settings) -> Figures:
    """The same documents split, embedded and put into Chroma."""
    began = time.perf_counter()
    count = _ingest_plain(documents, settings)
    return _ingested(count, began, settings.library)


def dateline_retrieve(questions: Sequence[str], settings: Settings) -> Figures:
    """Questions to hits; `first_ms` is from an idle interpreter to the first hits."""
    began = time.perf_counter()
    from qa.search.retriever import open_retriever

    retriever = open_retriever(settings)
    return _asked(questions, lambda question: retriever.search(question), began)


def plain_retrieve(questions: Sequence[str], settings: Settings) -> Figures:
    """Questions to the four nearest pieces."""
    began = time.perf_counter()
    store = plain_store(settings)
    return _asked(questions, lambda question: store.similarity_search(question, k=PIECES), began)


def peak_bytes() -> int:
    """The most memory that this process held, and the largest process that it started beside it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return own_peak_bytes() + (children if sys.platform == "darwin" else children * 1024)


def own_peak_bytes() -> int:
    """The most memory this process has held. `ru_maxrss` would count its parent's too."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def _ingested(documents: int, began: float, folder: Path) -> Figures:
    seconds = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "documents": documents,
        "documents_per_s": documents / seconds,
        "seconds": seconds,
        "peak_bytes": peak_bytes(),
        "disk_bytes": size,
    }


def _asked(questions: Sequence[str], ask: Callable[[str], object], began: float) -> Figures:
    ask(questions[0])
    first_ms = (time.perf_counter() - began) * 1_000
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - start) * 1_000)
    p50, p95 = np.percentile(times, (50, 95))
    return {"p50_ms": float(p50), "p95_ms": float(p95), "first_ms": first_ms, "peak_bytes": peak_bytes()}


def _ingest_plain(documents: Path, settings: Settings) -> int:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from eval.jsonl import read_lines

    lines = list(read_lines(documents))
    whole = [Document(line["body"], metadata={"title": line.get("title") or ""}) for line in lines]
    pieces = RecursiveCharacterTextSplitter(chunk_size=_PIECE_CHARS, chunk_overlap=100).split_documents(whole)
    Chroma.from_documents(pieces, _minilm(settings), persist_directory=str(settings.library))
    return len(lines)


def _minilm(settings: Settings) -> Embedder:
    """all-MiniLM-L6-v2 on PyTorch. langchain-huggingface doesn't take sentence-transformers 6."""
    from qa.models.chosen import load_embedder

    return load_embedder(settings.with_embedding_model("minilm"))


def plain_store(settings: Settings) -> Chroma:
    """The plain pipeline's Chroma, opened."""
    from langchain_chroma import Chroma

    return Chroma(embedding_function=_minilm(settings), persist_directory=str(settings.library))
