"""The single statements of a text: a paragraph's sentences, and the parts of a compound sentence.

Each is searched for and judged alone, so it must stand alone: "... and was co-chaired by Qazi" gets the
subject before it, and "it" the subject of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.text.english import SAYING, patterns
from qa.text.facts import names
from qa.text.sentences import spans
from qa.text.stems import content

MOST = 20
"""How many statements of one text are checked; a page of prose has about so many."""

_VERB = rf"(?:{patterns(__name__)['verbs']})"
_SUBJECT = re.compile(rf"^(?P<subject>.+?)\s(?P<verb>(?:not\s|also\s|never\s)?{_VERB})\b")
_SAME_SUBJECT = re.compile(rf",?\s+and\s+(?=(?:then\s|also\s|later\s)?{_VERB}\s(?!by\b))")
_NEW_SUBJECT = re.compile(
    rf"(?:;|,?\s+(?:and|while|whereas|but))\s+(?=(?:(?:the|a|an|its|their|his|her|it|they|he|she)\s)?"
    rf"(?:[\w’'-]+\s){{0,5}}?{_VERB}\s)"
)
_THING = re.compile(r"^It\b(?=\s(?!is\sthat\b))")
_PERSON = re.compile(r"^(?:He|She)\b")
_REPORTS = re.compile(rf"\b(?:{'|'.join(SAYING)}|according to)\b", re.IGNORECASE)
_LIST = re.compile(rf"^(?:(?!\b{_VERB}\b).)*$")
_FEWEST_STEMS = 2
_LONGEST_SUBJECT_WORDS = 12


@lru_cache(maxsize=256)
def statements(text: str) -> tuple[str, ...]:
    """The statements of a text, at most `MOST`, each standing alone."""
    found: list[str] = []
    subject = ""
    for sentence in _sentences(text):
        pronoun = _PERSON if _is_person(subject) else _THING
        found_pronoun = pronoun.match(sentence) if subject else None
        standing = f"{subject}{sentence[found_pronoun.end() :]}" if found_pronoun else sentence
        subject = _subject(standing) or subject
        found.append(standing)
    return tuple(found[:MOST])


@lru_cache(maxsize=256)
def parts(statement: str) -> tuple[str, ...]:
    """The statements that a compound sentence joins; a simple sentence is its only one.

    Reported speech and quotations are left whole.
    """
    if _REPORTS.search(statement) or re.search(r"[\"“«]", statement):
        return (statement,)
    end = statement[-1] if statement[-1:] in ".!?" else "."
    found: list[str] = []
    for clause in _clauses(statement.rstrip(" .!?")):
        found += _verbs(clause)
    if len(found) < 2 or any(len(content(each)) < _FEWEST_STEMS for each in found):
        return (statement,)
    return tuple(f"{each[0].upper()}{each[1:]}{end}" for each in found)


def _is_person(subject: str) -> bool:
    """Whether a subject is a person: a name without an article, which things mostly have."""
    return bool(subject) and len(names(subject)) == 1 and names(subject)[0].text == subject


def _sentences(text: str) -> Iterator[str]:
    """The sentences; those of one quotation stay together."""
    held = ""
    for start, end in spans(text):
        held = f"{held} {' '.join(text[start:end].split())}".strip()
        if held.count("“") <= held.count("”") and held.count('"') % 2 == 0:
            yield held
            held = ""
    if held:
        yield held


def _clauses(sentence: str) -> list[str]:
    """The clauses that have their own subject."""
    clauses, at = [], 0
    for cut in _NEW_SUBJECT.finditer(sentence):
        before, after = sentence[at : cut.start()], sentence[cut.end() :]
        own = _SUBJECT.match(after)
        if own is None or not _SUBJECT.match(before) or not content(own["subject"]) or _listed(before, after):
            continue
        clauses.append(before)
        at = cut.end()
    return [*clauses, sentence[at:]]


def _listed(before: str, after: str) -> bool:
    """Whether an "and" joins names or things before one verb: "Qazi and Sun co-chaired"."""
    last = before.rpartition(",")[2]
    return _LIST.match(last) is not None and len(last) < len(before)


def _verbs(clause: str) -> list[str]:
    """One statement for each verb that a subject has."""
    subject = _subject(clause)
    if not subject:
        return [clause]
    first, *others = _SAME_SUBJECT.split(clause)
    return [first, *(f"{subject} {other}" for other in others)]


def _subject(clause: str) -> str:
    found = _SUBJECT.match(clause)
    if found is None or len(found["subject"].split()) > _LONGEST_SUBJECT_WORDS:
        return ""
    # "On Sunday the meeting": the first words say when, and are not part of the subject.
    return re.sub(r"^(?:In|On|At|Since|After|Before|During)\s[^,]*,\s", "", found["subject"])
