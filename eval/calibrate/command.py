"""`python -m eval calibrate`: fits the weights of the verifier and of the judge of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from eval.progress import progress_bar
from qa.core.errors import DatelineError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from eval.calibrate.probe import Values

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
    from eval.calibrate.probe import keep, lines
    from eval.calibrate.verifier import fit
    from qa.verify.state_verifier import prompt

    pairs = _read(labelled, data)
    _tell(lines(found := fit(pairs, _states([prompt(each.pair) for each in pairs]))))
    if out:
        keep(found, out)


@calibrate.command()
@_data
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the adapter and weights into.")
def answers(data: Path, out: Path | None) -> None:
    """Teach the judge of answers (an hour on two cores); stopped, the same command goes on."""
    from eval.calibrate.answers import fit, keep, lines
    from eval.calibrate.layers import Layers
    from eval.calibrate.replies import labelled
    from qa.core.settings import load_settings
    from qa.models.states import States, ensure_lower_layers

    replies, settings = _read(labelled, data), load_settings()
    with progress_bar("steps") as progress:
        progress.say("Loading the built-in model's lower layers")
        layers = Layers(ensure_lower_layers(settings), States(settings).tokens)
        found = fit(replies, layers, settings.cache / "eval" / "answers.pt", progress.advance)
    _tell(lines(found))
    if out:
        keep(found, out)


def _read(labelled: Callable[[Path], list[T]], data: Path) -> list[T]:
    try:
        return labelled(data)
    except FileNotFoundError as error:
        raise DatelineError(
            f"There is no {str(error.filename)!r}: give the folder that holds the sets with --data DIR."
        ) from None


def _states(texts: list[str]) -> Values:
    from qa.core.settings import load_settings
    from qa.models.states import States

    return _kept(texts, str, States(load_settings()).of)


def _kept(examples: Sequence[T], key: Callable[[T], str], of: Callable[[T], ArrayLike]) -> Values:
    from eval.calibrate.kept import read
    from qa.core.settings import load_settings

    with progress_bar("texts") as progress:
        progress.say("Starting the built-in model")
        return read(examples, key, of, load_settings().cache, progress.advance)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
