"""The Streamlit script: page set-up and navigation, nothing else."""

from pathlib import Path

import streamlit as st

from qa.web import components, language, watching
from qa.web.auth import let_in
from qa.web.engine import engine
from qa.web.error_boundary import guarded
from qa.web.language import _

language.settle()
WEB = Path(__file__).parent
PAGES = [
    st.Page(WEB / "chat.py", title=_("Ask"), icon=":material/forum:", url_path="ask", default=True),
    st.Page(WEB / "search.py", title=_("Search"), icon=":material/search:", url_path="search"),
    st.Page(WEB / "timeline.py", title=_("Timeline"), icon=":material/timeline:", url_path="timeline"),
    st.Page(WEB / "check.py", title=_("Check"), icon=":material/fact_check:", url_path="check"),
    st.Page(WEB / "library.py", title=_("Library"), icon=":material/library_books:", url_path="library"),
    st.Page(
        WEB / "evaluation.py", title=_("Evaluation"), icon=":material/monitoring:", url_path="evaluation"
    ),
]

st.set_page_config(page_title="Dateline", page_icon=WEB / "icon.svg", layout="centered")
st.html(WEB / "style.css")
st.logo(WEB / "logo.svg", size="large")
components.set_language()
with guarded():
    engine().warm()
    engine().read_names()
    if let_in():
        kept = st.Page(
            WEB / "watched.py", title=watching.title(), icon=":material/notifications:", url_path="watched"
        )
        watching.keep_up()
        st.navigation([PAGES[0], kept, *PAGES[1:]], position="top").run()
