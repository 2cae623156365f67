"""`python -m ingest`: documents into the library, and what the library holds."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click_default_group import DefaultGroup

from ingest.command import COULD_NOT, DONE, IN_PART, command
from ingest.copy_commands import backup, export, import_
from qa.core.errors import DatelineError
from qa.core.printable import printable
from qa.core.types import Kind

if TYPE_CHECKING:
    from ingest.values import Report


@click.group(cls=DefaultGroup, default="add", default_if_no_args=False)
def main() -> None:
    """Adds documents to the library: files, folders, pages and feeds.

    \b
    python -m ingest PATH-OR-URL...          adds documents, or refreshes those that changed
    python -m ingest --feed URL --watch      goes on, and takes a feed's entries as they come
    python -m ingest add --help              shows all that adding can be told
    """


_group = cast(click.Group, main)  # DefaultGroup has no types.
for _each in (backup, export, import_):
    _group.add_command(_each)


@_group.command()
@click.argument("inputs", nargs=-1, metavar="PATH-OR-URL...")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="An RSS or Atom feed; repeatable.")
@click.option("--include", multiple=True, metavar="GLOB", help="Only files of this name; repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="No files of this name; repeatable.")
@click.option(
    "--fields", metavar="OURS=THEIRS,...", help="Names of a record's fields: title=headline,body=text."
)
@click.option("--publisher", help="Who published these documents.")
@click.option("--collection", help="A name to keep these documents together under.")
@click.option("--language", help="Their language, as a code such as en or ur.")
@click.option("--kind", type=click.Choice(["official", "report", "opinion"]), help="What they are.")
@click.option("--watch", is_flag=True, help="Go on, and take in what is added or changed.")
@click.option("--ocr", is_flag=True, help="Read scanned pages with tesseract.")
@click.option("--ray", metavar="ADDRESS|local", help="Read and embed on a Ray cluster, or on Ray here.")
@command
def add(
    inputs: tuple[str, ...],
    feeds: tuple[str, ...],
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    fields: str | None,
    publisher: str | None,
    collection: str | None,
    language: str | None,
    kind: str | None,
    watch: bool,
    ocr: bool,
    ray: str | None,
    library: Path | None,
    as_json: bool,
) -> None:
    """Adds or refreshes documents; this is what happens when no command is named."""
    from ingest.pipeline import ingest
    from ingest.progress import reporter
    from ingest.values import Options
    from qa.core.settings import load_settings

    if not inputs and not feeds:
        raise DatelineError("Name at least one file, folder, address or --feed, or - for standard input.")
    if ray and watch:
        raise DatelineError("--ray is for many documents at once; --watch takes them without it.")
    only = cast("Kind | None", kind)
    options = Options(include, exclude, _fields(fields), publisher, collection, language, only, ocr, feeds)
    stopped = _stop_gently()
    chosen = load_settings(library=library)
    with reporter(as_json=as_json) as progress:
        if watch:
            from ingest.watch import watch as keep_current

            keep_current(inputs, chosen, options, progress=progress, stop=stopped, told=progress.finish)
            return
        report = ingest(inputs, chosen, options, progress=progress, stop=stopped, ray=ray)
        progress.finish(report)
    _refine_few(chosen, stopped, quiet=as_json)
    if not as_json:
        _tell_of_languages(chosen)
    if stopped():
        click.echo("Stopped before the end; run the same command again to go on.", err=True)
        sys.exit(IN_PART)
    if report.refused:
        sys.exit(_status(report))


def _tell_of_languages(settings: Any) -> None:
    from ingest.crossing import to_cross
    from qa.store.library import Library

    if said := to_cross(Library(settings.library), settings):
        click.echo(said)


def _status(report: Report) -> int:
    """The exit status of a run that refused something: 2 if no input could be opened."""
    from ingest.archives import is_member

    taken = report.added or report.updated or report.unchanged or report.near_duplicates
    return IN_PART if taken or any(is_member(each.path) for each in report.refused) else COULD_NOT


@_group.command("list")
@click.option("--limit", default=50, type=click.IntRange(1), show_default=True, help="How many articles.")
@command
def list_(limit: int, library: Path | None, as_json: bool) -> None:
    """Lists the articles, the newest first."""
    found = _open(library).articles(limit=limit)
    if as_json:
        rows = [
            {
                "article_id": each.id,
                "title": each.title,
                "publisher": each.publisher,
                "published": each.published.isoformat() if each.published else None,
                "kind": each.kind,
                "source": each.source,
            }
            for each in found
        ]
        click.echo(json.dumps({"articles": rows}, ensure_ascii=False))
        return
    for each in found:
        day = each.published.isoformat() if each.published else "no date   "
        click.echo(printable(f"{each.id}  {day}  {each.title}  [{each.publisher or 'publisher unknown'}]"))


@_group.command()
@click.argument("id_", metavar="ID")
@click.option("--history", is_flag=True, help="Show the older texts and what changed.")
@command
def show(id_: str, history: bool, library: Path | None, as_json: bool) -> None:
    """Shows one article and all that is known about it."""
    from ingest import showing

    catalogue = _open(library)
    article = showing.lookup(catalogue, id_)
    if as_json:
        click.echo(json.dumps(showing.as_json(catalogue, article, history=history), ensure_ascii=False))
    else:
        click.echo(printable(showing.as_text(catalogue, article, history=history)))


@_group.command()
@command
def status(library: Path | None, as_json: bool) -> None:
    """Shows what the library holds, and what still waits to be done."""
    from ingest import showing

    facts = showing.status(_open(library))
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else printable(showing.status_text(facts)))


@_group.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@command
def remove(ids: tuple[str, ...], library: Path | None, as_json: bool) -> None:
    """Removes articles, by their id or source, from everywhere."""
    from ingest import showing
    from ingest.indexer import catch_up
    from ingest.rebuild import refuse_mixing
    from qa.core.settings import load_settings

    chosen = load_settings(library=library)
    catalogue = _open(library)
    refuse_mixing(catalogue, chosen)
    removed = [showing.lookup(catalogue, id_) for id_ in ids]
    for article in removed:
        catalogue.remove(article.id)
    catch_up(catalogue, chosen)
    if as_json:
        click.echo(json.dumps({"removed": [article.id for article in removed]}))
    else:
        for article in removed:
            click.echo(printable(f"Removed {article.title}"))


@_group.command()
@click.argument("id_", metavar="ID")
@click.option("--title", help="Its headline.")
@click.option("--publisher", help="Who published it.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When it was published.")
@click.option("--kind", type=click.Choice(["official", "report", "opinion"]), help="What it is.")
@click.option("--issuer", help="The body or agency that it comes from.")
@command
def amend(id_: str, library: Path | None, as_json: bool, day: datetime | None, **said: str | None) -> None:
    """Corrects the facts about one article."""
    from ingest import showing
    from ingest.amend import amend as correct
    from qa.core.settings import load_settings

    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    if day is not None:
        changes["published"] = day.date()
    if not changes:
        raise DatelineError("Say what to correct: --title, --publisher, --day, --kind or --issuer.")
    catalogue = _open(library)
    chosen = load_settings(library=library)
    article = correct(catalogue, chosen, showing.lookup(catalogue, id_), **changes)
    if as_json:
        click.echo(json.dumps({"article_id": article.id, **changes}, ensure_ascii=False, default=str))
    else:
        click.echo(printable(f"Corrected {article.title}"))


@_group.command()
@command
def repair(library: Path | None, as_json: bool) -> None:
    """Finishes what a killed ingest left undone, and rebuilds an index that lost something."""
    from ingest.repair import repair as mend
    from qa.core.settings import load_settings

    report = mend(load_settings(library=library))
    if as_json:
        click.echo(json.dumps(asdict(report)))
    else:
        click.echo(report.sentence())


@_group.command()
@command
def rebuild(library: Path | None, as_json: bool) -> None:
    """Builds passages and indexes anew, after a change of model or passage size.

    Until they are ready, the old ones are searched; documents can be added meanwhile.
    """
    import os

    from ingest.rebuild import rebuild as build
    from qa.core.settings import load_settings

    def show(what: str, done: int, of: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{what.capitalize()}: {done:,} of {of:,}   ", nl=done == of, err=True)

    os.nice(10)  # Readers come first.
    passages = build(load_settings(library=library), show, _stop_gently())
    if as_json:
        click.echo(json.dumps({"finished": passages is not None, "passages": passages}))
    elif passages is not None:
        click.echo(f"Rebuilt: {passages:,} passages.")
    else:
        click.echo("Stopped. The library is as it was; run the same command again to go on.")
    sys.exit(IN_PART if passages is None else DONE)


@_group.command()
@command
def refine(library: Path | None, as_json: bool) -> None:
    """Gives passages a transformer's vectors, so that they are found better by their meaning.

    All passages can be found meanwhile. Run again after a stop, it goes on where it was.
    """
    import os

    from ingest.refine import refine as give
    from qa.core.settings import load_settings

    chosen = load_settings(library=library)
    catalogue = _open(library)
    os.nice(10)  # Readers come first.
    stopped = _stop_gently()
    done = give(chosen, _counted("Refined"), stopped)
    left = catalogue.stats().waiting_refined
    if as_json:
        click.echo(json.dumps({"refined": done, "waiting": left}))
    elif left:
        click.echo(f"Refined {done:,} passages; {left:,} are left for the next time.")
    else:
        click.echo(f"Refined {done:,} passages; none is left.")
    sys.exit(IN_PART if left and stopped() else DONE)


def _refine_few(settings: Any, stopped: Callable[[], bool], *, quiet: bool) -> None:
    """Refines what an ingest added if that takes seconds; else says how to do it."""
    from ingest.refine import AT_ONCE, can_refine, refine
    from qa.store.library import Library

    waiting = Library(settings.library).stats().waiting_refined
    if not waiting or stopped() or not can_refine(settings):
        return
    if waiting <= AT_ONCE:
        try:
            refine(settings, _counted("Refined"), stopped)
        except DatelineError as error:  # All passages can be found without it.
            click.echo(printable(str(error)), err=True)
    elif not quiet:
        click.echo(
            f"All can be found. {waiting:,} passages will be found better by their meaning after: "
            f"python -m ingest refine --library {settings.library}"
        )


def _counted(what: str) -> Callable[[int, int], None]:
    """A line on a terminal that counts up."""

    def show(done: int, of: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{what} {done:,} of {of:,} passages   ", nl=done == of, err=True)

    return show


def _open(folder: Path | None) -> Any:
    from qa.core.settings import load_settings
    from qa.store.library import Library

    return Library(load_settings(library=folder).library)


def _fields(text: str | None) -> dict[str, str]:
    from ingest.records import ALIASES

    pairs = [pair.partition("=") for pair in (text or "").split(",") if pair.strip()]
    for ours, _, theirs in pairs:
        if ours.strip() not in ALIASES or not theirs.strip():
            raise DatelineError(
                f"--fields has {ours.strip()!r}; give OURS=THEIRS, where OURS is one of {', '.join(ALIASES)}."
            )
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _stop_gently() -> Callable[[], bool]:
    """The first Ctrl-C ends the run after the current batch, the second at once."""
    pressed: list[int] = []

    def press(number: int, frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        click.echo("\nStopping after this batch; press Ctrl-C again to stop at once.", err=True)

    signal.signal(signal.SIGINT, press)
    return lambda: bool(pressed)


if __name__ == "__main__":
    main()
