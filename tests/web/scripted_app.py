"""The app with the scripted assistant, for `streamlit run`, under the policies of the real one."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import streamlit as st
from starlette.middleware import Middleware

from qa.web.policies import Policies

app = st.App("scripted_pages.py", middleware=[Middleware(Policies)])
