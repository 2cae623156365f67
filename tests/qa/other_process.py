"""Adds one article to the library named on the command line, as an ingest in another process would."""

from __future__ import annotations

import sys
from pathlib import Path

from qa.core.settings import Settings
from qa.core.types import Article, Passage
from qa.models.chosen import load_embedder
from qa.store.lexical import Lexical
from qa.store.library import Library, passage_id
from qa.store.vectors import Vectors

settings = Settings(library=Path(sys.argv[1]))
library = Library(settings.library)
text = "Pangolin sanctuary opened near the river on Monday."
passage = Passage(passage_id("pangolin", 0, text), "pangolin", 0, 0, 0, len(text), text)
library.put(Article("pangolin", "A sanctuary", text, "pangolin", language="en"), [passage])
Lexical(library).sync()
Vectors(library, load_embedder(settings), settings).sync()
