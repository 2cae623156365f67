"""`python -m qa`: questions, statements and models from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from qa.cli.doctor import doctor
from qa.cli.flags import EXIT_PARTLY, Group, as_of, scope_of, searching
from qa.cli.watch_command import watch
from qa.serve.command import mcp, serve
from qa.serve.keys_command import keys


@click.group(cls=Group, default="ask", default_if_no_args=False)
def main() -> None:
    """Ask questions of a library of news: python -m qa "Who co-chaired the fourth meeting?"."""


@main.command()
@click.argument("question")
@as_of
@searching
def ask(question: str, library: Path | None, as_json: bool, **given: Any) -> None:
    """Answer QUESTION from the library, each sentence proved by a quote (the default command)."""
    from qa.core.settings import load_settings

    if not question.strip():
        raise click.UsageError("The question is empty; put it in quotation marks.")
    scope = scope_of(**given)
    settings = load_settings(library=library)
    from qa.answer.assistant import Assistant

    assistant = Assistant.open(settings)
    if as_json:
        from qa.cli.as_json import answer_json

        answer = assistant.ask(question, filters=scope.filters, today=scope.today)
        click.echo(json.dumps(answer_json(answer), ensure_ascii=False))
    else:
        from qa.cli.output import show_answer

        show_answer(assistant.stream(question, filters=scope.filters, today=scope.today))


@main.command()
@click.argument("statement")
@as_of
@searching
def check(statement: str, library: Path | None, as_json: bool, **given: Any) -> None:
    """Say whether the library supports STATEMENT, with quotes for and against.

    STATEMENT may be a paragraph: each of its statements is checked. "-" reads it from standard input.
    """
    from qa.core.settings import load_settings

    if statement == "-":
        statement = sys.stdin.read()
    if not statement.strip():
        raise click.UsageError("The statement is empty; put it in quotation marks.")
    scope = scope_of(**given)
    settings = load_settings(library=library)
    from qa.answer.assistant import Assistant

    assistant = Assistant.open(settings)
    if as_json:
        from qa.cli.as_json import verdict_json

        verdict = assistant.check(statement, scope.filters, scope.today)
        click.echo(json.dumps(verdict_json(verdict), ensure_ascii=False))
    else:
        from qa.cli.output import show_verdicts

        show_verdicts(assistant.check_each(statement, scope.filters, scope.today))


@main.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV file of answers.")
@as_of
@searching
def batch(table: Path, out: Path, library: Path | None, as_json: bool, **given: Any) -> None:
    """Answer every question of the CSV file TABLE into another; run again, it goes on where it was."""
    from qa.cli.batch import answer_all, questions_in
    from qa.cli.output import progress
    from qa.core.errors import DatelineError
    from qa.core.settings import load_settings

    questions = questions_in(table)
    scope = scope_of(**given)
    settings = load_settings(library=library)
    from qa.answer.assistant import Assistant

    assistant = Assistant.open(settings)
    answers = answer_all(
        questions,
        lambda question: assistant.ask(question, filters=scope.filters, today=scope.today),
        out,
    )
    statuses: list[str] = []
    failure = ""
    try:
        for answer in progress(answers, len(set(questions)), "Answering"):
            statuses.append(answer.status)
    except DatelineError as error:
        if not statuses:
            raise
        failure = str(error)
    told = {"answered": statuses.count("answered"), "not_in_library": statuses.count("not_in_library")}
    click.echo(
        json.dumps(told | {"out": str(out)})
        if as_json
        else f"{len(statuses)} answer{'' if len(statuses) == 1 else 's'} added to {out}."
    )
    if failure:
        click.echo(f"dateline: {failure} Run the same command again to go on.", err=True)
        click.get_current_context().exit(EXIT_PARTLY)


for _command in (watch, serve, keys, mcp, doctor):
    main.add_command(_command)


@main.command()
@click.option("--library", type=click.Path(path_type=Path), help="The library's folder [default: ./library].")
def votes(library: Path | None) -> None:
    """Print the answers that readers judged in the chat, as the questions.jsonl of an eval folder."""
    from qa.core.settings import load_settings
    from qa.web.conversations import Conversations
    from qa.web.votes import questions

    kept = Conversations(load_settings(library=library).library)
    click.echo(questions(kept, everyone=True), nl=False)


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """List the models: what each is for, its size, licence and source, and whether it is here."""
    if ctx.invoked_subcommand is None:
        from qa.cli.output import models_json, show_models
        from qa.core.settings import load_settings
        from qa.models.registry import status

        found = status(load_settings())
        if as_json:
            click.echo(json.dumps(models_json(found), ensure_ascii=False))
        else:
            show_models(found)


@models.command()
@click.argument("name")
def pull(name: str) -> None:
    """Fetch the model NAME, or finish a broken fetch."""
    from qa.core.settings import load_settings
    from qa.models.install import ensure

    click.echo(str(ensure(name, load_settings())))


if __name__ == "__main__":
    try:
        main(prog_name="python -m qa")
    except BrokenPipeError:
        sys.stderr.close()
