"""The evaluation page: how the assistant scores on its sets, over time, and what it gets wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import streamlit as st

from qa.core.types import Ruling
from qa.web import charts, runs, wording
from qa.web.checked import LABELS
from qa.web.language import N_, _, plural
from qa.web.runs import Run

_FOLDER = Path("runs")
_PAGE_ROWS = 20
_LINES = 3
_RULINGS = LABELS | {"not_in_library": N_("Not in library")}


def page() -> None:
    """Draws the page."""
    st.title(_("Evaluation"), anchor=False)
    with st.spinner(_("Reading the results")):
        found = _load(runs.files(_FOLDER))
    if not found:
        st.markdown(
            _(
                "How well Dateline answers is measured on sets of questions whose answers are known. "
                "No run is kept here yet. To make one:"
            )
        )
        st.code("python -m eval run cpec --out runs/cpec.json", language=None, wrap_lines=True)
        return
    sets = sorted({run.set for run in found})
    chosen = sets[0]
    if len(sets) > 1:
        chosen = st.segmented_control(_("Set"), sets, default=sets[0], required=True)
    of_set = sorted((run for run in found if run.set == chosen), key=lambda run: run.finished)
    run = _which(of_set)
    _figures(run, of_set)
    if len(of_set) > 1:
        _over_time(of_set)
    _kinds(run)
    _failing(run)


@st.cache_data(show_spinner=False, max_entries=2)
def _load(found: tuple[tuple[str, float], ...]) -> list[Run]:
    return [run for path, _written in found if (run := runs.read_run(path)) is not None]


def _which(of_set: Sequence[Run]) -> Run:
    if len(of_set) == 1:
        return of_set[0]
    names = [run.name for run in of_set]
    chosen = st.selectbox(_("Run"), names[::-1], format_func=lambda name: _dated(of_set[names.index(name)]))
    return of_set[names.index(chosen)]


def _dated(run: Run) -> str:
    return wording.listed([run.name, wording.day(run.finished.date()), f"{run.finished:%H:%M}"])


def _figures(run: Run, of_set: Sequence[Run]) -> None:
    before = [each for each in of_set if each.finished < run.finished]
    shown = runs.headlines(run)
    st.caption(wording.plain(_conditions(run)))
    with st.grid(min_column_width=190):
        for name, value in shown.items():
            earlier = before[-1].metrics.get(name) if before else None
            moved = earlier is not None and round(value - earlier, 3) != 0  # by as much as is shown
            st.metric(
                _(runs.HEADLINES[name]),
                f"{value:.1%}",
                None if earlier is None else _("{n} points", n=f"{100 * (value - earlier):+.1f}"),
                delta_color="normal" if moved else "off",
                delta_arrow="auto" if moved else "off",
                help=_interval(run.intervals.get(name)),
            )
    waits = {
        name: run.metrics[name] for name in ("first_token_ms_p50", "total_ms_p50") if name in run.metrics
    }
    if waits:
        said = {
            "first_token_ms_p50": N_("first word after {n} s"),
            "total_ms_p50": N_("whole answer after {n} s"),
        }
        parts = wording.listed(_(said[name], n=f"{value / 1000:.1f}") for name, value in waits.items())
        st.caption(wording.plain(_("Median: {times}.", times=parts)))


def _over_time(of_set: Sequence[Run]) -> None:
    st.header(_("Over time"), anchor=False)
    names = [name for name in runs.HEADLINES if any(name in run.metrics for run in of_set)]
    chosen = st.pills(
        _("Figures"),
        names,
        default=names[:_LINES],
        selection_mode="multi",
        format_func=lambda name: _(runs.HEADLINES[name]),
        label_visibility="collapsed",
    )
    charts.scores([(run.finished, _scores(run, chosen)) for run in of_set])


def _scores(run: Run, names: Sequence[str]) -> dict[str, charts.Score]:
    """Figures of a run with their intervals; one without an interval has none to show."""
    found = {name: run.metrics[name] for name in names if name in run.metrics}
    ends = {name: run.intervals.get(name, {}) for name in found}
    return {
        name: (value, ends[name].get("low", value), ends[name].get("high", value))
        for name, value in found.items()
    }


def _conditions(run: Run) -> str:
    settings = run.environment.get("settings", {})
    return wording.dotted(
        plural(run.n, "{n} question", "{n} questions"),
        wording.day(run.finished.date()),
        _("model {name}", name=settings["llm"]) if "llm" in settings else "",
        _("revision {name}", name=run.environment["commit"]) if run.environment.get("commit") else "",
    )


def _interval(interval: dict[str, float] | None) -> str | None:
    if not interval:
        return None
    return plural(
        int(interval["n"]),
        "95% interval: {low} to {high}, {n} questions",
        "95% interval: {low} to {high}, {n} questions",
        low=f"{interval['low']:.1%}",
        high=f"{interval['high']:.1%}",
    )


def _kinds(run: Run) -> None:
    columns = list(runs.headlines(run))
    rows = [
        {_("Kind"): kind, _("Questions"): held["n"]}
        | {_(runs.HEADLINES[name]): held["metrics"].get(name) for name in columns}
        for kind, held in run.kinds.items()
    ]
    if rows:
        st.header(_("By kind of question"), anchor=False)
        share = st.column_config.NumberColumn(format="percent")
        shares = {_(runs.HEADLINES[name]): share for name in columns}
        st.dataframe(rows, hide_index=True, column_config=shares, alt=_("Scores by kind of question"))


def _failing(run: Run) -> None:
    st.header(_("What went wrong"), anchor=False)
    failing = run.failing
    if not failing:
        st.markdown(_("Nothing: every question was answered as expected."))
        return
    st.caption(
        plural(run.n, "{failing} of {n} question", "{failing} of {n} questions", failing=f"{len(failing):,}")
    )
    pages = -(-len(failing) // _PAGE_ROWS)
    number = min(st.session_state.get("failing-page", 1), pages)
    for row in failing[(number - 1) * _PAGE_ROWS : number * _PAGE_ROWS]:
        with st.expander(wording.plain(row.get("question") or row.get("statement") or row["id"])):
            _row(row)
    if pages > 1:
        st.pagination(pages, key="failing-page")


def _row(row: dict[str, Any]) -> None:
    facts = {
        _("Kind"): row.get("kind", ""),
        _("Expected"): _expected(row),
        _("Given") if {"answer", "verdict"} & row.keys() else _("Found"): _given(row),
        _("In short"): row.get("answer", {}).get("brief", ""),
        _("Sure"): f"{row['confidence']:.0%}" if isinstance(row.get("confidence"), float) else "",
        _("Wrong"): " ".join(row["problems"]),
        _("Prompts"): ", ".join(row.get("prompts", ())),
    }
    for name, value in facts.items():
        if value:
            label, content = st.columns([1, 5], gap="xxsmall")
            label.caption(name)
            content.text(value)


def _expected(row: dict[str, Any]) -> str:
    if row.get("expected"):
        return _said(row["expected"])
    if row.get("answerable") is False:
        return _("A refusal")
    return "\n".join(row.get("answers", ())[:3])


def _given(row: dict[str, Any]) -> str:
    if "answer" in row:
        return str(row["answer"].get("text", ""))
    if "verdict" in row:
        return _said(row["verdict"].get("verdict", ""))
    titles = [hit["title"] for hit in row.get("hits", ())[:3]]
    return "\n".join(titles)


def _said(ruling: str) -> str:
    """A verdict in words: "Not in library"."""
    return _(_RULINGS.get(cast(Ruling, ruling), ruling))


page()
