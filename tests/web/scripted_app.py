"""The app with the scripted assistant, for `streamlit run`, under the policies of the real one.

SCRIPTED_PAUSE is seconds between words.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import scripted
import streamlit as st
from starlette.middleware import Middleware

from qa.web import engine
from qa.web.policies import Policies

PAUSE = float(os.environ.get("SCRIPTED_PAUSE", "0"))
engine.open_assistant = lambda settings: scripted.Scripted(settings, PAUSE)
app = st.App(str(ROOT / "qa" / "web" / "pages.py"), middleware=[Middleware(Policies)])
