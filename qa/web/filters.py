"""What a search is restricted to: chosen in a popover, shown as chips that can be taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from qa.core.types import Filters
from qa.store import listing
from qa.store.library import Library
from qa.web import charts, state, wording
from qa.web.engine import engine
from qa.web.language import _, current, plural

_DATES, _KINDS = "filter-dates", "filter-kinds"
_PUBLISHERS, _COLLECTIONS, _LANGUAGES = "filter-publishers", "filter-collections", "filter-languages"


def draw(library: Library) -> None:
    """Draws the chips and the popover that they come from."""
    generation = library.generation()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters"):
        with st.popover(_("Filters"), icon=":material/tune:", type="tertiary"):
            _choose(generation)
        for label, without in _chips(library, state.filters()):
            st.button(
                f"{wording.plain(label)} ✕",
                key=f"chip-{label}",
                help=_("Remove this filter"),
                on_click=state.set_filters,
                args=(without,),
            )


def in_words(library: Library, chosen: Filters) -> str:
    """What a search is restricted to, as its chips say it; "" if to nothing."""
    return wording.listed(label for label, _without in _chips(library, chosen))


def _choose_names(
    label: str, counts: Mapping[str, int], chosen: Sequence[str], key: str, placeholder: str
) -> None:
    st.session_state[key] = [name for name in chosen if name in counts]
    st.multiselect(
        label,
        list(counts),
        key=key,
        on_change=_take_others,
        format_func=lambda name: f"{name} ({counts[name]:,})",
        placeholder=placeholder,
    )


def _choose(generation: int) -> None:
    months, publishers, languages, collections = _counts(generation)
    chosen = state.filters()
    if len(months) > 1:
        _choose_dates(months, chosen)
    _choose_names(_("Publishers"), publishers, chosen.publishers, _PUBLISHERS, _("All publishers"))
    if collections:
        _choose_names(_("Collections"), collections, chosen.collections, _COLLECTIONS, _("All documents"))
    if len(languages) > 1:
        st.session_state[_LANGUAGES] = [code for code in chosen.languages if code in languages]
        st.pills(
            _("Languages"),
            list(languages),
            key=_LANGUAGES,
            selection_mode="multi",
            on_change=_take_others,
            format_func=wording.language,
        )
    st.session_state[_KINDS] = list(chosen.kinds)
    st.pills(
        _("Kind"),
        list(wording.KIND_NAMES),
        key=_KINDS,
        selection_mode="multi",
        on_change=_take_others,
        format_func=lambda kind: _(wording.KIND_NAMES[kind]),
    )


def _choose_dates(months: dict[str, int], chosen: Filters) -> None:
    first, last = _span(months)
    since, until = chosen.since or first, chosen.until or last
    st.session_state[_DATES] = (max(first, since), min(last, until))
    charts.histogram(months, since, until)
    st.slider(
        _("Dates"),
        first,
        last,
        key=_DATES,
        format=current().slider,
        on_change=lambda: _take_dates(first, last),
    )


def _take_dates(first: date, last: date) -> None:
    since, until = st.session_state[_DATES]
    chosen = state.filters()
    state.set_filters(
        replace(chosen, since=since if since > first else None, until=until if until < last else None)
    )


def _take_others() -> None:
    chosen = state.filters()
    state.set_filters(
        replace(
            chosen,
            publishers=tuple(st.session_state[_PUBLISHERS]),
            collections=tuple(st.session_state.get(_COLLECTIONS, chosen.collections)),
            languages=tuple(st.session_state.get(_LANGUAGES, chosen.languages)),
            kinds=tuple(st.session_state[_KINDS]),
        )
    )


def _chips(library: Library, chosen: Filters) -> list[tuple[str, Filters]]:
    """What is chosen, in words, each with the filters as they are without it."""
    chips: list[tuple[str, Filters]] = []
    if chosen.since or chosen.until:
        chips.append((_dates(chosen), replace(chosen, since=None, until=None)))
    for name in chosen.publishers:
        rest = tuple(each for each in chosen.publishers if each != name)
        chips.append((name, replace(chosen, publishers=rest)))
    for name in chosen.collections:
        rest = tuple(each for each in chosen.collections if each != name)
        chips.append((_("in {collection}", collection=name), replace(chosen, collections=rest)))
    for code in chosen.languages:
        rest = tuple(each for each in chosen.languages if each != code)
        chips.append((wording.language(code), replace(chosen, languages=rest)))
    for kind in chosen.kinds:
        others = tuple(each for each in chosen.kinds if each != kind)
        chips.append((_(wording.KIND_NAMES[kind]), replace(chosen, kinds=others)))
    if chosen.articles:
        chips.append((_articles(library, chosen.articles), replace(chosen, articles=())))
    return chips


def _dates(chosen: Filters) -> str:
    if chosen.since and chosen.until:
        return _(
            "{since} to {until}",
            since=wording.short_day(chosen.since),
            until=wording.short_day(chosen.until),
        )
    if chosen.since:
        return _("since {day}", day=wording.short_day(chosen.since))
    return _("until {day}", day=wording.short_day(chosen.until))


def _articles(library: Library, ids: tuple[str, ...]) -> str:
    if len(ids) > 1:
        return plural(len(ids), "{n} document", "{n} documents")
    article = library.article(ids[0])
    return _("a removed document") if article is None else wording.shortened(article.title, 40)


def _span(months: dict[str, int]) -> tuple[date, date]:
    first, last = min(months), max(months)
    return date.fromisoformat(f"{first}-01"), wording.month_end(date.fromisoformat(f"{last}-01"))


@st.cache_data(show_spinner=False, max_entries=4)
def _counts(generation: int) -> tuple[dict[str, int], ...]:
    """Documents by month, publisher, language and collection."""
    library = engine().library()
    assert library is not None
    counted = (listing.months, listing.publishers, listing.languages, listing.collections)
    return tuple(count(library) for count in counted)
