"""The plots, in Altair, in the theme's colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import altair as alt
import streamlit as st

from qa.web import wording
from qa.web.runs import HEADLINES

_ROW_PX = 28
_MOST_ROWS = 8
_MOST_COLOURS = 5
"""Publishers that have a row or a colour of their own; the rest are "others"."""
_OTHERS = "Others"

_SMALL = {"light": "#635e55", "dark": "#a8a196"}
"""The colours of small print, as in .streamlit/config.toml; Streamlit's for plots is 3.6 to 1 on paper."""

Score = tuple[float, float, float]
"""A share, and the ends of its 95% interval."""


def show(chart: alt.Chart | alt.LayerChart, **given: Any) -> Any:
    """Draws a plot; what stands on its axes and in its legend has the colour of small print."""
    small = _SMALL[st.context.theme.type or "light"]
    coloured = chart.configure_axis(labelColor=small, titleColor=small)
    return st.altair_chart(coloured.configure_legend(labelColor=small, offset=12), **given)


def histogram(months: dict[str, int], since: date, until: date) -> None:
    """Documents by month, those within the chosen dates in the accent colour."""
    rows = [
        {"month": f"{month}-01", "documents": n, "chosen": f"{since:%Y-%m}" <= month <= f"{until:%Y-%m}"}
        for month, n in months.items()
    ]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):T", axis=None),
            y=alt.Y("documents:Q", axis=None),
            opacity=alt.condition("datum.chosen", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title="Month"),
                alt.Tooltip("documents:Q", title="Documents"),
            ],
        )
        .properties(height=56)
    )
    show(bars, alt=describe(list(months.items()), "documents by month"))


def bars(
    counts: dict[str, int], chosen: str, what: str, key: str, shares: dict[tuple[str, str], int] | None = None
) -> None:
    """Months (2024-01) or years as bars; a click keeps the bar's time in the session's `key`.

    Args:
        counts: the bars, in order.
        chosen: the time that is kept; other bars are pale.
        what: "documents".
        key: where the choice is kept.
        shares: by bar and publisher; then each bar shows its publishers, the most frequent by name.
    """
    picked = alt.selection_point("period", fields=["period"])
    named = _usual(shares or {}, _MOST_COLOURS)
    rows = _rows(counts, chosen, shares or {(period, ""): n for period, n in counts.items()}, named)
    y_axis = alt.Axis(tickMinStep=1, tickCount=3, format="d")
    tooltip = [alt.Tooltip("label:N", title="Time"), alt.Tooltip("n:Q", title=what.capitalize())]
    marks = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(cursor="pointer", cornerRadiusEnd=0 if shares else 2)
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("n:Q", title=None, axis=y_axis),
            opacity=alt.condition("datum.chosen", alt.value(1), alt.value(0.3)),
            tooltip=tooltip,
        )
        .add_params(picked)
        .properties(height=120)
    )
    if shares:
        legend = alt.Legend(orient="bottom", columns=2, labelLimit=0)
        colour = alt.Color("publisher:N", title=None, sort=[*named, _OTHERS], legend=legend)
        tooltip.insert(1, alt.Tooltip("publisher:N", title="Publisher"))
        marks = marks.encode(color=colour, tooltip=tooltip).properties(height=280)
    # With the choice in its key, the plot that shows a choice has none of its own to undo.
    name = f"{key}-bars-{chosen}"

    def keep() -> None:
        points = st.session_state[name]["selection"].get("period", [])
        if points:
            st.session_state[key] = points[0]["period"]

    show(marks, key=name, on_select=keep, alt=describe(list(counts.items()), what))


def _rows(
    counts: dict[str, int], chosen: str, shares: dict[tuple[str, str], int], named: Sequence[str]
) -> list[dict[str, object]]:
    """What the bars show: each time's documents by publisher, those without a name of their own together."""
    parts: Counter[tuple[str, str]] = Counter({(period, _OTHERS): 0 for period in counts})
    for (period, name), n in shares.items():
        parts[period, name if name in named else _OTHERS] += n
    return [
        {
            "period": period,
            "publisher": name,
            "n": n,
            "label": wording.time(period),
            "chosen": not chosen or period.startswith(chosen),
        }
        for (period, name), n in parts.items()
    ]


def _usual(shares: dict[tuple[str, str], int], most: int) -> list[str]:
    """The publishers that have most, the rest being "others"."""
    total: Counter[str] = Counter()
    for (_, name), n in shares.items():
        total[name] += n
    return [name for name, _ in total.most_common(most if len(total) <= most else most - 1)]


def happenings(points: Sequence[tuple[date, str, str]], key: str) -> int | None:
    """Events as points on a line of time, a row a publisher; wheel and drag zoom.

    Args:
        points: each with its day, its publisher, and what is said of it.

    Returns:
        The index of the point clicked, None before any click.
    """
    usual = Counter(publisher for _, publisher, _ in points).most_common(_MOST_ROWS)
    named = [name for name, _ in usual]
    rows = [
        {
            "day": day.isoformat(),
            "publisher": publisher if publisher in named else _OTHERS,
            "said": said,
            "n": n,
        }
        for n, (day, publisher, said) in enumerate(points)
    ]
    chosen = alt.selection_point("point", fields=["n"])
    marks = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_circle(size=90, cursor="pointer")
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(padding=10)),
            y=alt.Y(
                "publisher:N",
                title=None,
                sort=[*named, _OTHERS],
                axis=alt.Axis(labelLimit=130, domain=False, ticks=False),
            ),
            opacity=alt.condition(chosen, alt.value(0.75), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("day:T", title="Day", format="%-d %B %Y"),
                alt.Tooltip("publisher:N", title="Publisher"),
                alt.Tooltip("said:N", title="Told in"),
            ],
        )
        .add_params(chosen)
        .properties(height=_ROW_PX * len({row["publisher"] for row in rows}) + 30)
        .interactive(bind_y=False)
    )
    state = show(marks, key=key, on_select="rerun", alt=f"{len(points)} events on a line of time")
    clicked = state["selection"].get("point", [])
    return int(clicked[0]["n"]) if clicked else None


def scores(runs: Sequence[tuple[datetime, dict[str, Score]]]) -> None:
    """Shares from 0 to 1 over time, a line each, with their intervals as bars."""
    rows = [
        {"at": at.isoformat(), "figure": HEADLINES[name], "value": value, "low": low, "high": high}
        for at, figures in runs
        for name, (value, low, high) in figures.items()
    ]
    share = alt.Axis(format="%")
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=0, symbolOpacity=1)
    tooltip = [
        alt.Tooltip("figure:N", title="Figure"),
        alt.Tooltip("value:Q", title="Share", format=".1%"),
        alt.Tooltip("low:Q", title="At least", format=".1%"),
        alt.Tooltip("high:Q", title="At most", format=".1%"),
        alt.Tooltip("at:T", title="Run", format="%-d %b %H:%M"),
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("at:T", title=None),
        color=alt.Color("figure:N", title=None, legend=legend),
        tooltip=tooltip,
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=share)
    intervals = base.mark_rule(opacity=0.4, strokeWidth=2).encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    lines = base.mark_line(point=True).encode(y=y)
    show((intervals + lines).properties(height=280), alt=f"The scores of {len(runs)} runs over time")


def describe(counts: Sequence[tuple[str, int]], what: str) -> str:
    """A plot in words, for those who don't see it."""
    if not counts:
        return f"No {what}."
    most = max(counts, key=lambda each: each[1])
    return f"{what.capitalize()}: {len(counts)} bars, the highest {most[1]:,} at {most[0]}."
