"""`python -m qa keys`: the keys of the API, made, listed and ended."""

from __future__ import annotations

from pathlib import Path

import click

from qa.serve.keys import SCOPES, Keys

_LIBRARY = click.option("--library", type=click.Path(path_type=Path), help="The library's folder.")


def _keys(library: Path | None) -> Keys:
    from qa.core.settings import load_settings
    from qa.store.library import Library

    return Keys(Library(load_settings(library=library).library).folder)


@click.group(invoke_without_command=True)
@_LIBRARY
@click.pass_context
def keys(ctx: click.Context, library: Path | None) -> None:
    """List the keys of the API: their names, what they are good for, and when they were made."""
    if ctx.invoked_subcommand is None:
        for each in _keys(library).callers().values():
            click.echo(f"{each.name}: {', '.join(each.scopes)} (made {each.made})")


@keys.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="Repeatable [default: all]."
)
@_LIBRARY
def add(name: str, scopes: tuple[str, ...], library: Path | None) -> None:
    """Make a key for NAME and print it, this once."""
    click.echo(_keys(library).make(name, scopes or SCOPES))


@keys.command()
@click.argument("name")
@_LIBRARY
def remove(name: str, library: Path | None) -> None:
    """End the key of NAME; a server that runs refuses it from now on."""
    _keys(library).remove(name)
