"""Search results narrowed by time, publisher, kind and language, each value with its count.

What one property counts is what the others leave, so that no value leads to an empty list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from qa.core.types import Kind
from qa.search.boolean import Match
from qa.web import period, wording
from qa.web.language import N_, _

_MOST_PILLS = 12
"""Values that stand side by side; more of them are searched in a list."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """A property of documents: what a document has, and how a value is called."""

    name: str
    of: Callable[[Match], str | None]
    said: Callable[[str], str]


_FACETS = (
    _Facet(N_("Publishers"), lambda match: match.row.publisher, str),
    _Facet(N_("Kinds"), lambda match: match.row.kind, lambda kind: _(wording.KIND_NAMES[cast(Kind, kind)])),
    _Facet(N_("Languages"), lambda match: match.row.language, wording.language),
)


def draw(found: Sequence[Match], query: str) -> Sequence[Match]:
    """Draws the bars and the properties; returns the matches that the reader's choices leave."""
    chosen = {facet.name: _chosen(_key(facet, query)) for facet in _FACETS}
    time = f"search-time-{query}"
    of_facets = _left(found, chosen)
    months = Counter(match.row.published.isoformat()[:7] for match in of_facets if match.row.published)
    chosen_time = period.draw(dict(sorted(months.items())), "documents", time)
    with st.container(horizontal=True, gap="small"):
        for facet in _FACETS:
            others = _left(found, {**chosen, facet.name: []}, chosen_time)
            counted = Counter(filter(None, map(facet.of, others)))
            choose(_(facet.name), dict(counted.most_common()), facet.said, _key(facet, query))
    return _left(of_facets, {}, chosen_time)


def _left(found: Sequence[Match], chosen: dict[str, list[str]], time: str = "") -> Sequence[Match]:
    for facet in _FACETS:
        wanted = chosen.get(facet.name)
        if wanted:
            found = [match for match in found if facet.of(match) in wanted]
    if time:
        found = [m for m in found if m.row.published and m.row.published.isoformat().startswith(time)]
    return found


def choose(
    name: str, counted: Mapping[str, int], said: Callable[[str], str], key: str, *, single: bool = False
) -> list[str]:
    """Draws the values of a property, to choose some or a single one; returns those chosen.

    Args:
        name: of the property, which the choice follows once there is one.
        counted: how many documents have each value, in the order to show them.
        said: how a value is called.
        key: where the choice is kept.
        single: whether only one may be chosen.
    """
    chosen = _chosen(key)
    values = [*counted, *(value for value in chosen if value not in counted)]
    if len(values) < 2 and not chosen:
        return []
    values_said = wording.plain(wording.listed(map(said, chosen)))
    label = _("{property}: {values}", property=name, values=values_said) if chosen else name

    def shown(value: str) -> str:
        return wording.plain(f"{said(value)} ({counted.get(value, 0):,})")

    def listed(value: str) -> str:
        return f"{said(value)} ({counted.get(value, 0):,})"

    with st.popover(label, type="tertiary", key=f"popover-{key}"):
        if len(values) <= _MOST_PILLS:
            mode: Literal["single", "multi"] = "single" if single else "multi"
            st.pills(name, values, key=key, selection_mode=mode, format_func=shown)
        elif single:
            st.selectbox(name, values, index=None, key=key, format_func=listed, placeholder=_("Any"))
        else:
            st.multiselect(name, values, key=key, format_func=listed, placeholder=_("All"))
    return chosen


def _chosen(key: str) -> list[str]:
    kept: list[str] | str | None = st.session_state.get(key)
    return [kept] if isinstance(kept, str) else kept or []


def _key(facet: _Facet, query: str) -> str:
    return f"search-{facet.name}-{query}"
