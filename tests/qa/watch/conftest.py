from __future__ import annotations

import pytest

from qa.store.library import Library
from qa.watch.store import WatchedQuestions
from qa.watch.watch import Watch
from qa.watch.watched import Watched
from tests.qa.watch.scripted import ASKED, FIRST, Assistant, now, put


@pytest.fixture
def assistant(library: Library) -> Assistant:
    put(library, "first", FIRST)
    return Assistant(library)


@pytest.fixture
def kept(assistant: Assistant) -> WatchedQuestions:
    return WatchedQuestions(assistant.library.folder)


@pytest.fixture
def watched(assistant: Assistant, kept: WatchedQuestions) -> Watched:
    watched, new = kept.keep(ASKED)
    assert new
    assert Watch(assistant, kept).look(watched) == "asked"
    return now(kept, watched)
