"""`python -m qa doctor`: what this installation has and lacks, with a sentence for each on what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from qa.cli.flags import EXIT_PARTLY, reading
from qa.core.clock import in_time
from qa.core.errors import DatelineError
from qa.core.settings import Settings

_FREE_BYTES = 2_000_000_000  # for the models and a rebuild
_MEMORY_BYTES = 2_000_000_000  # for the built-in model
_SERVER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The result of one check: whether all is well, and a sentence on what is there or what to do."""

    about: str
    well: bool
    says: str


@click.command()
@reading
def doctor(library: Path | None, as_json: bool) -> None:
    """Look at models, library, indexes, disk, memory and servers, and say what to mend."""
    import json

    from qa.core.printable import printable
    from qa.core.settings import load_settings

    found = printable(list(examine(load_settings(library=library))))
    if as_json:
        click.echo(json.dumps({"findings": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{'well  ' if each.well else 'MEND  '} {each.about}: {each.says}")
    click.get_current_context().exit(0 if all(each.well for each in found) else EXIT_PARTLY)


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """All results; a check that fails itself is a result too."""
    looks: dict[str, Callable[[Settings], Diagnosis | None]] = {
        "models": _models,
        "catalogue": _catalogue,
        "indexes": _indexes,
        "permissions": _permissions,
        "disk": _disk,
        "memory": _memory,
        "Chroma server": _chroma,
        "model server": lambda s: _server("model server", s.llm_url, "DATELINE_LLM_URL"),
        "embedding server": lambda s: _server(
            "embedding server", s.embeddings_url, "DATELINE_EMBEDDINGS_URL"
        ),
    }
    for about, look in looks.items():
        try:
            found = look(settings)
        except (DatelineError, OSError, sqlite3.Error) as error:
            found = Diagnosis(about, False, str(error))
        if found is not None:
            yield found


def _models(settings: Settings) -> Diagnosis:
    from qa.models.llm import BUILTIN
    from qa.models.registry import LANGUAGE_MODEL, MULTILINGUAL, status

    needed = {LANGUAGE_MODEL: settings.llm == BUILTIN, MULTILINGUAL: settings.embeddings == "multilingual"}
    lacking = [each.name for each in status(settings) if not each.present and needed.get(each.name, True)]
    if lacking:
        pull = "; ".join(f"python -m qa models pull {name}" for name in lacking)
        return Diagnosis("models", False, f"not here yet: {', '.join(lacking)}. Fetch them with: {pull}")
    return Diagnosis("models", True, "all are here.")


def _catalogue(settings: Settings) -> Diagnosis:
    from qa.store.library import Library

    library = Library(settings.library)
    with closing(sqlite3.connect(library.path, timeout=30)) as connection:
        found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0]).splitlines()[0]
    if found != "ok":
        return Diagnosis("catalogue", False, f"it is damaged ({found}): python -m ingest repair")
    stats = library.stats()
    if not stats.articles:
        return Diagnosis("catalogue", False, "it is sound but empty: python -m ingest PATH")
    return Diagnosis("catalogue", True, f"sound, {stats.articles:,} documents, {stats.passages:,} passages.")


def _indexes(settings: Settings) -> Diagnosis:
    from qa.search.retriever import open_retriever
    from qa.store.library import Library

    library = Library(settings.library)
    stats = library.stats()
    if stats.waiting_lexical or stats.waiting_vectors:
        waiting = (
            f"{stats.waiting_lexical:,} passages wait for their words, {stats.waiting_vectors:,} for vectors"
        )
        return Diagnosis("indexes", False, f"{waiting}: python -m ingest repair")
    if stats.passages:
        open_retriever(settings, library).search("news", k=1)
    return Diagnosis("indexes", True, "up to the catalogue, and searched just now.")


def _permissions(settings: Settings) -> Diagnosis:
    files = [path for path in settings.library.glob("*.sqlite3*") if path.stat().st_mode & 0o077]
    if files and settings.library.stat().st_mode & 0o077:
        return Diagnosis(
            "permissions",
            False,
            f"others of this machine can read the library: chmod -R go= {settings.library}",
        )
    if not os.access(settings.library, os.W_OK):
        return Diagnosis(
            "permissions", False, f"{str(settings.library)!r} can't be written; see whose it is."
        )
    return Diagnosis("permissions", True, "the library is its owner's alone.")


def _disk(settings: Settings) -> Diagnosis:
    folder = settings.library.resolve()
    place = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(place).free
    says = f"{free / 1e9:,.1f} GB are free"
    enough = free > _FREE_BYTES
    return Diagnosis("disk", enough, f"{says}." if enough else f"only {says}: make room.")


def _memory(settings: Settings) -> Diagnosis | None:
    from qa.models import builtin

    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:  # not Linux
        return None
    free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    says = f"{free / 1e9:,.1f} GB are free"
    enough = free > _MEMORY_BYTES or not builtin.is_chosen(settings)
    return Diagnosis(
        "memory", enough, f"{says}." if enough else f"only {says}; the built-in model takes 2 GB."
    )


def _chroma(settings: Settings) -> Diagnosis | None:
    if settings.chroma_url is None:
        return None
    from qa.store.served_chroma import served

    served(settings).heartbeat()
    place = f"tenant {settings.chroma_tenant!r}, database {settings.chroma_database!r}"
    token = "with a token" if settings.chroma_token else "without a token"
    return Diagnosis("Chroma server", True, f"{settings.chroma_url} answers: {place}, {token}.")


def _server(about: str, url: str | None, setting: str) -> Diagnosis | None:
    """Whether a server answers; the key may still be wrong."""
    if url is None:
        return None
    import httpx

    try:
        with httpx.Client(timeout=_SERVER_SECONDS) as client:
            request = client.build_request("GET", url)
            in_time(lambda: client.send(request, stream=True).close(), 2 * _SERVER_SECONDS)
    except TimeoutError:
        return Diagnosis(about, False, f"{url} does not come to the end of an answer's head: start it anew.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Diagnosis(about, False, f"{url} does not answer ({error}): start it, or correct {setting}.")
    return Diagnosis(about, True, f"{url} answers.")
