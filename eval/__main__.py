"""`python -m eval`: how good the assistant is, by one command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Literal, cast

import click

from eval.calibrate.command import calibrate
from eval.progress import progress_bar
from qa.core.errors import DatelineError

_EXTRA = ("ir_measures", "sklearn", "langchain_chroma", "langchain_text_splitters")
"""What the extra `eval` brings. Looked for before a run, not at its end."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Score the assistant on eval sets, compare results, and measure speed."""
    from importlib.util import find_spec

    if missing := [name for name in _EXTRA if not find_spec(name)]:
        raise DatelineError(
            f"The evaluation needs packages that are not installed ({', '.join(missing)}): "
            "pip install -c constraints.txt -e '.[eval]'"
        )


@main.command()
@click.argument("name", metavar="SET")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of a public set's files.")
@click.option("--limit", type=click.IntRange(min=1), help="Ask this many questions, each kind in proportion.")
@click.option("--seed", default=0, show_default=True, help="Which questions --limit draws.")
@click.option("--kind", "kinds", multiple=True, help="Ask only questions of this kind; may be repeated.")
@click.option("--split", type=click.Choice(["dev", "test"]), help="Ask only this part of the set.")
@click.option("--only", type=click.Choice(["retrieval", "answers"]), help="Do one half alone.")
@click.option("--given", is_flag=True, help="Put each question to its own evidence documents alone.")
@click.option("--model", help="Language model, as in DATELINE_LLM.")
@click.option(
    "--judge", metavar="MODEL", help="Let this language model judge citations [default: grounding]."
)
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped; reuse what it depends on.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole result to this JSON file."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result without its rows, as JSON.")
@click.option("--check", is_flag=True, help="Only say what is wrong with a folder of your own.")
def run(
    name: str,
    data: Path | None,
    limit: int | None,
    seed: int,
    kinds: tuple[str, ...],
    split: str | None,
    only: str | None,
    given: bool,
    model: str | None,
    judge: str | None,
    resume: bool,
    out: Path | None,
    as_json: bool,
    check: bool,
) -> None:
    """Score the assistant on SET: one of the project's sets, a public one, or your own folder."""
    if check:
        sys.exit(_check(Path(name)))
    from eval import extraction
    from eval.registry import PAGES, load_pages, load_set
    from eval.run import Plan
    from eval.run import run as evaluate
    from qa.core.settings import load_settings

    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
    half = cast(Literal["retrieval", "answers"] | None, only)
    plan = Plan(half, given, limit, seed, kinds, split, judge, resume)
    with progress_bar() as progress:
        if name == PAGES:
            result = extraction.evaluate(load_pages(data, limit), progress)
        else:
            result = evaluate(load_set(name, data), load_settings(llm=model), plan, progress)
    if out:
        out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _show(result, as_json)
    for id_, reason in result["failures"].items():
        click.echo(f"Question {id_!r} failed: {reason}", err=True)
    sys.exit(1 if result["failures"] else 0)


def _check(folder: Path) -> int:
    """Faults of the questions first; of their evidence only once the questions are sound."""
    from eval.registry import PUBLIC, own
    from eval.sets.folder import faults
    from eval.soundness import evidence_faults
    from qa.core.settings import load_settings

    if not folder.is_dir() and str(folder) in (*own(), *PUBLIC):
        raise DatelineError(
            f"{str(folder)!r} is a set that comes with Dateline; --check is for a folder of your own."
        )
    found = list(faults(folder)) or list(evidence_faults(folder, load_settings()))
    for fault in found:
        click.echo(fault, err=True)
    if not found:
        click.echo(f"The folder {str(folder)!r} is sound.")
    return 2 if found else 0


