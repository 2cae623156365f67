"""`python -m eval calibrate`: teaches the verifier and the judge of answers."""

from __future__ import annotations

from pathlib import Path

import click

from eval.progress import progress_bar
from qa.core.errors import DatelineError


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="Folder with the sets: fm2/, squad2/, ..."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the adapter and weights into.")
def calibrate(data: Path, out: Path | None) -> None:
    """Teach the verifier and the judge of answers (half an hour on two cores); stopped, it goes on."""
    from eval import digests
    from eval.calibrate.judges import examples, fit, keep, lines
    from eval.calibrate.layers import Layers
    from qa.core.settings import load_settings
    from qa.models.states import States, ensure_lower_layers

    try:
        of = examples(data)
    except FileNotFoundError as error:
        raise DatelineError(
            f"There is no {str(error.filename)!r}: give the folder that holds the sets with --data DIR."
        ) from None
    settings = load_settings()
    # Other examples begin anew: what was reached is of these alone.
    kept = settings.cache / "eval" / f"judges-{digests.digest(*of)}.pt"
    with progress_bar("steps") as progress:
        progress.say("Loading the built-in model's lower layers")
        layers = Layers(ensure_lower_layers(settings), States(settings).tokens)
        found = fit(of, layers, kept, progress.advance)
    for line in lines(found):
        click.echo(line)
    if out:
        keep(found, out)
