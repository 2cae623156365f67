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
    from qa.answer.confidence import Reply

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
@_out
def answers(data: Path, out: Path | None) -> None:
    """Fit the judge of answers to what the built-in model makes of them; stopped, the same goes on."""
    from eval.calibrate.answers import fit, keep, lines
    from eval.calibrate.replies import also_asked, labelled
    from qa.answer.builtin_judge import prompt

    replies = _read(labelled, data)
    states = _states([prompt(each.reply) for each in replies])
    asked = also_asked(replies)
    _tell(lines(found := fit(replies, states, asked, _least_likely([replies[n].reply for n in asked]))))
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


def _least_likely(replies: list[Reply]) -> Values:
    from qa.answer.builtin_judge import LeastLikely, asked
    from qa.core.settings import load_settings

    def key(reply: Reply) -> str:
        return "\n".join([*(str(each.content) for each in asked(reply).messages), reply.question])

    return _kept(replies, key, LeastLikely(load_settings()))


def _kept(examples: Sequence[T], key: Callable[[T], str], of: Callable[[T], ArrayLike]) -> Values:
    from eval.calibrate.kept import read
    from qa.core.settings import load_settings

    with progress_bar("texts") as progress:
        progress.say("Starting the built-in model")
        return read(examples, key, of, load_settings().cache, progress.advance)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