def _show(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        short = {name: value for name, value in result.items() if name != "rows"}
        click.echo(json.dumps(short, ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from eval.table import tables

    for table in tables(result):
        Console().print(table)


def _sizes(context: click.Context, parameter: click.Parameter, text: str) -> list[int]:
    """The numbers of a list with commas."""
    try:
        return [int(size) for size in text.split(",")]
    except ValueError:
        raise click.BadParameter(f"{text!r} isn't a list of numbers like 1000,10000.") from None


@main.command()
@click.argument("what", type=click.Choice(["ingest", "retrieve", "answer", "pages"]))
@click.option("--documents", type=int, help="ingest, pages: how many.  [default: 500, 100000]")
@click.option(
    "--sizes",
    default="1000,10000",
    show_default=True,
    callback=_sizes,
    help="retrieve: passages, with commas.",
)
@click.option("--plain-up-to", default=1_000, show_default=True, help="retrieve: passages for the plain one.")
@click.option("--questions", default=100, show_default=True, help="retrieve, answer: how many.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here, as JSON."
)
def bench(
    what: str, documents: int | None, sizes: list[int], plain_up_to: int, questions: int, out: Path | None
) -> None:
    """Measure speed and memory beside the plain LangChain pipeline, in the same run; and the app's pages."""
    from rich.console import Console

    from eval.bench import bench_answer, bench_ingest, bench_retrieve
    from eval.table import bench_table, pages_table
    from qa.core.settings import load_settings

    settings = load_settings()
    say = Console(stderr=True).print
    if what == "ingest":
        found = bench_ingest(settings, documents or 500, say)
    elif what == "retrieve":
        found = bench_retrieve(settings, sizes, plain_up_to, questions, say)
    elif what == "pages":
        from eval.bench_pages import bench_pages

        found = bench_pages(settings, documents or 100_000, say)
    else:
        found = bench_answer(settings, questions, say)
    Console().print(pages_table(found) if what == "pages" else bench_table(found))
    if out:
        out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="SET...")
@click.option("--limit", type=click.IntRange(min=1), help="Ask this many questions of each set.")
@click.option("--seed", default=0, show_default=True, help="Which questions --limit draws.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here, as JSON."
)
def ablate(names: tuple[str, ...], limit: int | None, seed: int, out: Path | None) -> None:
    """Retrieve with each ingredient off in turn, beside plain BM25 and plain dense search."""
    from rich.console import Console

    from eval.ablate import ablate as ablated
    from eval.registry import load_set
    from eval.table import ablation_table
    from qa.core.settings import load_settings

    found = []
    for eval_set in [load_set(name) for name in names]:
        with progress_bar() as progress:
            found.append(ablated(eval_set, load_settings(), limit, seed, progress))
        Console().print(ablation_table(found[-1]))
    if out:
        out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


@main.command()
@click.option(
    "--half", type=click.Choice(["retrieval", "answers", "claims", "extraction"]), help="Only these parts."
)
@click.option("--update", "keep", is_flag=True, help="Keep the new figures; refuses to lower one.")
@click.option("--lower", is_flag=True, help="With --update: lower figures too.")
def gate(half: str | None, keep: bool, lower: bool) -> None:
    """Fail when a small part of the sets scores worse than the figures kept in the tree."""
    from eval.gate import PARTS, fallen, measure, read, update
    from qa.core.settings import load_settings

    parts = [part for part in PARTS if half in (None, part.half)]
    with progress_bar() as progress:
        found = measure(parts, load_settings(), progress)
    if keep:
        update(found, lower=lower)
        return
    falls = list(fallen(read(), found))
    for name, each in falls:
        click.echo(f"{name}: {each.metric} fell from {each.old:.3f} to {each.new:.3f}.", err=True)
    if not falls:
        click.echo(f"Nothing fell beyond noise in {', '.join(found)}.")
    sys.exit(1 if falls else 0)


@main.command()
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--fail-if-worse", "limits", multiple=True, metavar="METRIC:DELTA", help="Exit 1 beyond this.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def compare(old: Path, new: Path, limits: tuple[str, ...], as_json: bool) -> None:
    """Say what changed between the results OLD and NEW, and whether it is more than noise."""
    from dataclasses import asdict

    from eval.compare import compare as compared
    from eval.compare import worse_than_allowed

    allowed = dict(_limit(limit) for limit in limits)
    found = compared(_read_result(old), _read_result(new))
    beyond = worse_than_allowed(found, allowed)
    if as_json:
        click.echo(json.dumps(asdict(found) | {"verdict": found.verdict}, ensure_ascii=False, indent=1))
    else:
        from rich.console import Console

        from eval.table import compared_tables

        for table in compared_tables(found):
            Console().print(table)
        click.echo(found.verdict)
    for sentence in beyond:
        click.echo(sentence, err=True)
    sys.exit(1 if beyond else 0)


@main.command()
@click.argument("result", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The page [default: RESULT.html]."
)
def report(result: Path, out: Path | None) -> None:
    """Make one web page of a RESULT: scores, plots, and every question with what went wrong."""
    from eval.report import report as made

    page = out or result.with_suffix(".html")
    page.write_text(made(_read_result(result)), encoding="utf-8")
    click.echo(str(page))


main.add_command(calibrate)


def _limit(text: str) -> tuple[str, float]:
    metric, _, delta = text.rpartition(":")
    try:
        return metric, float(delta)
    except ValueError:
        raise DatelineError(f"{text!r} isn't METRIC:DELTA, like accuracy:0.02.") from None


def _read_result(path: Path) -> dict[str, Any]:
    try:
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        result = {}
    if not isinstance(result, dict) or "rows" not in result:
        raise DatelineError(f"{path.name!r} is no result of eval run --out.")
    return result


def cli() -> None:
    """The command, with errors that are meant for the reader as one line."""
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Go on with the same command, of run with --resume.", err=True)
        sys.exit(130)
    except DatelineError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    cli()
