"""The article that a quote comes from, in a drawer over the page."""

from __future__ import annotations

import streamlit as st

from qa.core.types import Citation
from qa.web import side_panel, wording
from qa.web.engine import engine
from qa.web.language import _


def open_(citation: Citation) -> None:
    """Opens the drawer at the quote."""
    st.dialog(_("Quoted document"), width="medium", position="right")(_draw)(citation)


def _draw(citation: Citation) -> None:
    library = engine().library()
    article = None if library is None else library.article(citation.article_id)
    st.caption(wording.plain(side_panel.origin(citation, article)))
    st.markdown(f"## {wording.plain(citation.title)}", anchors=False)
    side_panel.to_page(article, citation)
    side_panel.draw_quotes(article, citation, [])
