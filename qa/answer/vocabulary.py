"""The words of `broad.toml`, by which broad questions and attributes of things are recognised."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qa.text.facts import names
from qa.text.stems import content

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `broad.toml`."""
    return tomllib.loads(files("qa.answer").joinpath("broad.toml").read_text(encoding="utf-8"))


def kinds_of(head: str) -> tuple[str, ...]:
    """The lemmas that reports use for a thing: "plant" for "station" too."""
    return tuple(vocabulary()["kinds"].get(head, [head]))


def units_of(topic: str) -> tuple[str, ...]:
    """The units of the attributes that a topic names: currencies for "the cost of ML-1"."""
    return tuple(unit for word in topic.lower().split() for unit in vocabulary()["units"].get(word, ()))


def spoken_of(topic: str) -> frozenset[str]:
    """The stems of the words that sentences use for a topic's attributes."""
    spoken = vocabulary()["spoken"]
    return content(" ".join(word for each in topic.lower().split() for word in spoken.get(each, ())))


def without_units(topic: str) -> str:
    """A topic without its attributes, which sentences may tell by a unit only: "at 6.8 billion"."""
    measures = {*(vocabulary()["units"] if names(topic) else ()), *vocabulary()["measures"]}
    kept = [word for word in topic.split() if word.lower() not in measures]
    return " ".join(kept[1:] if kept and kept[0].islower() and len(kept) > 1 and len(kept[0]) < 3 else kept)


def lemma(token: Token) -> str:
    """A word's lemma; the word itself if it is used as a noun and the parser takes it for another kind."""
    plain = token.pos_ in ("NOUN", "PROPN", "VERB", "AUX")
    return (token.lemma_ if plain else token.text).lower()
