"""The parser of English: spaCy's small pipeline, loaded at its first use."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.verify.semantic_roles import Predicate, predicates

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

logger = logging.getLogger(__name__)

_PARTS = {"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"}
_VERBS = {"VERB", "AUX"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
_REMEMBERED = 1_024  # lines; a text is compared with several statements


class Parser:
    """Reads the predicates of English lines. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pipeline: Language | None = None
        self._unavailable = False
        self._lock = threading.Lock()
        self._read = lru_cache(maxsize=_REMEMBERED)(self._parsed)

    def predicates(self, text: str) -> tuple[Predicate, ...]:
        """The predicates of a text, parsed line by line; none if the model can't be had."""
        with self._lock:
            if self._opened() is None:
                return ()
            return tuple(each for line in text.splitlines() for each in self._read(line))

    def states(self, line: str) -> bool:
        """Whether a line's main verb has a subject, so that it states something by itself.

        True if the model can't be had.
        """
        doc = self.doc(line)
        return doc is None or any(
            each.dep_ in SUBJECTS and each.head.dep_ == "ROOT" and each.head.pos_ in _VERBS for each in doc
        )

    def doc(self, line: str) -> Doc | None:
        """A line parsed; None if the model can't be had."""
        with self._lock:
            pipeline = self._opened()
            return pipeline(line) if pipeline is not None else None

    def _opened(self) -> Language | None:
        """The pipeline, loaded at its first use. Call it with the lock."""
        if self._pipeline is None and not self._unavailable:
            self._pipeline = self._loaded()
        return self._pipeline

    def _parsed(self, line: str) -> tuple[Predicate, ...]:
        assert self._pipeline is not None
        return tuple(predicates(self._pipeline(line)))

    def _loaded(self) -> Language | None:
        from qa.models import install, registry
        from qa.models.pipeline import load_pipeline

        try:
            return load_pipeline(install.ensure(registry.PARSER, self._settings), _PARTS)
        except UnavailableError as error:
            self._unavailable = True
            logger.warning("What is proved is not checked for its grammar: %s", error)
            return None
