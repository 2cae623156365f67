"""`python -m eval calibrate`: fits the weights of the verifier and of the judge of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from eval.progress import progress_bar
from qa.core.errors import DatelineError

if TYPE_CHECKING:
    from eval.calibrate.probe import Fit, Values

T = TypeVar("T")


@click.group()
def calibrate() -> None:
    """Fit weights to data; prints them as the code has them."""


_data = click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="Folder with the sets: fm2/, squad2/, ..."
)
_out = click.option("--out", type=click.Path(path_type=Path), help="File of weights to write.")


@calibrate.command()
@_data
@_out
def verifier(data: Path, out: Path | None) -> None:
    """Fit the verifier to the built-in model's states of pairs; stopped, the same command goes on."""
    from eval.calibrate.pairs import labelled
    from eval.calibrate.verifier import fit
    from qa.verify.state_verifier import prompt

    pairs = _read(labelled, data)
    _keep(fit(pairs, _states([prompt(each.pair) for each in pairs])), out)


@calibrate.command()
@_data
@_out
def answers(data: Path, out: Path | None) -> None:
    """Fit the judge of answers to the built-in model's states; stopped, the same command goes on."""
    from eval.calibrate.answers import fit
    from eval.calibrate.replies import labelled
    from qa.answer.state_judge import prompt

    replies = _read(labelled, data)
    _keep(fit(replies, _states([prompt(each.reply) for each in replies])), out)


def _read(labelled: Callable[[Path], list[T]], data: Path) -> list[T]:
    try:
        return labelled(data)
    except FileNotFoundError as error:
        raise DatelineError(
            f"There is no {str(error.filename)!r}: give the folder that holds the sets with --data DIR."
        ) from None


def _states(texts: list[str]) -> Values:
    from eval.calibrate.states import read
    from qa.core.settings import load_settings
    from qa.models.states import States

    settings = load_settings()
    with progress_bar("texts") as progress:
        progress.say("Starting the judging model")
        return read(texts, States(settings).of, settings.cache, progress.advance)


def _keep(found: Fit, out: Path | None) -> None:
    from eval.calibrate.probe import keep, lines

    for line in lines(found):
        click.echo(line)
    if out:
        keep(found, out)
