"""The pages with the scripted assistant. SCRIPTED_PAUSE is seconds between words."""

import os
import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import scripted

from qa.web import engine

PAUSE = float(os.environ.get("SCRIPTED_PAUSE", "0"))
engine.open_assistant = lambda settings: scripted.Scripted(settings, PAUSE)
runpy.run_path(str(Path(__file__).parents[2] / "qa" / "web" / "pages.py"), run_name="__main__")
