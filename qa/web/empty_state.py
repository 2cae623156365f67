"""What the pages say while there is nothing in the library."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qa.web.language import _

_LIBRARY = Path(__file__).parent / "library.py"


def draw() -> None:
    """Says so, and leads to where documents are added."""
    st.info(_("The library is empty; add documents first."), icon=":material/info:")
    st.page_link(_LIBRARY, label=_("Add documents"), icon=":material/add:")
