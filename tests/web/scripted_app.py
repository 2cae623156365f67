"""The app with the scripted assistant, for `streamlit run`, under the policies of the real one.

SCRIPTED_PAUSE is seconds between words.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import scripted
import streamlit as st
from starlette.middleware import Middleware

from qa.web import engine
from qa.web.policies import Policies

PAGES = Path(__file__).parents[2] / "qa" / "web" / "pages.py"
PAUSE = float(os.environ.get("SCRIPTED_PAUSE", "0"))
engine.open_assistant = lambda settings: scripted.Scripted(settings, PAUSE)
app = st.App(str(PAGES), middleware=[Middleware(Policies)])
