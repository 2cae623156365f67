"""What a result depends on, as short digests: so nothing stale is reused and nothing sound is done twice."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.types import EvalSet
from qa.core.settings import Settings
from qa.store.library import Library

_PROJECT = Path(__file__).parent.parent
# Values, settings and errors decide no passage; what does is in the other modules that ingest reaches.
_NO_INDEXING = frozenset({"types", "settings", "errors", "registry", "fetch"})
# Word lists, languages' patterns and weights: what modules read beside their code.
_DATA = frozenset({".toml", ".txt", ".json", ".npz", ".gguf"})
# Settings that say where things are or how to reach them, not what comes out.
_NEUTRAL = frozenset(
    "library cache models_from llm_key embeddings_key chroma_url chroma_tenant chroma_database "
    "chroma_token chroma_token_header llm_timeout_s llm_retries llm_slots fetch_private_addresses".split()
)


def digest(*parts: object) -> str:
    """16 hex digits of some values, by what they print as."""
    return hashlib.sha256("\x1f".join(map(repr, parts)).encode()).hexdigest()[:16]


def code(*packages: str) -> str:
    """A digest of the source and the data of some packages, the web pages left out."""
    files = (path for name in packages for path in (_PROJECT / name).rglob("*") if "web" not in path.parts)
    return _of_files(path for path in files if path.suffix in _DATA | {".py"})


def scoring() -> str:
    """A digest of the code that turns a question into a row; what only displays is not of it."""
    # Vectors are not in the catalogue, so what refines them counts beside what asks for them.
    return _of_files(reached_from("eval/examine.py") | reached_from("ingest/refine.py"))


def documents(eval_set: EvalSet, settings: Settings) -> str:
    """A digest of a set's documents and of everything that turns them into an index."""
    files = [_of_files(_files_under(path)) for path in eval_set.files]
    return digest(eval_set.documents, files, settings.embeddings, settings.embeddings_url, indexing())


def indexing() -> str:
    """A digest of the code that turns documents into a library."""
    reached = reached_from("ingest/pipeline.py") | reached_from("ingest/refine.py")
    return _of_files(path for path in reached if path.stem not in _NO_INDEXING)


def content(library: Library) -> str:
    """A digest of what is in a library, whatever code put it there."""
    articles = library.articles(limit=10_000_000)
    passages = ([(each.start, each.end) for each in library.passages_of(article.id)] for article in articles)
    return digest(*zip(articles, passages, strict=True))


def outcome(settings: Settings) -> dict[str, object]:
    """The settings that an answer depends on, by name; no keys."""
    return {name: value for name, value in settings.model_dump(mode="json").items() if name not in _NEUTRAL}


def reached_from(start: str) -> set[Path]:
    """A module of the project, all that it imports, one through another, and the data in their folders."""
    found: set[Path] = set()
    left = [_PROJECT / start]
    while left:
        path = left.pop()
        if path not in found:
            found.add(path)
            left += [_PROJECT / f"{name.replace('.', '/')}.py" for name in _imported(path)]
            left = [each for each in left if each.exists()]
    folders = {path.parent for path in found if not path.is_relative_to(_PROJECT / "eval")}
    return found | {each for folder in folders for each in folder.rglob("*") if each.suffix in _DATA}


def _imported(path: Path) -> Iterator[str]:
    """The project's modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{each.name}" for each in node.names))
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def _files_under(path: Path) -> list[Path]:
    return sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]


def _of_files(paths: Iterable[Path]) -> str:
    return digest(*((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(paths)))
