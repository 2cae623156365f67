"""Documents taken out of the library, and out of its indexes, and put back."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from qa.core.types import Article
from qa.store.library import Library
from qa.store.removal import Removed
from qa.web import wording
from qa.web.engine import engine
from qa.web.error_boundary import calmly
from qa.web.language import _

_REMOVED = "removed"


def remove(library: Library, articles: Iterable[str]) -> None:
    """Removes articles (by id); what they were found by goes at once."""
    from ingest.indexer import catch_up

    for id_ in articles:
        library.remove(id_)
    catch_up(library, engine().settings)


def remove_for_now(library: Library, article: Article) -> None:
    """Removes an article that the reader may put back while the page is open."""
    from ingest.indexer import catch_up

    removed = library.take_out(article.id)
    if removed is not None:  # Else another reader has removed it.
        st.session_state[_REMOVED] = removed
    catch_up(library, engine().settings)


def draw() -> None:
    """Says what was removed last, with a way to put it back; nothing where nothing was."""
    if _REMOVED not in st.session_state:
        return
    removed: Removed = st.session_state[_REMOVED]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="removed"):
        st.markdown(wording.plain(_("Removed: {title}", title=removed.title)), width="content")
        st.button(_("Undo"), icon=":material/undo:", on_click=_put_back, args=(removed,))
        st.button(_("Close"), icon=":material/close:", type="tertiary", on_click=_forget)


@calmly
def _put_back(removed: Removed) -> None:
    from ingest.indexer import catch_up

    library = engine().library()
    if library is not None:
        library.put_back(removed)
        catch_up(library, engine().settings)
    _forget()


def _forget() -> None:
    st.session_state.pop(_REMOVED, None)
