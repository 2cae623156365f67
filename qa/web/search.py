"""The search page: every document that holds the words, counted, sorted, narrowed and exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from qa.cli.batch import cell
from qa.core.types import Filters
from qa.search import boolean
from qa.search.boolean import Match, Query
from qa.store.library import Library
from qa.text.credits import without_credits
from qa.verify.spans import cite
from qa.web import drawer, empty_state, facets, state, subject, wording
from qa.web.components import entry, mount
from qa.web.engine import engine
from qa.web.language import N_, _, plural

_CHAT = Path(__file__).parent / "chat.py"
_PAGE_ROWS = 20
_MOST_ASKED = 300
"""Documents that a question can be put to at once; beyond, it is better put to the library."""

_ORDERS: dict[boolean.Order, str] = {
    "relevance": N_("Best first"),
    "newest": N_("Newest"),
    "oldest": N_("Oldest"),
}


def page() -> None:
    """Draws the page."""
    st.title(_("Search"), anchor=False)
    library = engine().library()
    if library is None or not library.count():
        empty_state.draw()
        return
    query = subject.draw(library, _("Words"), "search-words", _('motorway "phase two" -railway'))
    if not query.wanted:
        st.caption(_("Finds every document that contains all the words, in its text or title."))
        return
    found = subject.matches(library.generation(), str(query))
    if not found:
        st.markdown(_("No document contains all these words. Try fewer words, or another spelling."))
        return
    _results(library, query, found)


def _results(library: Library, query: Query, found: Sequence[Match]) -> None:
    shown = boolean.ordered(facets.draw(found, str(query)), st.session_state.get("search-order", "relevance"))
    with st.container(horizontal=True, vertical_alignment="center"):
        whole = boolean.is_whole(engine().lexical(library), query)
        n = len(shown)
        all_of_them = plural(n, "{n} document", "{n} documents")
        the_best = plural(n, "The best {n} document", "The best {n} documents")
        st.markdown(f"**{all_of_them if whole else the_best}**", width="content")
        st.segmented_control(
            _("Order"),
            list(_ORDERS),
            key="search-order",
            default="relevance",
            required=True,
            format_func=lambda order: _(_ORDERS[order]),
            label_visibility="collapsed",
        )
        st.space("stretch")
        _use(library, shown)
    _list(library, query, shown)


def _list(library: Library, query: Query, shown: Sequence[Match]) -> None:
    pages = max(1, -(-len(shown) // _PAGE_ROWS))
    key = f"search-page-{query}-{len(shown)}"  # Another list begins at its beginning.
    first = (min(st.session_state.get(key, 1), pages) - 1) * _PAGE_ROWS
    on_page = shown[first : first + _PAGE_ROWS]
    passages = library.passages_by_id(match.passage_id for match in on_page)
    results = [
        entry(
            index=first + index,
            origin=wording.origin(match.row.publisher, match.row.published),
            title=match.row.title,
            language=match.row.language,
            pieces=boolean.marked(
                without_credits(passages[match.passage_id].text), query, match.row.language
            ),
        )
        for index, match in enumerate(on_page)
        if match.passage_id in passages
    ]
    data = {"kind": "results", "entries": results}
    chosen = mount("entries", "results", data, on_chosen_change=lambda: None).chosen
    if pages > 1:
        st.pagination(pages, key=key)
    if chosen is not None:
        _open(library, shown[int(chosen)])


def _open(library: Library, match: Match) -> None:
    article = library.article(match.row.id)
    passage = library.passages_by_id([match.passage_id]).get(match.passage_id)
    if article is not None and passage is not None:
        quote = without_credits(passage.text)
        end = passage.start + len(quote) if passage.text.startswith(quote) else passage.end
        drawer.open_(cite(article, passage.start, end, number=1))


def _use(library: Library, shown: Sequence[Match]) -> None:
    """What can be done with the documents found: ask about them, take them along."""
    ids = tuple(match.row.id for match in shown)
    if st.button(
        _("Ask about these"),
        icon=":material/forum:",
        type="tertiary",
        disabled=not 0 < len(ids) <= _MOST_ASKED,
        help=plural(_MOST_ASKED, "Up to {n} document", "Up to {n} documents"),
    ):
        state.set_filters(Filters(articles=ids))
        state.open_conversation(None)
        st.switch_page(_CHAT)
    st.download_button(
        "CSV",
        lambda: as_csv(library, shown),
        file_name="search.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def as_csv(library: Library, shown: Sequence[Match]) -> str:
    """The documents found, one a line, with the passage that matched."""
    passages = library.passages_by_id(match.passage_id for match in shown)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["article_id", "title", "publisher", "published", "language", "kind", "passage"])
    for match in shown:
        row = match.row
        passage = passages.get(match.passage_id)
        writer.writerow(
            [
                row.id,
                cell(row.title),
                cell(row.publisher or ""),
                row.published or "",
                row.language or "",
                row.kind,
                cell(passage.text if passage else ""),
            ]
        )
    return out.getvalue()


page()
