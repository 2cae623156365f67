"""Dateline: questions about a library of news, answered with quotes that prove the answer.

`retriever` and `assistant` open a library from Python. The rooms below, foot to top, import only from those
before them: `core`, `text`, `dates`, `models`, `store`, `search`, `verify`, `answer`, `watch`, `suggest`,
`cli`, `serve`, `web`. Each room's docstring says what it is for and where in it the main things are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answer.assistant import Assistant
    from qa.search.retriever import HybridRetriever


def retriever(library: str | Path | None = None, **settings: object) -> HybridRetriever:
    """A LangChain retriever over a library: `invoke(question, k=8)` gives its passages as documents.

    Args:
        library: the library's folder; DATELINE_LIBRARY's if None.
        settings: settings by name, as `qa.core.settings` has them; the environment's for those left out.
    """
    from qa.core.settings import load_settings
    from qa.search.retriever import open_retriever

    return open_retriever(load_settings(library=library, **settings))


def assistant(library: str | Path | None = None, **settings: object) -> Assistant:
    """The assistant over a library: `ask`, `stream`, `check` and `search`.

    Args:
        library: the library's folder; DATELINE_LIBRARY's if None.
        settings: settings by name, as `qa.core.settings` has them; the environment's for those left out.

    Raises:
        LibraryEmptyError: there is no library, or nothing in it.
    """
    from qa.answer.assistant import Assistant
    from qa.core.settings import load_settings

    return Assistant.open(load_settings(library=library, **settings))
