"""The answer type of a question, and whether a sentence has a fact of this type.

A who-question wants a name that it does not have itself, a when-question a day, a how-many-question a figure.
A sentence without such a fact is no answer.
"""

from __future__ import annotations

import re
from typing import Literal

from qa.text.english import AUXILIARIES, patterns
from qa.text.stems import content
from qa.verify.hard_facts import Facts, facts_of, has_name

AnswerType = Literal["name", "day", "number", "any"]

_DAY = re.compile(
    r"^(?:and\s|so\s)?(?:when\b|(?:on|in|by|since|from|until)?\s?(?:what|which)\s(?:exact\s)?(?:date|day|year|month)\b)",
    re.IGNORECASE,
)
_WORDS = patterns(__name__)
_NUMBER = re.compile(
    rf"\bhow\s(?:{_WORDS['degrees']})\b"
    rf"|\bwhat(?:\s(?:{AUXILIARIES}))?(?:\s(?:the|its|their))?(?:\s[\w’'-]+){{0,4}}?\s"
    rf"(?:{_WORDS['measures']})\b(?!\s(?:of\s)?(?:sharing|structure))",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\bhow\smany\s(?:\w+\s(?=\w+\s(?:{AUXILIARIES}|took)\b))?(\w+)", re.I)
_PERSON = re.compile(r"(?:and\s|so\s)?(?:by\s|to\s|with\s)?(?:who|whom|whose)\b", re.IGNORECASE)
_NAME = re.compile(
    r"^(?:and\s|so\s)?(?:(?:by|to|from|with|for|of)\s)?(?:who|whom|whose)\b"
    r"|^(?:and\s|so\s)?(?:in\s|at\s|from\s|to\s)?where\b"
    rf"|^(?:in\s|at\s|to\s|from\s|by\s)?(?:which|what)\s(?:{_WORDS['named']})\b",
    re.IGNORECASE,
)
_SECOND_QUESTION = re.compile(r"\b(?:and|or)\s(?:when|where|how|why|what|who|which)\b", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")  # "[1]" is no figure.
# "Was ...", "And did ...", "After the visit, has ..."
_POLAR = re.compile(
    rf"^(?P<first>(?:{_WORDS['leads']})\b(?!\s(?:what|which|whose|whom)\b)[^?]*?,\s|(?:and|but|so)\s|)"
    rf"(?:{AUXILIARIES})(?:n['’]t)?\b\s*",
    re.IGNORECASE,
)


def is_polar(question: str) -> bool:
    """Whether a question asks for yes or no."""
    return bool(_POLAR.match(question.strip())) and not re.search(r"\bor\b", question)


def lead(question: str) -> int:
    """Where the first verb of a question for yes or no begins: after "After the visit, "."""
    match = _POLAR.match(question.strip())
    return len(match["first"]) if match else 0


def stated(question: str) -> str:
    """The statement that a question for yes or no asks about: the question without its first verb."""
    return _POLAR.sub(lambda asks: asks["first"], question.strip(), count=1).rstrip(" ?")


def expected(question: str) -> AnswerType:
    """The kind of fact that a question asks for; "any" if its words do not tell."""
    asked = question.strip()
    if _DAY.search(asked):
        return "day"
    if _NUMBER.search(asked):
        return "number"
    return "name" if _NAME.search(asked) else "any"


def asks_for_a_person(question: str) -> bool:
    """Whether a question asks for a person: who, by whom, to whom, whose."""
    return _PERSON.match(question.strip()) is not None


def asks_twice(question: str) -> bool:
    """Whether a question asks for two things: "When and how was it held?"."""
    return _SECOND_QUESTION.search(question) is not None


def brings(question: str, sentence: str) -> bool:
    """Whether a sentence has a fact of the kind that a question asks for."""
    wanted, asked, said = expected(question), facts_of(question), facts_of(_FOOTNOTE.sub("", sentence))
    if wanted == "day":
        return bool(said.days)
    if wanted == "number":
        return _new_number(said, asked)
    if wanted == "name":
        return any(not has_name(name, asked) for name in said.names)
    return True


def counts_the_same(question: str, quoted: str) -> bool:
    """Whether quotes have the noun that a how-many-question counts: documents are not agreements."""
    counted = _COUNTED.search(question)
    return counted is None or content(counted[1]) <= content(quoted)


def _new_number(facts: Facts, asked: Facts) -> bool:
    days_too = any(facts.days)
    return days_too or any(
        not any(number.agrees(other) for other in asked.numbers) for number in facts.numbers
    )
