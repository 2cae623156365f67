"""Documents or events over time as bars; a click on a bar keeps its time, and opens a year into months."""

from __future__ import annotations

from collections.abc import Iterator

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
    charts.bars(_counted(months, chosen), chosen, what, key)
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
            _chip(wording.time(chosen), chosen[:4] if by_year else "", key)


def _counted(months: dict[str, int], chosen: str) -> dict[str, int]:
    """The bars: years, or the months of the year chosen or of a few years; those without any too."""
    if not _by_year(months):
        return {month: months.get(month, 0) for month in _months(min(months), max(months))}
    if chosen:
        return {month: months.get(month, 0) for month in _months(f"{chosen[:4]}-01", f"{chosen[:4]}-12")}
    years = {str(year): 0 for year in range(int(min(months)[:4]), int(max(months)[:4]) + 1)}
    for month, n in months.items():
        years[month[:4]] += n
    return years


def _months(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (at := f"{year:04}-{month:02}") <= last:
        yield at
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _by_year(months: dict[str, int]) -> bool:
    return bool(months) and int(max(months)[:4]) - int(min(months)[:4]) > _MOST_YEARS_BY_MONTH


def _chip(label: str, without: str, key: str) -> None:
    st.button(
        f"{label} ✕", key=f"{key}-{label}", help="Take this filter off", on_click=_keep, args=(key, without)
    )


def _keep(key: str, chosen: str) -> None:
    st.session_state[key] = chosen
