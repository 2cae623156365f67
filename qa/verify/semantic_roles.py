"""Semantic roles in a parsed text: what is done, by whom and to whom, in the active or the passive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONTENT = {"NOUN", "PROPN", "NUM", "ADJ"}
_OF_A_PHRASE = {"compound", "amod", "conj", "nmod", "appos", "poss", "nummod"}
_SUBJECTS = {"nsubj", "csubj"}
_OBJECTS = {"dobj", "nsubjpass", "attr", "dative"}
_INFINITIVE_CLAUSES = {"xcomp", "ccomp", "acl", "advcl"}
_CONDITIONS = {"if", "unless"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with its roles, each as the lemmas of its words.

    `real`: stated as done, without a modal verb, a condition, or an infinitive that leaves it open.
    `main`: in the main clause.
    """

    lemma: str
    agents: frozenset[str]
    patients: frozenset[str]
    real: bool
    negated: bool
    main: bool


def predicates(doc: Doc) -> Iterator[Predicate]:
    """The verbs of a parsed text."""
    for token in doc:
        if token.pos_ == "VERB":
            yield Predicate(
                lemma=token.lemma_.lower(),
                agents=_words(_agents(token)),
                patients=_words(_children(token, _OBJECTS)),
                real=_real(token),
                negated=bool(_children(token, {"neg"})),
                main=token.dep_ in ("ROOT", "conj"),
            )


def _agents(verb: Token) -> list[Token]:
    if subjects := _children(verb, _SUBJECTS):
        return subjects
    by = [each for agent in _children(verb, {"agent"}) for each in _children(agent, {"pobj"})]
    if by or _children(verb, {"nsubjpass"}):
        return by
    if _shares_subject(verb):
        return _agents(verb.head)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":
        return _children(verb.head, {"dobj"}) or _agents(verb.head)
    return [verb.head] if verb.dep_ == "relcl" else []


def _real(verb: Token) -> bool:
    auxiliaries = [each.tag_ for each in _children(verb, {"aux"})]
    if "MD" in auxiliaries or any(each.lower_ in _CONDITIONS for each in _children(verb, {"mark"})):
        return False
    if "TO" in auxiliaries and verb.dep_ in _INFINITIVE_CLAUSES:
        return _brings_about(verb.head)
    return _real(verb.head) if _shares_subject(verb) else True


def _brings_about(governor: Token) -> bool:
    """Whether a verb implies that the action of its infinitive happened."""
    named = " ".join([governor.lemma_.lower(), *(each.lower_ for each in _children(governor, {"prt"}))])
    return named in _implicatives() and not _children(governor, {"neg"}) and _real(governor)


def _shares_subject(verb: Token) -> bool:
    joined = verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX")
    return joined and not _children(verb, _SUBJECTS | {"nsubjpass"})


def _words(heads: list[Token]) -> frozenset[str]:
    """The lemmas of noun phrases, with their prepositional phrases but without their clauses."""
    found, left = set(), list(heads)
    while left:
        token = left.pop()
        if token.pos_ in _CONTENT:
            found.add(token.lemma_.lower())
        left += _children(token, _OF_A_PHRASE)
        left += [each for prep in _children(token, {"prep"}) for each in _children(prep, {"pobj"})]
    return frozenset(found)


def _children(token: Token, relations: set[str]) -> list[Token]:
    return [child for child in token.children if child.dep_ in relations]


@cache
def _implicatives() -> frozenset[str]:
    lines = files("qa.verify").joinpath("implicatives.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
