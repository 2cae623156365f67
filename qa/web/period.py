"""Documents or events over time as bars; a click on a bar keeps its time, and opens a year into months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import streamlit as st

from qa.web import charts, wording
from qa.web.language import _

_MOST_YEARS_BY_MONTH = 3
"""Bars for the months of more years are too thin to point at."""


def draw(
    months: dict[str, int], what: charts.What, key: str, of: dict[tuple[str, str], int] | None = None
) -> str:
    """Draws the bars, and under them what is chosen, to be taken off.

    Args:
        months: how many in each month (2024-01), in order.
        what: is counted.
        key: where the choice is kept.
        of: the same by month and publisher; then each bar shows its publishers.

    Returns:
        The time chosen, as 2024-01 or 2024; "" for all.
    """
    chosen: str = st.session_state.get(key, "")
    if len(months) < 2 and not chosen:
        return ""
    counted = _counted(months, chosen)
    shares: Counter[tuple[str, str]] = Counter()
    for (month, publisher), n in (of or {}).items():
        shares[_bar(month, counted), publisher] += n
    charts.bars(counted, chosen, what, key, {each: n for each, n in shares.items() if each[0]})
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
        counted = dict.fromkeys(_months(min(months), max(months)), 0)
    elif chosen:
        counted = dict.fromkeys(_months(f"{chosen[:4]}-01", f"{chosen[:4]}-12"), 0)
    else:
        counted = {str(year): 0 for year in range(int(min(months)[:4]), int(max(months)[:4]) + 1)}
    for month, n in months.items():
        if bar := _bar(month, counted):
            counted[bar] += n
    return counted


def _bar(month: str, counted: dict[str, int]) -> str:
    """The bar that a month belongs to, "" if it is none of those drawn."""
    return next((each for each in (month, month[:4]) if each in counted), "")


def _months(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (at := f"{year:04}-{month:02}") <= last:
        yield at
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _by_year(months: dict[str, int]) -> bool:
    return bool(months) and int(max(months)[:4]) - int(min(months)[:4]) > _MOST_YEARS_BY_MONTH


def _chip(label: str, without: str, key: str) -> None:
    st.button(
        f"{label} ✕",
        key=f"{key}-{label}",
        help=_("Remove this filter"),
        on_click=_keep,
        args=(key, without),
    )


def _keep(key: str, chosen: str) -> None:
    st.session_state[key] = chosen
