"""The library page: what is there, found, sorted and paged; one article whole; adding and removing."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from qa.store import listing
from qa.store.library import Library, Stats
from qa.web import about, adding, article, facets, health, removal, wording
from qa.web.components import mount
from qa.web.engine import engine
from qa.web.language import N_, _, plural

_PAGE_ROWS = 25
_TABLE = "articles"
_COLUMNS = {
    N_("Title"): {"name": "title", "order": "title"},
    N_("Publisher"): {"name": "publisher", "order": "publisher"},
    N_("Date"): {"name": "date", "order": "newest", "reverse": "oldest"},
    N_("Language"): {"name": "language"},
}


def page() -> None:
    """Draws the list, or the one article that the address names."""
    library = engine().library()
    chosen = st.query_params.get("article")
    if library is not None and chosen is not None:
        article.draw(library, chosen)
        return
    st.title(_("Library"), anchor=False)
    removal.draw()
    if library is None or not library.count():
        st.markdown(_("Nothing is in the library yet. Add articles, statements or whole folders of them."))
        adding.draw()
        return
    _list(library)


def _list(library: Library) -> None:
    generation = library.generation()
    st.markdown(wording.plain(wording.holds(_stats(generation))))
    about.draw()
    with st.expander(_("Add documents"), icon=":material/add:", expanded="adding" in st.session_state):
        adding.draw()
    wanted = _wanted(generation)
    found = _count(generation, wanted)
    if not found:
        st.markdown(_("No document matches. Remove a word or a filter to see more."))
        return
    order = st.session_state.get("order", "newest")
    above = st.container()
    pages = -(-found // _PAGE_ROWS)
    key = f"page-{order}-{wanted}"  # Another list begins at its beginning.
    number = min(st.session_state.get(key, 1), pages)
    with above:
        _table(
            listing.rows(library, wanted, order, limit=_PAGE_ROWS, offset=(number - 1) * _PAGE_ROWS), order
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_extent(number, found), width="content")
        if pages > 1:
            st.space("stretch")
            st.pagination(pages, key=key)
    health.draw(library)


def _wanted(generation: int) -> listing.Wanted:
    by_publisher, by_language, by_time = _choices(generation)
    words = st.text_input(_("Find"), placeholder=_("Words of a title or publisher"))
    with st.container(horizontal=True, gap="small"):
        publishers = facets.choose(_("Publishers"), by_publisher, str, "library-publishers")
        time = facets.choose(_("Published"), by_time, wording.time, "library-time", single=True)
        languages = facets.choose(_("Languages"), by_language, wording.language, "library-languages")
        story = st.session_state.get(article.STORY, "")
        if story:
            st.button(
                _("Documents of one story ✕"),
                help=_("Remove this filter"),
                on_click=lambda: st.session_state.pop(article.STORY),
            )
    since, until = wording.span(time[0]) if time else (None, None)
    return listing.Wanted(words, tuple(publishers), tuple(languages), since, until, story)


def _table(rows: tuple[listing.Row, ...], order: str) -> None:
    data = {
        "order": order,
        "columns": [{**column, "label": _(label)} for label, column in _COLUMNS.items()],
        "rows": [
            {
                "id": row.id,
                "title": row.title,
                "publisher": row.publisher or _("Unknown publisher"),
                "date": wording.short_day(row.published),
                "language": wording.language(row.language),
            }
            for row in rows
        ],
    }
    mount("table", _TABLE, data, on_chosen_change=_chosen, on_sorted_change=_sorted)


def _chosen() -> None:
    id_ = st.session_state[_TABLE].chosen
    if id_:
        st.query_params["article"] = id_


def _sorted() -> None:
    order = st.session_state[_TABLE].sorted
    if order:
        st.session_state["order"] = order


def _extent(number: int, found: int) -> str:
    first = (number - 1) * _PAGE_ROWS + 1
    last = min(found, number * _PAGE_ROWS)
    return plural(
        found,
        "{first} to {last} of {n} document",
        "{first} to {last} of {n} documents",
        first=f"{first:,}",
        last=f"{last:,}",
    )


@st.cache_data(show_spinner=False, max_entries=4)
def _stats(generation: int) -> Stats:
    library = engine().library()
    assert library is not None
    return library.stats()


@st.cache_data(show_spinner=False, max_entries=64)
def _count(generation: int, wanted: listing.Wanted) -> int:
    library = engine().library()
    assert library is not None
    return listing.count(library, wanted)


@st.cache_data(show_spinner=False, max_entries=4)
def _choices(generation: int) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Publishers, languages, and the years each before its months, with their numbers of documents."""
    library = engine().library()
    assert library is not None
    times: dict[str, int] = {}
    for year, months in groupby(reversed(listing.months(library).items()), key=lambda each: each[0][:4]):
        of_year = dict(months)
        times |= {year: sum(of_year.values()), **of_year}
    return listing.publishers(library), listing.languages(library), times


page()
