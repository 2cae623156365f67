"""Search results narrowed by time, publisher, kind, language and names, each value with its count.

What one property counts is what the others leave, so that no value leads to an empty list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, cast

import streamlit as st

from qa.core.types import Kind
from qa.models.recogniser import Kind as NameKind
from qa.search import boolean
from qa.search.boolean import Match
from qa.store import named
from qa.web import period, wording
from qa.web.engine import engine
from qa.web.language import N_, _

_MOST_PILLS = 12
"""Values that stand side by side; more of them are searched in a list."""
_MOST_VALUES = 200
_MOST_READ = 5_000
"""Documents whose names are looked up; of more, the names are not offered."""
NAMES: dict[NameKind, str] = {
    "person": N_("People"),
    "place": N_("Places"),
    "organisation": N_("Organisations"),
}


@dataclass(frozen=True, slots=True)
class _Facet:
    """A property of documents: the values that a document has, and how a value is called."""

    name: str
    of: Callable[[Match], Iterable[str | None]]
    said: Callable[[str], str]


_FACETS = (
    _Facet(N_("Publishers"), lambda match: [match.row.publisher], str),
    _Facet(N_("Kinds"), lambda match: [match.row.kind], lambda kind: _(wording.KIND_NAMES[cast(Kind, kind)])),
    _Facet(N_("Languages"), lambda match: [match.row.language], wording.language),
)


def draw(found: Sequence[Match], query: str) -> Sequence[Match]:
    """Draws the bars and the properties; returns the matches that the reader's choices leave."""
    facets = (*_FACETS, *_of_names(found, query))
    chosen = {facet.name: _chosen(_key(facet.name, query)) for facet in facets}
    time = f"search-time-{query}"
    of_facets = _left(found, facets, chosen)
    months = Counter(match.row.published.isoformat()[:7] for match in of_facets if match.row.published)
    chosen_time = period.draw(dict(sorted(months.items())), "documents", time)
    with st.container(horizontal=True, gap="small"):
        for facet in facets:
            others = _left(found, facets, {**chosen, facet.name: []}, chosen_time)
            counted = Counter(filter(None, chain.from_iterable(map(facet.of, others))))
            values = dict(counted.most_common(_MOST_VALUES))
            choose(_(facet.name), values, facet.said, _key(facet.name, query))
    return _left(of_facets, facets, {}, chosen_time)


def name_it(name: str, kind: NameKind) -> str:
    """Has the documents that name somebody or something chosen; returns the query that finds them."""
    query = str(boolean.parse(f'"{name}"'))
    st.session_state[_key(NAMES[kind], query)] = [name]
    return query


def _of_names(found: Sequence[Match], query: str) -> list[_Facet]:
    """Facets of the people, places and organisations that the documents name."""
    if len(found) > _MOST_READ:
        return []
    names = _names(engine().named, query, tuple(match.row.id for match in found))
    return [
        _Facet(label, lambda match, of=names[kind]: of.get(match.row.id, ()), str)  # type: ignore[misc]
        for kind, label in NAMES.items()
    ]


@st.cache_resource(show_spinner=False, max_entries=16)
def _names(read: int | None, query: str, _ids: tuple[str, ...]) -> dict[NameKind, dict[str, list[str]]]:
    library = engine().library()
    assert library is not None
    return named.named_in(library, _ids)


def _left(
    found: Sequence[Match], facets: Sequence[_Facet], chosen: dict[str, list[str]], time: str = ""
) -> Sequence[Match]:
    for facet in facets:
        wanted = chosen.get(facet.name)
        if wanted:
            found = [match for match in found if not set(wanted).isdisjoint(facet.of(match))]
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


def _key(name: str, query: str) -> str:
    return f"search-{name}-{query}"
