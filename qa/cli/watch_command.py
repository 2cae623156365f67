"""`python -m qa watch`: questions that are asked again when documents come in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli.flags import EXIT_PARTLY, Group, reading, scope_of, searching

if TYPE_CHECKING:
    from qa.core.settings import Settings
    from qa.watch.store import WatchedQuestions
    from qa.watch.watch import Outcome
    from qa.watch.watched import Watched


@click.group(cls=Group, default="question", default_if_no_args=True)
def watch() -> None:
    """Keep a question and learn when its answer changes.

    \b
    python -m qa watch "QUESTION"     keep a question, with its filters
    python -m qa watch                ask again those whose library has changed, and say what changed
    python -m qa watch list           the questions, with their answers
    python -m qa watch remove NUMBER  watch one no longer
    """


@watch.command(hidden=True)
@click.argument("question", required=False)
@searching
def question(question: str | None, library: Path | None, as_json: bool, **given: Any) -> None:
    """Keep QUESTION; without one, ask again what is kept."""
    if question is not None and not question.strip():
        raise click.UsageError("The question is empty; put it in quotation marks.")
    if question is None and any(given.values()):
        raise click.UsageError("Filters are kept with a question; give one, or leave them out.")
    failed = _keep(question.strip(), library, as_json, given) if question else _again(library, as_json)
    if failed:
        click.get_current_context().exit(EXIT_PARTLY)


@watch.command("list")
@reading
def list_(library: Path | None, as_json: bool) -> None:
    """The questions that are watched, with their answers."""
    from qa.cli.watch_terminal import show_list, watched_json

    questions = _kept(library).all()
    if as_json:
        click.echo(json.dumps({"questions": [watched_json(each) for each in questions]}, ensure_ascii=False))
    else:
        show_list(questions)


@watch.command()
@click.argument("number", type=int)
@reading
def remove(number: int, library: Path | None, as_json: bool) -> None:
    """Watch the question of this NUMBER no longer."""
    from qa.core.errors import DatelineError

    kept = _kept(library)
    watched = kept.get(number)
    if watched is None or not kept.remove(number):
        raise DatelineError(f"No question is watched as number {number}; see python -m qa watch list.")
    told = {"removed": number, "question": watched.question}
    text = f"No longer watched: {watched.question}"
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else text)


def _keep(question: str, library: Path | None, as_json: bool, given: dict[str, Any]) -> bool:
    """Keeps a question and asks it. Returns whether it could not be asked."""
    from qa.answer.assistant import Assistant
    from qa.cli.watch_terminal import show_kept, watched_json
    from qa.core.settings import load_settings
    from qa.watch.watch import Watch

    filters = scope_of(**given).filters
    assistant = Assistant.open(load_settings(library=library))
    kept = _kept(library)
    watched, new = kept.keep(question, filters)
    if watched.last is None:
        Watch(assistant, kept).look(watched)
    watched = kept.get(watched.id) or watched
    if as_json:
        click.echo(json.dumps(watched_json(watched) | {"new": new}, ensure_ascii=False))
    else:
        show_kept(watched, new)
    return bool(watched.failure)


def _again(library: Path | None, as_json: bool) -> bool:
    """Asks again what is kept and tells what changed. Returns whether one could not be asked."""
    from qa.cli.output import progress
    from qa.cli.watch_terminal import show_changes, watched_json
    from qa.core.settings import load_settings
    from qa.store.library import Library
    from qa.watch.watch import due

    kept = _kept(library)
    if not kept.all():
        click.echo(json.dumps({"questions": [], "changed": 0, "failed": 0}) if as_json else NONE)
        return False
    settings = load_settings(library=library)
    with kept.asking():
        todo = due(kept, Library(settings.library))
        outcomes = dict(progress(_looked(settings, kept, todo), len(todo), "Asking again"))
    told = [each for each in kept.all() if each.unseen or outcomes.get(each.id) == "failed"]
    if as_json:
        questions = [
            watched_json(each) | {"outcome": outcomes.get(each.id, "as_before")} for each in kept.all()
        ]
        changed, failed = sum(each.unseen for each in told), sum(bool(each.failure) for each in told)
        found = {"questions": questions, "changed": changed, "failed": failed}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        show_changes(told, len(kept.all()), list(outcomes.values()))
    for each in told:
        kept.see(each.id)
    return any(each.failure for each in told)


def _looked(
    settings: Settings, kept: WatchedQuestions, todo: Sequence[Watched]
) -> Iterator[tuple[int, Outcome]]:
    from qa.answer.assistant import Assistant
    from qa.watch.watch import Watch

    if not todo:
        return  # before anything is loaded
    round_ = Watch(Assistant.open(settings), kept)
    for each in todo:
        yield each.id, round_.look(each)


def _kept(library: Path | None) -> WatchedQuestions:
    from qa.core.settings import load_settings
    from qa.store.library import Library
    from qa.watch.store import WatchedQuestions

    return WatchedQuestions(Library(load_settings(library=library).library).folder)


NONE = 'No question is watched yet. Keep one with: python -m qa watch "QUESTION"'
