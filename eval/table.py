"""Results on the screen, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from eval.compare import Changed, Comparison, lower_is_better
from eval.metrics import reading_order
from eval.retrieval import CUTOFFS

_HEADLINE = (
    "precision coverage right_or_refused wrong_given accuracy f1 decision_accuracy refusal_precision "
    "refusal_recall verdict_accuracy false_supported true_kept supported_false contradicted_true decided "
    "citation_recall rewrite_f1 unchanged_f1 recall@10 all@10 ndcg@10"
).split()
_ABLATED = ("recall@1", "recall@5", "recall@10", "all@10", "map@10", "ndcg@10", "mrr@10", "retrieve_ms_p50")
_COMPARED = ("old", "new", "change", "95% interval", "")
_MARKS = {"better": "[green]better[/]", "worse": "[red]worse[/]", "same": ""}
_COLUMNS = 5  # of scores by kind, so that a table fits into 80 characters
_COUNTS = ("quote_violations", "citations")


def tables(result: dict[str, Any]) -> Iterator[Table]:
    """A result's answers and times, its retrieval by cut-off, and its headline figures by kind."""
    names = list(result["metrics"])
    yield _plain(result, sorted((name for name in names if "@" not in name), key=_reading_order))
    families = list(dict.fromkeys(name.partition("@")[0] for name in names if "@" in name))
    if families:
        yield _by_cutoff(result, families)
    if len(result["kinds"]) > 1:
        shown = [name for name in _HEADLINE if name in names]
        for at in range(0, len(shown), _COLUMNS):
            yield _by_kind(result, shown[at : at + _COLUMNS])


def compared_tables(comparison: Comparison) -> Iterator[Table]:
    """The headline metrics of two results and all that moved, then the questions that changed sides."""
    table = _table(f"{comparison.set}: {comparison.n:,} questions", "metric", *_COMPARED)
    for each in comparison.differences:
        if each.outcome == "same" and each.metric not in _HEADLINE and not is_time(each.metric):
            continue
        old, new = (number(each.metric, value) for value in (each.old, each.new))
        spread = f"{_signed(each.metric, each.low)} to {_signed(each.metric, each.high)}"
        table.add_row(each.metric, old, new, _signed(each.metric, each.change), spread, _MARKS[each.outcome])
    yield table
    if comparison.changed:
        yield _changed(comparison.changed)


def bench_table(found: dict[str, Any]) -> Table:
    """Both contestants, and Dateline's figure as a multiple of the plain pipeline's."""
    table = _table(f"bench {found['bench']}", "size", "figure", "Dateline", "plain pipeline", "ratio")
    for row in found["rows"]:
        plain = row["plain"] or {}
        for name in row["dateline"]:
            ours, theirs = (
                _amount(name, each[name]) if name in each else "" for each in (row["dateline"], plain)
            )
            ratio = f"{row['ratio'][name]:.2f}" if name in row["ratio"] else ""
            table.add_row(row["size"], name, ours, theirs, ratio)
        table.add_section()
    return table


def pages_table(found: dict[str, Any]) -> Table:
    """Each page's time from a click to the drawn response."""
    columns = ("clicks", "median ms", "p95 ms")
    table = _table(f"bench pages: {found['documents']:,} documents", "page", *columns)
    for row in found["rows"]:
        table.add_row(row["page"], str(row["clicks"]), f"{row['p50_ms']:,.0f}", f"{row['p95_ms']:,.0f}")
    return table


def _amount(name: str, value: float) -> str:
    if name.endswith("_bytes"):
        return f"{value / 1e6:,.0f} MB"
    if name == "right":
        return f"{value:.3f}"
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def ablation_table(found: dict[str, Any]) -> Table:
    """Each variant's figures, and how far they are from the retriever's as it is."""
    names = [name for name in _ABLATED if all(name in each["metrics"] for each in found["variants"].values())]
    table = _table(f"{found['set']}: {found['n']:,} questions with evidence", "retrieval", *names)
    for variant, part in found["variants"].items():
        table.add_row(variant, *(_ablated(part, name) for name in names))
    return table


def _ablated(part: dict[str, Any], name: str) -> str:
    """A value and its change, green or red where the interval leaves 0 out."""
    value, change = number(name, part["metrics"][name]), part["change"].get(name)
    if change is None or change["value"] == 0:
        return value
    shown = f"{value}\n{_signed(name, change['value'])}"
    if change["low"] <= 0 <= change["high"]:
        return shown
    worse = (change["value"] > 0) == lower_is_better(name)
    return f"[{'red' if worse else 'green'}]{shown}[/]"


def _changed(changed: Sequence[Changed]) -> Table:
    table = Table(title="Questions that changed", title_justify="left", show_lines=True)
    for column in ("id", "question", "score", "before", "now"):
        table.add_column(column, overflow="fold")
    for each in changed:
        mark = "[green]gained[/]" if each.gained else "[red]lost[/]"
        question, old, new = (escape(text) for text in (each.question, each.old, each.new))
        table.add_row(each.id, question, f"{each.score} {mark}", old, new)
    return table


def _signed(name: str, value: float) -> str:
    return ("-" if value < 0 else "+") + number(name, abs(value))


def _plain(result: dict[str, Any], names: list[str]) -> Table:
    table = _table(
        f"{result['set']}: {result['n']} questions", "metric", "value", "95% interval", "questions"
    )
    for name in names:
        spread = result["intervals"][name]
        low, high = (number(name, spread[end]) for end in ("low", "high"))
        table.add_row(name, number(name, result["metrics"][name]), f"{low} to {high}", f"{spread['n']:,}")
    return table


def _by_cutoff(result: dict[str, Any], families: list[str]) -> Table:
    last = CUTOFFS[-1]
    columns = (*(f"@{k}" for k in CUTOFFS), f"95% interval @{last}", "questions")
    table = _table("Retrieval", "metric", *columns)
    for family in families:
        spread = result["intervals"][f"{family}@{last}"]
        cells = [f"{result['metrics'][f'{family}@{k}']:.3f}" for k in CUTOFFS]
        table.add_row(family, *cells, f"{spread['low']:.3f} to {spread['high']:.3f}", f"{spread['n']:,}")
    return table


def _by_kind(result: dict[str, Any], names: list[str]) -> Table:
    table = _table("By kind", "kind", "n", *(name.replace("_", " ") for name in names))
    for kind, part in result["kinds"].items():
        found = part["metrics"]
        table.add_row(
            kind, f"{part['n']:,}", *(f"{found[name]:.3f}" if name in found else "" for name in names)
        )
    return table


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _reading_order(name: str) -> tuple[bool, bool, tuple[int, str]]:
    return is_time(name), "tokens" in name, reading_order(name)


def is_time(name: str) -> bool:
    """Whether a metric is in milliseconds."""
    return "_ms" in name


def number(name: str, value: float) -> str:
    """A value as its metric is read: whole milliseconds, tokens and counts, else three decimals."""
    whole = is_time(name) or "tokens" in name or name in _COUNTS
    return f"{value:,.0f}" if whole else f"{value:.3f}"
