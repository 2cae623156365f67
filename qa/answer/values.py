"""The values that a sentence tells of listed things: a figure in an attribute's unit, or a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.answer.broad import Reading
from qa.answer.gather import is_in
from qa.answer.mentions import Mention, Span
from qa.answer.vocabulary import kinds_of, lemma, vocabulary
from qa.core.types import Article, Day
from qa.search.sentence_ranking import Candidate
from qa.text.facts import Number, names
from qa.text.stems import content
from qa.verify.hard_facts import facts_of, has_name
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
    timed = _timed(reading)
    for attribute in reading.attributes:
        if attribute in timed:
            continue
        if attribute in ("when", "day", "date"):
            doc = doc or parser.doc(sentence)
            days = _days(facts.days, timed, doc, kinds_of(reading.things[-1]))
            yield from ((span[0] + day.start, day.text) for day in days)
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


def happened(reading: Reading, article: Article, span: Span, parser: Parser) -> Iterator[Day]:
    """The days on which a sentence has a thing of the kind happen: "a blast killed two on 6 October"."""
    sentence = article.body[slice(*span)]
    doc = parser.doc(sentence)
    if doc is None:
        return
    for day in facts_of(sentence, article.published).days:
        clause = list(_clause(doc, day))
        if any(lemma(each) in kinds_of(reading.things[-1]) for each in clause):
            yield day


def tells_of_another(candidate: Candidate, topic: str, units: Sequence[str], parser: Parser) -> bool:
    """Whether the first figure of a sentence, in some units, is told of another thing than a topic: "bills of
    1.5 billion", "passed the Circular Railway at 2 billion", where the line is asked about."""
    facts = facts_of(candidate.text, candidate.article.published)
    figures = [number for number in facts.numbers if is_in(number, units)]
    doc = parser.doc(candidate.text) if figures else None
    if doc is None:
        return False
    wanted = names(topic)
    named = bool(wanted) and all(has_name(name, facts) for name in wanted)
    return _is_of_other_thing(doc, figures[0], topic, named)


def _is_of_other_thing(doc: Doc, number: Number, topic: str, named: bool) -> bool:
    measured = _measured(doc, number)
    if measured is None:
        return False
    of = measured.head if measured.dep_ == "pobj" and measured.head.lower_ == "of" else None
    if of is not None and of.head.pos_ == "NOUN":
        return lemma(of.head) not in (*vocabulary()["wholes"], *topic.lower().split())
    verb = _verb_above(measured)
    objects = (each for each in verb.children if each.dep_ == "dobj") if verb is not None else ()
    return not named and any(each.pos_ == "PROPN" for each in objects)


def _measured(doc: Doc, number: Number) -> Token | None:
    """The word that a figure measures with: "megawatts" of "180 megawatts"."""
    found = doc.char_span(number.start, number.end, alignment_mode="expand")
    measured = found.root if found is not None else None
    while measured is not None and measured.dep_ in ("nummod", "compound", "quantmod"):
        measured = measured.head
    return measured


def _timed(reading: Reading) -> frozenset[str]:
    """The verbs asked with "when", the word itself left out: {"open"} of "when they opened"."""
    return frozenset(reading.attributes) - {"when"} if "when" in reading.attributes else frozenset()


def _days(days: Sequence[Day], timed: frozenset[str], doc: Doc | None, kinds: Sequence[str]) -> Iterator[Day]:
    """Single days; if a verb is asked for, those on which the thing did it or had it done."""
    verbs = {verb for each in timed for verb in vocabulary()["timed"].get(each, [each])}
    for day in days:
        if day.date != day.until:
            continue
        verb = _verb_of(doc, day) if verbs and doc is not None else None
        if not verbs or (verb is not None and lemma(verb) in verbs and _came_about(verb, kinds)):
            yield day


def _came_about(verb: Token, kinds: Sequence[str]) -> bool:
    """Whether a verb tells what a thing of a kind did, or what was done to it; not what was to be done."""
    parts = [child for child in verb.children if child.dep_ in (*_SUBJECTS, "dobj", "agent")]
    to_be = any(child.tag_ == "TO" for child in verb.children)
    return not to_be and any(lemma(each) in kinds for part in parts for each in part.subtree)


def _verb_of(doc: Doc, day: Day) -> Token | None:
    """The verb that a day is told of."""
    found = doc.char_span(day.start, day.end, alignment_mode="expand")
    return _verb_above(found.root) if found is not None else None


def _verb_above(token: Token) -> Token | None:
    return next((each for each in token.ancestors if each.pos_ in ("VERB", "AUX")), None)


def _clause(doc: Doc, day: Day) -> Iterator[Token]:
    """The words of the clause that a day stands in, without clauses joined to it."""
    verb = _verb_of(doc, day)
    if verb is not None:
        apart = {each for child in verb.children if child.dep_ == "conj" for each in child.subtree}
        yield from (each for each in verb.subtree if each not in apart)


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
    measured = _measured(doc, number)
    if measured is None:
        return False
    if measured.dep_ in _SUBJECTS or any(child.dep_ == "npadvmod" for child in measured.children):
        return True
    if measured.dep_ == "pobj" and measured.head.lower_ == "of" and measured.head.head.pos_ == "NOUN":
        measured = measured.head.head
        if not _is_own(measured, reading) or measured.dep_ != "pobj":
            return not _is_own(measured, reading)
    verb = _verb_above(measured)
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
