"""`backup`, `export` and `import`: a library as one file, and back."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ingest.command import command

_TARGET = click.argument("target", metavar="FILE|FOLDER", type=click.Path(path_type=Path))


@click.command()
@_TARGET
@command
def backup(target: Path, library: Path | None, as_json: bool) -> None:
    """Copies a library, its conversations and watched questions to one file; it can be used meanwhile."""
    _copy(target, library, as_json, readers=True)


@click.command()
@_TARGET
@command
def export(target: Path, library: Path | None, as_json: bool) -> None:
    """Copies a library's documents to one file to share, without its readers' questions."""
    _copy(target, library, as_json, readers=False)


@click.command("import")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@command
def import_(source: Path, library: Path | None, as_json: bool) -> None:
    """Makes a library from a backup or an export, in a folder without one."""
    from ingest.copies import copy_in
    from ingest.indexer import catch_up
    from ingest.rebuild import refuse_mixing
    from qa.core.settings import load_settings
    from qa.store.library import Library

    chosen = load_settings(library=library)
    articles = copy_in(source, chosen.library)
    made = Library(chosen.library)
    refuse_mixing(made, chosen)
    passages, _ = catch_up(made, chosen)
    told = {"articles": articles, "passages": passages}
    click.echo(json.dumps(told) if as_json else f"{articles:,} documents are in {str(chosen.library)!r}.")


def _copy(target: Path, library: Path | None, as_json: bool, *, readers: bool) -> None:
    from ingest.copies import copy_out
    from qa.core.settings import load_settings
    from qa.store.library import Library

    signal.signal(
        signal.SIGTERM, lambda number, frame: sys.exit(128 + number)
    )  # So that nothing incomplete is left.
    copied = copy_out(Library(load_settings(library=library).library), target, readers=readers)
    told = asdict(copied) | {"path": str(copied.path)}
    size = f"{copied.articles:,} documents, {copied.size / 1e6:,.1f} MB"
    click.echo(json.dumps(told) if as_json else f"Copied to {str(copied.path)!r}: {size}.")
