"""Search results narrowed by time, publisher, kind and language, each value with its count.

What one property counts is what the others leave, so that no value leads to an empty list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from qa.finding import Match
from qa.types import Kind
from qa.web import period, wording

_MOST_PILLS = 12
"""Values that stand side by side; more of them are searched in a list."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """A property of documents: what a document has, and how a value is called."""

    name: str
    of: Callable[[Match], str | None]
    said: Callable[[str], str]


_FACETS = (
    _Facet("Publishers", lambda match: match.row.publisher, str),
    _Facet("Kinds", lambda match: match.row.kind, lambda kind: wording.KIND_NAMES[cast(Kind, kind)]),
    _Facet("Languages", lambda match: match.row.language, wording.language),
)


def draw(found: Sequence[Match], query: str) -> Sequence[Match]:
    """Draws the bars and the properties; returns the matches that the reader's choices leave."""
    chosen = {facet.name: st.session_state.get(_key(facet, query)) or [] for facet in _FACETS}
    time = f"search-time-{query}"
    of_facets = _left(found, chosen)
    months = Counter(match.row.published.isoformat()[:7] for match in of_facets if match.row.published)
    chosen_time = period.draw(dict(sorted(months.items())), "documents", time)
    with st.container(horizontal=True, gap="small"):
        for facet in _FACETS:
            others = _left(found, {**chosen, facet.name: []}, chosen_time)
            _draw(facet, Counter(filter(None, map(facet.of, others))), query)
    return _left(of_facets, {}, chosen_time)


def _left(found: Sequence[Match], chosen: dict[str, list[str]], time: str = "") -> Sequence[Match]:
    for facet in _FACETS:
        wanted = chosen.get(facet.name)
        if wanted:
            found = [match for match in found if facet.of(match) in wanted]
    if time:
        found = [m for m in found if m.row.published and m.row.published.isoformat().startswith(time)]
    return found


def _draw(facet: _Facet, counted: Counter[str], query: str) -> None:
    key = _key(facet, query)
    chosen: list[str] = st.session_state.get(key) or []
    values = [value for value, _ in counted.most_common()]
    values += [value for value in chosen if value not in counted]
    if len(values) < 2 and not chosen:
        return
    label = f"{facet.name}: {wording.plain(', '.join(map(facet.said, chosen)))}" if chosen else facet.name

    def said(value: str) -> str:
        return wording.plain(f"{facet.said(value)} ({counted[value]:,})")

    with st.popover(label, type="tertiary", key=f"popover-{key}"):
        if len(values) <= _MOST_PILLS:
            st.pills(facet.name, values, key=key, selection_mode="multi", format_func=said)
        else:
            st.multiselect(facet.name, values, key=key, format_func=said, placeholder="All")


def _key(facet: _Facet, query: str) -> str:
    return f"search-{facet.name}-{query}"
