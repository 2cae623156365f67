"""Turns phrases of headlines into phrases of a sentence: with articles, in the right case, without dates."""

from __future__ import annotations

import re

from qa.core.types import Article
from qa.suggest.verb_forms import BY_PAST, BY_PRESENT
from qa.text.english import CARDINALS, COMMON, MONTHS, ORDINAL_WORDS, patterns, small

NUMBER = (
    r"(?:\d[\d,.]*(?:\smillion|\sbillion|\sthousand)?|dozens|hundreds|thousands|"
    rf"{'|'.join(word for word, value in CARDINALS.items() if value > 1)})"
)
_WORDS = patterns(__name__)
CLAUSE_END = re.compile(rf"[;:,(“\"—–]|\s(?:{_WORDS['clauses']})\s")
_MONTH = "|".join(map(str.capitalize, MONTHS))
WHEN = re.compile(
    rf"\s(?:on (?=\w+day\b|\d)|in (?=\d{{4}}|(?:early|late|mid)?-?\s?(?:{_MONTH}))"
    r"|last (?=week|month|year|\w+day)|this week|today|yesterday|formally|officially).*$"
)
DETERMINED = re.compile(rf"^(?:{_WORDS['determiners']}|\d[\d.,]*)\b")
_IN_THE = re.compile(rf"\s(in|at|after|during)(?=\s(?:{_WORDS['without_article']}))")
_NOUNS_TOO = set(_WORDS["nouns_too"].split("|"))
_FINITE = (
    small("be", "have", "do", "modals")
    | set("to that which who not said says".split())
    | (BY_PRESENT.keys() - _NOUNS_TOO)
    | {verb.past for verb in BY_PAST.values() if verb.past != verb.participle}
)
_LOWER_IN_HEADLINES = {"new", "last", "first", "final", "work", "talks", "police", *ORDINAL_WORDS.values()}
_WITHOUT_ARTICLE = {"work", "talks", "trade", "construction", "police", "production", "commercial"}


def lowered(subject: str, article: Article) -> str:
    """A headline's subject within a sentence: its first word in the case that the text has."""
    first, _, following = subject.partition(" ")
    bare = re.escape(re.sub(r"['’]s$", "", first))
    if first.isupper() or "-" in first or first.lower() in COMMON - _LOWER_IN_HEADLINES:
        return subject
    in_lower_case = re.search(rf"\b{bare.lower()}\b", article.body)
    title_of_office = following[:1].islower() and re.search(rf"\b{bare}\s[A-Z]", article.body)
    if first.lower() in _LOWER_IN_HEADLINES or in_lower_case or title_of_office:
        return first.lower() + subject[len(first) :]
    return subject


def uncapitalised(subject: str) -> str:
    """A sentence's first phrase in the case that it has within a sentence."""
    opens = re.match(rf"(?:The|An?|{NUMBER})\s", subject, re.IGNORECASE)
    return subject[0].lower() + subject[1:] if opens else subject


def with_article(phrase: str) -> str:
    """A headline's phrase with the article that it lacks, if it needs one."""
    head = _head(phrase)
    named = head[0][0].isupper() and (head[-1][0].isupper() or head[0].endswith(("'s", "’s")))
    bare = phrase.split()[0] in _WITHOUT_ARTICLE
    return phrase if DETERMINED.match(phrase) or named or bare or _plural(head) else f"the {phrase}"


def was_or_were(subject: str) -> str:
    """The form that agrees with a subject."""
    return "were" if _plural(_head(subject)) else "was"


def _head(phrase: str) -> list[str]:
    """The words of a phrase up to its noun."""
    return re.split(rf"\s(?:{_WORDS['prepositions']})\s", phrase)[0].split()


def _plural(head: list[str]) -> bool:
    return head[-1].endswith("s") and not head[-1].endswith(("ss", "'s", "’s"))


def has_verb(phrase: str) -> bool:
    """Whether a phrase has a verb, and so is more than a name."""
    return bool(_FINITE.intersection(phrase.lower().split()))


def untimed(rest: str) -> str:
    """The words after a verb up to the time, with a space before them; "" if none are left."""
    cut = WHEN.sub("", CLAUSE_END.split(rest)[0]).strip()
    return _IN_THE.sub(r" \1 the", f" {cut}") if cut else ""
