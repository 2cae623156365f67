"""The people, places and organisations that an English text names: spaCy's small entity recogniser.

It takes places that it does not know for organisations. So a name that it reads as an organisation's is put
into a sentence about a place, and counts only if it is read as an organisation's there too.
"""

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
"""How often a text mentions each name, by what it was read as; None for all else and for doubtful ones."""

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
_LINKED = re.compile(r"(?:-[a-z]{1,3}-\w+)+")  # what the model cuts off: Tehrik-e-Insaf
_AS_PLACE = "He lives in {}, they said."
_AROUND = re.compile(rf"^(?:{'|'.join(sorted(small('articles')))})\s+|['’]s?$", re.IGNORECASE)


def load_recogniser(settings: Settings) -> Callable[[str], Mentions] | None:
    """What reads the names in a text; None if the model can't be had."""
    try:
        pipeline = load_pipeline(install.ensure(registry.RECOGNISER, settings), {"ner"})
    except UnavailableError as error:
        logger.warning("The names in documents are not read: %s", error)
        return None
    return lambda body: _mentions(pipeline, without_credits(body))


def _mentions(pipeline: Language, body: str) -> Mentions:
    found: Mentions = {}
    with pipeline.memory_zone():  # Its words are forgotten with the text.
        for doc in pipeline.pipe(_sentences(body), batch_size=_BATCH):
            for each in doc.ents:
                linked = _LINKED.match(doc.text, each.end_char)
                end = linked.end() if linked else each.end_char
                name = _AROUND.sub("", " ".join(doc.text[each.start_char : end].split()))
                if each.label_ in _LABELS and name[:1].isupper():
                    found.setdefault(name, Counter())[_LABELS[each.label_]] += 1
        _doubt(pipeline, found)
    _whole(found, body)
    return found


def _sentences(body: str) -> Iterator[str]:
    """The sentences of a text, without the datelines before them."""
    for start, end in spans_of_body(body):
        if end - start <= _MOST_CHARS:
            yield DATELINE.sub("", body[start:end])


def _doubt(pipeline: Language, found: Mentions) -> None:
    """Makes nothing of the organisations that are none in a sentence about a place."""
    asked = [(_AS_PLACE.format(name), name) for name, kinds in found.items() if kinds["organisation"]]
    for doc, name in pipeline.pipe(asked, as_tuples=True, batch_size=_BATCH):
        if all(each.text == name and each.label_ != "ORG" for each in doc.ents):
            found[name][None] += found[name].pop("organisation")


def _whole(found: Mentions, body: str) -> None:
    """Counts a word of a name and an acronym as the whole name, if the text has that as well.

    It may be any word of somebody's name, and the last of an organisation's: "the Authority".
    """
    parted = {name: name.split() for name in found if " " in name}
    whole = {
        words[-1]: name
        for name, words in parted.items()
        if found[name]["organisation"] and found.get(words[-1], {}).keys() == {"organisation"}
    }
    whole |= {word: name for name, words in parted.items() if found[name]["person"] for word in words}
    whole |= {acronym: _AROUND.sub("", long) for acronym, long in introduced(body)}
    for short in [each for each in found if " " not in each]:
        name = whole.get(short)
        if name in found:
            kind = found[name].most_common(1)[0][0]
            found[name][kind] += found.pop(short).total()
