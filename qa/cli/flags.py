"""The flags that commands share, and the search that they ask for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from click import Group as DefaultGroup  # click_default_group carries no types

    from qa.core.types import Filters
else:
    from click_default_group import DefaultGroup

EXIT_PARTLY = 1
EXIT_REFUSED = 2
Command = TypeVar("Command", bound="Callable[..., Any]")


class Group(DefaultGroup):
    """A group that prints an error for the reader as one line on stderr, with exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        from qa.core.disk import trouble
        from qa.core.errors import DatelineError
        from qa.core.printable import printable

        try:
            return super().invoke(ctx)
        except DatelineError as error:
            said = str(error)
        except Exception as error:
            said = trouble(error) or ""
            if not said:
                raise
        click.echo(printable(f"dateline: {said}"), err=True)
        ctx.exit(EXIT_REFUSED)


def reading(command: Command) -> Command:
    """The flags of every command that reads a library."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output."),
        click.option(
            "--library", type=click.Path(path_type=Path), help="The library's folder [default: ./library]."
        ),
    ):
        command = option(command)
    return command


def searching(command: Command) -> Command:
    """The flags of every command that searches the library."""
    for option in (
        reading,
        click.option(
            "--publisher", "publishers", multiple=True, help="Only from this publisher (repeatable)."
        ),
        click.option("--until", help="Only published on or before this date."),
        click.option("--since", help="Only published on or after this date."),
    ):
        command = option(command)
    return command


def as_of(command: Command) -> Command:
    """The flag that asks as of an earlier day."""
    known_by = "Only what was published by this date; 'last month' counts from it."
    return click.option("--as-of", "as_of", help=known_by)(command)


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters, and the day from which "last month" counts; None is today."""

    filters: Filters
    today: dt.date | None = None


def scope_of(
    since: str | None, until: str | None, publishers: tuple[str, ...], as_of: str | None = None
) -> Scope:
    """The scope that a command line asks for, with dates in any form.

    Raises:
        DatelineError: a date can't be read, or there is no day between the two.
    """
    from qa.core.errors import DatelineError
    from qa.core.types import Filters
    from qa.dates.find import parse_day

    today = dt.date.today()
    first = parse_day(since, today).date if since else None
    last = parse_day(until, today).until if until else None
    known_by = min(parse_day(as_of, today).until, today) if as_of else None
    for flag, day in (("--until", last), ("--as-of", known_by)):
        if first and day and first > day:
            raise DatelineError(
                f"Nothing was published both since {first:%-d %B %Y} and by {day:%-d %B %Y}: "
                f"give --since a date that is not after {flag}."
            )
    until_ = min(filter(None, (last, known_by)), default=None)
    return Scope(Filters(since=first, until=until_, publishers=publishers), known_by)
