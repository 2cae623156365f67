"""What `streamlit run app.py` serves: the pages, each answer of the server with its policies."""

import streamlit as st
from starlette.middleware import Middleware

from qa.web.policies import Policies

app = st.App("qa/web/pages.py", middleware=[Middleware(Policies)])
