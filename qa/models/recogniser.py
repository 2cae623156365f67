"""The people, places and organisations that an English text names: spaCy's small entity recogniser."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import install, registry
from qa.models.pipeline import load_pipeline
from qa.text.acronyms import introduced
from qa.text.credits import without_credits
from qa.text.english import small
from qa.text.sentences import DATELINE, spans_of_body

if TYPE_CHECKING:
    from spacy.language import Language

logger = logging.getLogger(__name__)

Kind = Literal["person", "place", "organisation"]
Mentions = dict[str, Counter[Kind | None]]
"""How often a text mentions each name, by what it was read as; None for a product, an event, a people ..."""

_LABELS: dict[str, Kind | None] = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    "PRODUCT": None,
    "EVENT": None,
    "NORP": None,
    "LAW": None,
    "WORK_OF_ART": None,
}
_MOST_CHARS = 5_000  # of a sentence; a longer one is a table, and would need much memory
_BATCH = 64  # sentences read together
_AROUND = re.compile(rf"^(?:{'|'.join(sorted(small('articles')))})\s+|['’]s?$", re.IGNORECASE)


def load_recogniser(settings: Settings) -> Callable[[str], Mentions] | None:
    """What reads the names in a text; None if the model can't be had."""
    try:
        pipeline = load_pipeline(install.ensure(registry.PARSER, settings), {"ner"})
    except UnavailableError as error:
        logger.warning("The names in documents are not read: %s", error)
        return None
    return lambda body: _mentions(pipeline, without_credits(body))


def _mentions(pipeline: Language, body: str) -> Mentions:
    found: Mentions = {}
    with pipeline.memory_zone():  # Its words are forgotten with the text.
        for doc in pipeline.pipe(_sentences(body), batch_size=_BATCH):
            for each in doc.ents:
                name = _AROUND.sub("", " ".join(each.text.split()))
                if each.label_ in _LABELS and name[:1].isupper():
                    found.setdefault(name, Counter())[_LABELS[each.label_]] += 1
    _whole(found, body)
    return found


def _sentences(body: str) -> Iterator[str]:
    """The sentences of a text, without the datelines before them."""
    for start, end in spans_of_body(body):
        if end - start <= _MOST_CHARS:
            yield DATELINE.sub("", body[start:end])


def _whole(found: Mentions, body: str) -> None:
    """Counts a word of somebody's name and an acronym as the whole name, if the text has that as well."""
    people = [name for name, kinds in found.items() if " " in name and kinds["person"]]
    whole = {word: name for name in people for word in name.split()}
    whole |= {acronym: _AROUND.sub("", long) for acronym, long in introduced(body)}
    for short in [each for each in found if " " not in each]:
        name = whole.get(short)
        if name in found:
            kind = found[name].most_common(1)[0][0]
            found[name][kind] += found.pop(short).total()
