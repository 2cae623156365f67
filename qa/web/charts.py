"""The plots, in Altair, in the theme's colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

import altair as alt
import streamlit as st

from qa.web import language, wording
from qa.web.language import ENGLISH, N_, _, current, plural
from qa.web.runs import HEADLINES

_ROW_PX = 28
_MOST_ROWS = 8
_MOST_COLOURS = 5
"""Publishers that have a row or a colour of their own; the rest are "others"."""

What = Literal["documents", "mentions"]
_NAMES: dict[What, str] = {"documents": N_("Documents"), "mentions": N_("Mentions")}
_SMALL = {"light": "#635e55", "dark": "#a8a196"}
"""The colours of small print, as in .streamlit/config.toml; Streamlit's for plots is 3.6 to 1 on paper."""

Score = tuple[float, float, float]
"""A share, and the ends of its 95% interval."""


def show(chart: alt.Chart | alt.LayerChart, **given: Any) -> Any:
    """Draws a plot, its times in the reader's language; what stands on its axes and in its legend has the
    colour of small print."""
    small = _SMALL[st.context.theme.type or "light"]
    coloured = chart.configure_axis(labelColor=small, titleColor=small)
    coloured = coloured.configure_legend(labelColor=small, offset=12)
    if current() != ENGLISH:
        coloured = coloured.configure(locale={"time": _times()})
    return st.altair_chart(coloured, **given)


def _times() -> dict[str, Any]:
    """How the reader's language calls months and days, as d3 wants it."""
    from babel import Locale

    locale = Locale(current().code)
    order = (6, 0, 1, 2, 3, 4, 5)  # d3 begins with Sunday, Babel counts from Monday.
    months, days = locale.months["stand-alone"], locale.days["format"]
    return {
        "dateTime": f"{current().hover} %H:%M",
        "date": current().hover,
        "time": "%H:%M",
        "periods": [locale.day_periods["format"]["abbreviated"][half] for half in ("am", "pm")],
        "days": [days["wide"][day] for day in order],
        "shortDays": [days["abbreviated"][day] for day in order],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }


def histogram(months: dict[str, int], since: date, until: date) -> None:
    """Documents by month, those within the chosen dates in the accent colour.

    Time runs as it does in the slider beneath, whose direction is the browser's.
    """
    rows = [
        {"month": f"{month}-01", "documents": n, "chosen": f"{since:%Y-%m}" <= month <= f"{until:%Y-%m}"}
        for month, n in months.items()
    ]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "yearmonth(month):T", axis=None, scale=alt.Scale(reverse=language.browsers().right_to_left)
            ),
            y=alt.Y("documents:Q", axis=None),
            opacity=alt.condition("datum.chosen", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title=_("Month"), format=current().hover_month),
                alt.Tooltip("documents:Q", title=_("Documents")),
            ],
        )
        .properties(height=56)
    )
    show(bars, alt=_described(_("Documents by month"), list(months.items())))


def bars(
    counts: dict[str, int],
    chosen: str,
    what: What,
    key: str,
    shares: dict[tuple[str, str], int] | None = None,
) -> None:
    """Months (2024-01) or years as bars; a click keeps the bar's time in the session's `key`.

    Args:
        counts: the bars, in order.
        chosen: the time that is kept; other bars are pale.
        what: is counted.
        key: where the choice is kept.
        shares: by bar and publisher; then each bar shows its publishers, the most frequent by name.
    """
    picked = alt.selection_point("period", fields=["period"])
    named = _usual(shares or {}, _MOST_COLOURS)
    rows = _rows(counts, chosen, shares or {(period, ""): n for period, n in counts.items()}, named)
    y_axis = alt.Axis(tickMinStep=1, tickCount=3, format="d")
    tooltip = [alt.Tooltip("label:N", title=_("Time")), alt.Tooltip("n:Q", title=_(_NAMES[what]))]
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
        colour = alt.Color("publisher:N", title=None, sort=[*named, _("Others")], legend=legend)
        tooltip.insert(1, alt.Tooltip("publisher:N", title=_("Publisher")))
        marks = marks.encode(color=colour, tooltip=tooltip).properties(height=280)
    # With the choice in its key, the plot that shows a choice has none of its own to undo.
    name = f"{key}-bars-{chosen}"

    def keep() -> None:
        points = st.session_state[name]["selection"].get("period", [])
        if points:
            st.session_state[key] = points[0]["period"]

    show(marks, key=name, on_select=keep, alt=_described(_(_NAMES[what]), list(counts.items())))


