"""On what a result was made: machine, versions, settings."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from eval import digests
from qa.core.settings import Settings
from qa.store.library import Library

_PACKAGES = (
    "chromadb tantivy langchain-core langchain-openai sentence-transformers model2vec onnxruntime "
    "tokenizers numpy xllamacpp"
).split()


def environment(settings: Settings, library: Library) -> dict[str, object]:
    """What a reader needs to judge or repeat a result; no keys and no paths."""
    stats = library.stats()
    return {
        "machine": machine(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "commit": _commit(),
        "code": digests.code("qa", "ingest"),
        "settings": digests.outcome(settings),
        "library": {"articles": stats.articles, "passages": stats.passages},
    }


def machine() -> dict[str, object]:
    """Processor, cores usable by this process, and memory in bytes."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_bytes": memory,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _commit() -> str | None:
    """The commit that is checked out, None outside a repository."""
    try:
        run = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except OSError:
        return None
    return run.stdout.strip() or None
