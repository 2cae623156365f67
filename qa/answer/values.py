"""The values that a sentence tells of listed things: a figure in an attribute's unit, or a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.answer.broad import Reading
from qa.answer.gather import is_in
from qa.answer.mentions import Mention, Span
from qa.answer.vocabulary import kinds_of, lemma, vocabulary
from qa.core.types import Article
from qa.text.facts import Number
from qa.text.stems import content
from qa.verify.hard_facts import facts_of
from qa.verify.parser import Parser

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AND = {"and", ",", ", and", "&"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def values(reading: Reading, article: Article, span: Span, parser: Parser) -> Iterator[tuple[int, str]]:
    """The values of a sentence that are of an attribute's kind: where each stands in the body, its words."""
    sentence = article.body[slice(*span)]
    facts = facts_of(sentence, article.published)
    doc = None
    for attribute in reading.attributes:
        if attribute in ("when", "day", "date"):
            yield from ((span[0] + day.start, day.text) for day in facts.days if day.date == day.until)
            continue
        units, spoken = _told_by(attribute)
        if spoken and not spoken & facts.stems:
            continue
        for number in facts.numbers:
            if not _is_measured(number, units, attribute, sentence):
                continue
            doc = doc or parser.doc(sentence)
            if doc is None or not _is_of_another(doc, number, reading):
                yield span[0] + number.start, _written(number, sentence)


def owners(article: Article, span: Span, at: int, names: Sequence[str], own: Sequence[Mention]) -> list[str]:
    """Whose a value is: the names last before it in its sentence, else the one that the headline or the
    first sentence names.

    Args:
        article: the document.
        span: the sentence.
        at: where the value stands in the body.
        names: the names of all things listed.
        own: the document's own mentions.
    """
    sentence = article.body[slice(*span)]
    placed = sorted((sentence.find(name), name) for name in names if name in sentence)
    before = [(start, name) for start, name in placed if span[0] + start < at]
    if before:
        chosen = [before[-1]]
        for start, name in reversed(before[:-1]):
            if sentence[start + len(name) : chosen[0][0]].strip() not in _AND:
                break
            chosen.insert(0, (start, name))
        return [name for _, name in chosen]
    if placed:
        return [placed[0][1]]
    titled = [each.name for each in own if each.name in article.title]
    return (titled or [each.name for each in own if each.sentence[0] == 0])[:1]


def _told_by(attribute: str) -> tuple[Sequence[str], frozenset[str]]:
    """The units of an attribute, and the stems by which a sentence speaks of it: "job" by its own word."""
    data = vocabulary()
    units = data["units"].get(attribute, [])
    return units, content(" ".join(data["spoken"].get(attribute, [] if units else [attribute])))


def _is_measured(number: Number, units: Sequence[str], attribute: str, sentence: str) -> bool:
    if number.ordinal or number.percent:
        return False
    if units:
        return is_in(number, units)
    if attribute in vocabulary()["spoken"]:
        return not number.unit
    following = sentence[number.end :].split()[:4]  # "100,000 direct and indirect jobs"
    return not number.unit and bool(content(" ".join(following)) & content(attribute))


def _written(number: Number, sentence: str) -> str:
    unit = sentence[number.end :].split(" ")[1:2] if number.unit else []
    return " ".join([number.text, *unit]).rstrip(".,;:)")


def _is_of_another(doc: Doc, number: Number, reading: Reading) -> bool:
    """Whether a figure is a rate, or is told of another thing: "turbines of 180 megawatts", "100 kilometres
    an hour", "rebuilding the tunnel could cost".
    """
    found = doc.char_span(number.start, number.end, alignment_mode="expand")
    if found is None:
        return False
    measured = found.root
    while measured.dep_ in ("nummod", "compound", "quantmod"):
        measured = measured.head
    if measured.dep_ in _SUBJECTS or any(child.dep_ == "npadvmod" for child in measured.children):
        return True
    if measured.dep_ == "pobj" and measured.head.lower_ == "of" and measured.head.head.pos_ == "NOUN":
        measured = measured.head.head
        if not _is_own(measured, reading) or measured.dep_ != "pobj":
            return not _is_own(measured, reading)
    verb = next((each for each in measured.ancestors if each.pos_ in ("VERB", "AUX")), None)
    subject = _subject(verb) if verb is not None else None
    if verb is None or subject is None or lemma(verb) in vocabulary()["telling"]:
        return False
    return subject.dep_.startswith("csubj") or (subject.pos_ == "NOUN" and not _is_own(subject, reading))


def _subject(verb: Token) -> Token | None:
    while True:
        found = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if found is not None or verb.dep_ != "conj":
            return found
        verb = verb.head


def _is_own(noun: Token, reading: Reading) -> bool:
    """Whether a noun is the listed thing itself, or names what is measured of it."""
    data, word = vocabulary(), lemma(noun)
    own = (*kinds_of(reading.things[-1]), *reading.attributes, *data["units"], *data["spoken"])
    return word in own or word in data["wholes"] or reading.things[-1] in kinds_of(word)