def _rows(
    counts: dict[str, int], chosen: str, shares: dict[tuple[str, str], int], named: Sequence[str]
) -> list[dict[str, object]]:
    """What the bars show: each time's documents by publisher, those without a name of their own together."""
    others = _("Others")
    parts: Counter[tuple[str, str]] = Counter({(period, others): 0 for period in counts})
    for (period, name), n in shares.items():
        parts[period, name if name in named else others] += n
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
    for (_period, name), n in shares.items():
        total[name] += n
    return [name for name, _ in total.most_common(most if len(total) <= most else most - 1)]


def happenings(points: Sequence[tuple[date, str, str]], key: str) -> int | None:
    """Events as points on a line of time, a row a publisher; wheel and drag zoom.

    Args:
        points: each with its day, its publisher, and what is said of it.

    Returns:
        The index of the point clicked, None before any click.
    """
    usual = Counter(publisher for _day, publisher, _said in points).most_common(_MOST_ROWS)
    named = [name for name, _n in usual]
    rows = [
        {
            "day": day.isoformat(),
            "publisher": publisher if publisher in named else _("Others"),
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
                sort=[*named, _("Others")],
                axis=alt.Axis(labelLimit=130, domain=False, ticks=False),
            ),
            opacity=alt.condition(chosen, alt.value(0.75), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("day:T", title=_("Day"), format=current().hover),
                alt.Tooltip("publisher:N", title=_("Publisher")),
                alt.Tooltip("said:N", title=_("Told in")),
            ],
        )
        .add_params(chosen)
        .properties(height=_ROW_PX * len({row["publisher"] for row in rows}) + 30)
        .interactive(bind_y=False)
    )
    told = plural(len(points), "{n} event on a line of time", "{n} events on a line of time")
    state = show(marks, key=key, on_select="rerun", alt=told)
    clicked = state["selection"].get("point", [])
    return int(clicked[0]["n"]) if clicked else None


def scores(runs: Sequence[tuple[datetime, dict[str, Score]]]) -> None:
    """Shares from 0 to 1 over time, a line each, with their intervals as bars."""
    rows = [
        {"at": at.isoformat(), "figure": _(HEADLINES[name]), "value": value, "low": low, "high": high}
        for at, figures in runs
        for name, (value, low, high) in figures.items()
    ]
    share = alt.Axis(format="%")
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=0, symbolOpacity=1)
    tooltip = [
        alt.Tooltip("figure:N", title=_("Figure")),
        alt.Tooltip("value:Q", title=_("Share"), format=".1%"),
        alt.Tooltip("low:Q", title=_("At least"), format=".1%"),
        alt.Tooltip("high:Q", title=_("At most"), format=".1%"),
        alt.Tooltip("at:T", title=_("Run"), format=current().hover_time),
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("at:T", title=None),
        color=alt.Color("figure:N", title=None, legend=legend),
        tooltip=tooltip,
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=share)
    intervals = base.mark_rule(opacity=0.4, strokeWidth=2).encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    lines = base.mark_line(point=True).encode(y=y)
    told = plural(len(runs), "The scores of {n} run over time", "The scores of {n} runs over time")
    show((intervals + lines).properties(height=280), alt=told)


def _described(what: str, counts: Sequence[tuple[str, int]]) -> str:
    """A plot in words, for those who don't see it."""
    time, most = max(counts, key=lambda each: each[1])
    return plural(
        len(counts),
        "{what}: {n} bar, the highest {most} at {time}.",
        "{what}: {n} bars, the highest {most} at {time}.",
        what=what,
        most=f"{most:,}",
        time=time,
    )
