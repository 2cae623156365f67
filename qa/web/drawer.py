"""The article that a quote comes from, in a drawer over the page."""

from __future__ import annotations

import streamlit as st

from qa.core.types import Citation
from qa.web import side_panel, wording
from qa.web.engine import engine


@st.dialog("Quoted document", width="medium", position="right")
def open_(citation: Citation) -> None:
    """Opens the drawer at the quote."""
    library = engine().library()
    article = None if library is None else library.article(citation.article_id)
    st.caption(wording.plain(side_panel.origin(citation, article)))
    st.markdown(f"## {wording.plain(citation.title)}", anchors=False)
    side_panel.draw_quotes(article, citation, [])
