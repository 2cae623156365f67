"""Documents or events over time as bars; a click on a bar keeps its time, and opens a year into months."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from qa.web import charts, wording

_MOST_YEARS_BY_MONTH = 3
"""Bars for the months of more years are too thin to point at."""


def draw(months: dict[str, int], what: str, key: str) -> str:
    """Draws the bars, and under them what is chosen, to be taken off.

    Args:
        months: how many in each month (2024-01), in order.
        what: "documents".
        key: where the choice is kept.

    Returns:
        The time chosen, as 2024-01 or 2024; "" for all.
    """
    chosen: str = st.session_state.get(key, "")
    if len(months) < 2 and not chosen:
        return ""
    counted: Counter[str] = Counter()
    for month, n in months.items():
        if not _by_year(months):
            counted[month] += n
        elif not chosen:
            counted[month[:4]] += n
        elif month.startswith(chosen[:4]):
            counted[month] += n
    charts.bars(dict(counted), chosen, what, key)
    chips(key, months)
    return chosen


def chips(key: str, months: dict[str, int]) -> None:
    """Draws what is chosen, to be taken off."""
    chosen: str = st.session_state.get(key, "")
    if not chosen:
        return
    by_year = _by_year(months)
    with st.container(horizontal=True, gap="xsmall"):
        if by_year:
            _chip(chosen[:4], "", key)
        if len(chosen) > 4:
            _chip(wording.month(chosen), chosen[:4] if by_year else "", key)


def _by_year(months: dict[str, int]) -> bool:
    return bool(months) and int(max(months)[:4]) - int(min(months)[:4]) > _MOST_YEARS_BY_MONTH


def _chip(label: str, without: str, key: str) -> None:
    st.button(
        f"{label} ✕", key=f"{key}-{label}", help="Take this filter off", on_click=_keep, args=(key, without)
    )


def _keep(key: str, chosen: str) -> None:
    st.session_state[key] = chosen
