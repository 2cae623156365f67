"""Questions for yes or no that join statements: "Does A report X, while B does Y?", "Do A and B say X?" """

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.answer.answer_type import is_polar, stated
from qa.dates.words import ORDINAL_NAMES
from qa.search.parts import Publishers
from qa.text.english import AUXILIARIES, patterns

_JOINS = re.compile(r"\s*;\s*|,?\s+(?:while|whereas|but)\s+", re.IGNORECASE)
_ALTERNATIVE = re.compile(rf",?\s+or\s+(?:{AUXILIARIES})\s+(?:both|neither|they|it|the)\b.*$", re.IGNORECASE)
_WORDS = patterns(__name__)
_RELATES = re.compile(rf"^between\b|\b(?:{_WORDS['relating']})\b", re.IGNORECASE)
_ORDINAL = rf"the\s(?:{'|'.join(filter(str.isalpha, ORDINAL_NAMES))}|\d+(?:st|nd|rd|th)|last)"
_VERB = rf"(?:{AUXILIARIES}|took|take|came|began)\b"
# "The fourth meeting was in Islamabad, while the third was in Beijing": "the third" is a meeting.
_NUMBERED = re.compile(
    rf"\b{_ORDINAL}\s(?P<noun>[a-z]+)(?=\s(?:{_VERB}|(?:of|in|on|at|for|by|held)\b))", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(rf"^(?P<ordinal>{_ORDINAL})\s(?={_VERB})", re.IGNORECASE)
# Statements that need the one before: "It was opened", "the third was in Beijing", "The Nation did not".
_ELLIPTIC = re.compile(
    rf"^(?:{_ORDINAL}|{_WORDS['pronouns']})\s{_VERB}"
    rf"|\b{_VERB}(?:\snot|n['’]t)?$",
    re.IGNORECASE,
)
# A clause has a subject and a verb; "while travelling to Lahore" and "but reject the loan" have not.
_CLAUSE = re.compile(
    rf"^(?:(?:the|an?|its|their|his|her|all|both|no)\s|[A-Z‘“'\"]).*\b(?:{_VERB}|[a-z]+ed\b)"
)
_TELLS = rf"(?:{_WORDS['telling']})\b"
_REPORTER = re.compile(rf"^.{{0,120}}?\b{_TELLS}", re.IGNORECASE)
_TOLD = re.compile(rf"\b{_TELLS}\sthat\s(?P<told>.+)$", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|never|fail(?:s|ed)?|den(?:y|ies|ied))\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; if it is about a report, with its `publisher` and what it is said to tell (`told`)."""

    text: str
    publisher: str | None
    told: str


def statements(question: str, publishers: Publishers) -> tuple[Statement, ...]:
    """The statements that a question for yes or no joins; a report of several publishers gives one for each.

    There are none if there are fewer than two, if one can't stand alone or denies that something is reported,
    or if the question asks how they relate.
    """
    asked = _ALTERNATIVE.sub("?", question.strip())
    if not is_polar(asked) or _RELATES.search(asked):
        return ()
    found: list[Statement] = []
    for text in (each.strip(" ,") for each in _JOINS.split(stated(asked))):
        if found and (numbered := _NUMBERED.search(found[-1].text)):
            text = _NUMBER_ALONE.sub(rf"\g<ordinal> {numbered['noun']} ", text)
        whole = tuple(_of(text, publishers))
        fragment = found and not _CLAUSE.match(text) and not any(each.publisher for each in whole)
        if not whole or fragment or _ELLIPTIC.search(text):
            return ()
        found += whole
    return tuple(found) if len(found) > 1 else ()


def _of(text: str, publishers: Publishers) -> Iterator[Statement]:
    """One statement for each publisher that is said to report it, else one alone; none for a denial."""
    lead = _REPORTER.match(text)
    named = publishers.named(lead[0]) if lead else ()
    if not named:
        yield Statement(text, None, text)
    elif lead and not _DENIES.search(lead[0]):
        that = _TOLD.search(text)
        told = that["told"] if that else text[lead.end() :].strip()
        for name in named:
            yield Statement(text, name, told)
