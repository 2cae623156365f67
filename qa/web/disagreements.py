"""Draws what documents tell differently, side by side, and figures that changed, as a small plot."""

from __future__ import annotations

from functools import partial

import altair as alt
import streamlit as st

from qa.core.types import Citation, Disagreement
from qa.web import charts, state, wording
from qa.web.components import mount
from qa.web.conversations import Exchange
from qa.web.error_boundary import calmly
from qa.web.figures import Series, over_time
from qa.web.language import _, current
from qa.web.prose import open_at

_PLOT_PX = 150


def draw(exchange: Exchange, position: int) -> None:
    """Draws an exchange's disagreements and the plot of its figures, where it has such."""
    for number, each in enumerate(exchange.disagreements):
        st.markdown(f"**{wording.plain(_heading(each))}**")
        _sides(each, state.key(f"sides-{number}", position), position)
    series = over_time(exchange)
    if series is not None:
        _plot(series, state.key("figures", position))


def _heading(disagreement: Disagreement) -> str:
    about = disagreement.about.strip().rstrip(".")
    return _("The documents differ on {matter}", matter=about) if about else _("The documents differ")


def _sides(disagreement: Disagreement, key: str, position: int) -> None:
    quotes = tuple(side.citation for side in disagreement.sides)
    days = {quote.published for quote in quotes}
    sides = [
        {
            "index": index,
            "value": side.value,
            "quote": side.citation.quote,
            "date": wording.short_day(side.citation.published),
            "publisher": side.citation.publisher or _("Unknown publisher"),
            "speaker": wording.said_by(side.citation),
            "refuted": _("Refuted by {source}", source=wording.refuter(side)) if side.refuted else "",
            "newest": _("newest") if index == 0 and len(days) > 1 else "",
        }
        for index, side in enumerate(disagreement.sides)
    ]
    opened = wording.place(open_at(position), quotes)
    chosen = partial(_open, key, quotes, state.conversation(), position)
    mount("sides", key, {"sides": sides, "open": opened}, on_chosen_change=chosen)


def _plot(series: Series, key: str) -> None:
    rows = [
        {"day": p.day.isoformat(), "value": round(p.value, 4), "said": p.text, "publisher": p.publisher}
        for p in series.points
    ]
    line = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "day:T",
            title=None,
            scale=alt.Scale(padding=28),
            axis=alt.Axis(format=current().axis_month, tickCount=4),
        ),
        y=alt.Y("value:Q", title=series.unit or None, axis=alt.Axis(tickCount=3, grid=False)),
        tooltip=[
            alt.Tooltip("said:N", title=_("Figure")),
            alt.Tooltip("day:T", title=_("Day"), format=current().hover),
            alt.Tooltip("publisher:N", title=_("Publisher")),
        ],
    )
    ink = {"light": "#1f1d1a", "dark": "#ece7de"}[st.context.theme.type or "light"]
    labels = line.mark_text(dy=-12, fontSize=12, color=ink).encode(text=alt.Text("value:Q", format=",.4~g"))
    drawn = line.mark_line(strokeWidth=1.5, opacity=0.6) + line.mark_circle(size=70) + labels
    words = wording.listed(
        _("{figure} on {day}", figure=p.text, day=wording.day(p.day)) for p in series.points
    )
    charts.show(drawn.properties(height=_PLOT_PX), key=key, alt=_("Figures over time: {list}", list=words))


@calmly
def _open(key: str, quotes: tuple[Citation, ...], within: str | None, position: int) -> None:
    chosen = st.session_state[key].chosen
    if chosen is not None:
        state.open_quote(within, position, quotes[int(chosen)])
