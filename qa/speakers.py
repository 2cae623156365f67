"""Who says what: in a claim, and in the text that is to bear it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from qa.clauses import clauses, subject
from qa.demonyms import same_people
from qa.sides import TITLES
from qa.stems import content
from qa.terms import fold

_SAYS = re.compile(
    r"\b(?:said|says|told|tells|stated|claimed|claims|argued|argues|warned|warns|announced|announces|confirmed"
    r"|confirms|noted|insisted|insists|explained|declared|reported|reports|estimates|estimated|expects|expected(?!\sto)"
    r"|believes|thinks|called|calls|described|describes|spoke\sof|wrote|added|stressed|predicts|predicted"
    r"|acknowledged|admitted|promised|vowed|boasted|complained)\b"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|to|has\sbeen|not|which|that|and|so-)\s*$")
_ACCORDING = re.compile(
    # "Dr. Khan" and "the U.S. Treasury" go on after their full stops.
    r"\b[Aa]ccording\sto\s(?P<who>[^,;?]+?)"
    r"(?=[,;?]|$|(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|Lt|St))(?<!\b(?:Mrs|Gen))\.(?:\s|$)"
    r"|\s(?:how|when|what|who|where|which|why|did|does|do|is|was|were|has|had|have|will)\b)"
)
_LEAD_IN = re.compile(r"\W*[Aa]ccording\sto\s[^,;?]+")
_AFTER = re.compile(r"^\s(?P<who>(?:the\s|a\s|an\s)?[^,.;“”\"]{2,70})")
_QUOTE_ENDS = re.compile(r"[”\"’]\s*$")
_QUOTED_FIRST = re.compile(r"^(?P<said>.*[”\"])\s(?P<who>[^“”\"]+)$", re.DOTALL)
_LEADS = re.compile(r"^(?:[A-Z .,'’/()-]{3,60}:\s)?(?:(?:and|but|also|that)\s|on\s\w+,?\s)*")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PRONOUN = re.compile(
    r"^(?:\W*(?:he|she|it|they|who|we|i|both|some|many|others|the\stwo|all)\b|\W*$)", re.IGNORECASE
)
_ANYBODY = frozenset(
    "side sides leaders delegations officials parties countries ministers participants meeting statement "
    "report reports sources source two both members governments communique document text article "
    "paper".split()
)
_SHARE_OF_WORDS = 0.5


class Saying(NamedTuple):
    """What somebody says: the words that name the speaker, and those of what is said."""

    speaker: str
    said: str


@lru_cache(maxsize=8_192)
def sayings(text: str) -> tuple[Saying, ...]:
    """What a text reports that somebody said, a clause each; the speaker may be a pronoun."""
    return tuple(found for clause in _led_in(clauses(text)) if (found := _of_clause(clause)) is not None)


def _led_in(cut: Iterable[str]) -> Iterator[str]:
    """Clauses, with "according to the minister" joined to the one that it leads in."""
    lead = ""
    for clause in cut:
        if _LEAD_IN.fullmatch(clause):
            lead = f"{clause}, "
        else:
            yield lead + clause
            lead = ""


def _of_clause(clause: str) -> Saying | None:
    named = _ACCORDING.search(clause)
    if named:
        return Saying(named["who"], clause.replace(named[0], " "))
    for verb in _SAYS.finditer(clause):
        left, right = clause[: verb.start()], clause[verb.end() :]
        if _PASSIVE.search(left):
            continue
        if _inverted(left, right):
            # “...,” said Sun Weidong, vice minister.
            after = _AFTER.match(right)
            return Saying(after["who"], left) if after else None
        quoted = _QUOTED_FIRST.match(left)
        if quoted:
            # “...,” Deputy Mayor Hugo Brandt told reporters.
            return Saying(quoted["who"], f"{quoted['said']} {right}")
        said_first = right.strip(" .") == ""
        speaker = subject(_LEADS.sub("", left, count=1) or left)
        said = left.removesuffix(speaker) if said_first else right
        return Saying(speaker.strip(" ,"), said)
    return None


def _inverted(left: str, right: str) -> bool:
    """Whether the speaker follows the verb: “...,” said Sun Weidong."""
    if _QUOTE_ENDS.search(left):
        return True
    return left.rstrip().endswith(",") and right[1:2].isupper()


def misattributed(claim: str, text: str, spoken: Iterable[str] = ()) -> Iterator[tuple[bool, str]]:
    """The speakers to whom a claim gives words that a text gives to somebody else, or to nobody.

    Args:
        claim: what is claimed.
        text: what is to bear it.
        spoken: who speaks in the text as far as is known of it: what pronouns stand for, and who
            goes on speaking in a sentence that names nobody.

    Yields:
        Whether the text gives the words to somebody else, and the claim's speaker.
    """
    for speaker, said in sayings(claim):
        if not _tells(speaker):
            continue
        wanted = content(said) - content(speaker)
        told = [each for each in sayings(text) if _covers(wanted, each.said)]
        if not told:
            if not _stands(speaker, " ".join((text, *spoken))):
                yield False, speaker
            continue
        known = list(spoken)
        if any(_same(speaker, each.speaker, known) for each in told):
            continue
        yield True, speaker


def from_another(question: str, answer: str, text: str, spoken: Iterable[str] = ()) -> Iterator[str]:
    """The speaker whom a question asks of ("according to the minister"), where a text has what an answer adds
    to it from somebody else.

    Args:
        question: as asked.
        answer: a sentence of its answer.
        text: what is to bear it.
        spoken: who speaks in the text, as of `misattributed`.
    """
    named = _ACCORDING.search(question)
    if named is None or not _tells(named["who"]) or not _is_somebody(named["who"]):
        return
    added = content(answer) - content(question)
    told = [each for each in sayings(text) if added & content(each.said)]
    known = list(spoken)
    if told and not any(_same(named["who"], each.speaker, known) for each in told):
        yield named["who"]


def _is_somebody(speaker: str) -> bool:
    """Whether words name a person or a body, not a document or a rule: a title, or a capital."""
    words = _WORD.findall(speaker)
    return any(word[0].isupper() or (content(word) and fold(word) in TITLES) for word in words)


def _covers(wanted: frozenset[str], said: str) -> bool:
    return bool(wanted) and len(wanted & content(said)) >= _SHARE_OF_WORDS * len(wanted)


def _tells(speaker: str) -> bool:
    """Whether words name a speaker at all, and one that can be told from others."""
    return not _PRONOUN.match(speaker) and bool(content(speaker)) and not _crowd(speaker)


def _crowd(speaker: str) -> bool:
    return bool({fold(word) for word in _WORD.findall(speaker)} & _ANYBODY)


def _same(speaker: str, other: str, known: list[str]) -> bool:
    if _PRONOUN.match(other) or _crowd(other) or not content(other):
        return not known or any(_share(speaker, each) for each in known)
    return _share(speaker, other) or any(_share(speaker, each) and _share(other, each) for each in known)


def _share(one: str, other: str) -> bool:
    """Whether two phrases may name the same speaker: a name or a head word in common."""
    mine, theirs = _telling(one), _telling(other)
    if any(same_people(a, b) for a in mine for b in theirs):
        return True
    return bool(_initials(one) & theirs or _initials(other) & mine)


def _telling(phrase: str) -> set[str]:
    """The words of a phrase that tell who, its title only where there is nothing else."""
    words = [fold(word.replace("’", "'")).removesuffix("'s") for word in _WORD.findall(phrase)]
    words = [word for word in words if content(word)]
    return {word for word in words if word not in TITLES} or set(words)


def _initials(phrase: str) -> set[str]:
    capitals = [word[0].lower() for word in _WORD.findall(phrase) if word[0].isupper()]
    return {"".join(capitals)} if len(capitals) > 1 else set()


def _stands(speaker: str, text: str) -> bool:
    return _share(speaker, text) or content(speaker) <= content(text)
