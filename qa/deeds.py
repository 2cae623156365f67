"""Who did it and to whom, as far as word order tells: "Rwanda accused Burundi" is not the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from qa.clauses import clauses, subject
from qa.demonyms import same_people
from qa.facts import COMMON
from qa.news_verbs import IRREGULAR, LIGHT, LIKE, base_stem
from qa.sides import TITLES
from qa.stems import content
from qa.terms import fold, terms

_REGULAR = re.compile(r"^[a-z-]{2,}ed$")
_NOT_VERBS = frozenset(
    "united based limited red need indeed hundred seed speed feed deed sacred advanced alleged related "
    "so-called aged armed".split()
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BEFORE_PARTICIPLE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)(?:\s(?:not|never|also|then|later|\w+ly|reportedly|jointly))*\s$"
)
_ADVERB = re.compile(r"\s(?:\w+ly|also|then|later|first|never|not)\s*$")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|had|have|be|been|being|will|gets?|got)\b")
_BY = re.compile(r"\bby\b(?!\s(?:the\send|then|video|\d|\w+ing\b|virtue|means|way|far|about))", re.IGNORECASE)
_AT_ONCE = re.compile(r"\s(?:(?:for|on|at|off|out|up|down|in|over)\s)?")
_AFTER_AGENT = re.compile(
    r"[,;:(]|\b(?:in|on|at|for|to|from|with|after|before|when|as|during|under|over|by|who|which|because"
    r"|about|through|against|since|while|last|this|earlier|yesterday|today)\b"
)
_IDLE = re.compile(r"\s(?:at|in|on|near|during|by|from|outside|inside|along)\b|\W*$")
# "By Ahsan Iqbal, minister for planning, and Cong Liang".
_AND_ALSO = re.compile(r",[^;.]{2,200}\sand\s(?:[a-z]+\s){0,3}[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*")
_AND_DEED = re.compile(r"\sand\s(?:was\s|were\s)?(\w+)")
_ANYBODY = frozenset(
    "side sides two both they he she it who which that those these this countries country nations leaders "
    "parties delegation delegations participants members ministers governments we i you all each former "
    "latter group body".split()
)
_SAME_SHARE = 0.5
_MEANINGLESS = frozenset("said say told".split())

Fault = Literal["swapped", "another", "unsaid"]


class Deed(NamedTuple):
    """A verb of a clause in its base form's stem, with the words of who did it and of who bore it.

    `agent` is "" where the clause names none, as in "was opened on Sunday".
    """

    verb: str
    agent: str
    patient: str
    passive: bool


@lru_cache(maxsize=8_192)
def deeds(text: str) -> tuple[Deed, ...]:
    """The deeds of a text, a verb each."""
    return tuple(deed for clause in clauses(text) for deed in _of_clause(clause))


def of_something_else(claim: str, text: str, headline: str) -> Iterator[tuple[str, str]]:
    """What a claim says happened to something, of which a text and its headline don't tell it.

    "Prime minister opens a road" over "The airport is late" does not say that the airport opened, nor does
    "the opening" of a text without an airport.

    Yields:
        The stem of the verb, and that of what it happened to.
    """
    inside = base_stems(text)
    above = base_stems(headline) - inside
    for verb, thing in _happenings(claim):
        if _stands(thing, headline):
            continue
        otherwise = inside & LIKE.get(verb, frozenset((verb,)))
        if (verb in above and not otherwise) or not _stands(thing, text):
            yield verb, _head(thing)


@lru_cache(maxsize=8_192)
def _happenings(claim: str) -> tuple[tuple[str, str], ...]:
    """The verbs of a claim by which something happened, each in its base form's stem, and to what."""
    found = []
    for clause in clauses(claim):
        for word in _WORD.finditer(clause):
            base, left, right = _base(word[0]), clause[: word.start()], clause[word.end() :]
            if base is None or not (_BEFORE_PARTICIPLE.search(left) or _IDLE.match(right)):
                continue
            thing = subject(_AUXILIARY.split(_ADVERB.sub("", left))[0])
            # Whether a name is there, `bears` tells.
            if _head(thing) and not _named(thing) and _specific(thing):
                found.append((base, thing))
    return tuple(found)


def _of_clause(clause: str) -> Iterator[Deed]:
    for word in _WORD.finditer(clause):
        left, right = clause[: word.start()], clause[word.end() :]
        base = _base(word[0]) or _present(word[0], left)
        if base is None:
            continue
        by = _BY.search(right)
        passive = bool(_BEFORE_PARTICIPLE.search(left)) or bool(
            by and _AT_ONCE.fullmatch(right[: by.start()])
        )
        if passive:
            yield from _passive(base, left, right)
        elif not _IDLE.match(right):
            yield Deed(base, subject(left), right, False)


def _present(word: str, left: str) -> str | None:
    """The stem of a verb in the present, right after a name: "Engro Powergen holds"."""
    before = left.split()
    if not before or not before[-1][0].isupper() or not before[-1][-1].isalpha():
        return None
    if fold(before[-1]) in COMMON:
        return None
    third = word.islower() and word.endswith("s") and not word.endswith("ss")
    return base_stem(word) if third and content(word) else None


def _passive(base: str, left: str, right: str) -> Iterator[Deed]:
    """What was done by whom; "Norway was represented by Lund, Finland by Salo" are two."""
    coordinated = [found.start() for found in _AND_DEED.finditer(right) if _base(found[1]) is not None]
    right = right[: min(coordinated, default=len(right))]
    phrases = [(by.start(), by.end() + _agent_end(right[by.end() :])) for by in _BY.finditer(right)]
    patient, at = left, 0
    for begins, ends in phrases:
        agent = _BY.sub("", right[begins:ends], count=1).strip()
        rest = right[ends:] if len(phrases) == 1 else ""
        yield Deed(base, agent, f"{patient} {right[at:begins]} {rest}", True)
        patient, at = "", ends
    if not at:
        yield Deed(base, "", f"{left} {right}", True)


def _agent_end(after: str) -> int:
    """Where the words that name a doer end, in what follows "by"."""
    stop = _AFTER_AGENT.search(after)
    end = stop.start() if stop else len(after)
    also = _AND_ALSO.match(after, end)
    return also.end() if also else end


def _base(word: str) -> str | None:
    """The stem of a past verb's base form; None of a word that is none."""
    if word in _NOT_VERBS or word in _MEANINGLESS or not word[0].islower():
        return None
    return base_stem(word) if word in IRREGULAR or _REGULAR.match(word) else None


def faults(claim: str, text: str) -> Iterator[tuple[Fault, str]]:
    """The deeds of a claim that a text tells of somebody else, and those whose doer it doesn't name."""
    told = deeds(text)
    stems = base_stems(text)
    for deed in deeds(claim):
        if not stems & LIKE.get(deed.verb, frozenset((deed.verb,))) and deed.verb not in LIGHT:
            yield "unsaid", deed.verb
        if not deed.agent or not _specific(deed.agent):
            continue
        same = [each for each in told if each.verb == deed.verb]
        found = _fault(deed, same, text)
        if found:
            yield found, _short(deed.agent)


def _fault(deed: Deed, told: list[Deed], text: str) -> Fault | None:
    patient = _names(deed.patient)
    swapped = another = mixed = False
    for each in told:
        if not each.agent:
            continue
        if _share(deed.agent, each.agent):
            return None
        swapped = swapped or bool(_share(deed.agent, each.patient) and _share_names(patient, each.agent))
        # Somebody, of the same thing: a person and "the mayor" may be one, two names are not. Of
        # "Perera led one side and Novak the other" the verb is also the second's.
        elsewhere = not each.passive and _share(deed.agent, each.patient)
        if _specific(each.agent) and _same_thing(deed, each) and not elsewhere:
            alike = _named(deed.agent) == _named(each.agent)
            by_name = _named(deed.agent) and alike
            another, mixed = another or (alike if each.passive else by_name), mixed or not alike
    if swapped or another:
        return "swapped" if swapped else "another"
    return "unsaid" if (mixed or deed.passive) and not _stands(deed.agent, text) else None


def _same_thing(deed: Deed, each: Deed) -> bool:
    mine, theirs = content(deed.patient), content(each.patient)
    if each.passive:
        return bool(mine & theirs) or not mine or not theirs
    return len(mine & theirs) >= _SAME_SHARE * len(mine) > 0


def _specific(agent: str) -> bool:
    words = {fold(word) for word in _WORD.findall(agent)}
    return bool(content(agent)) and not words & _ANYBODY


def _share(agent: str, other: str) -> bool:
    """Whether a doer's name or, of one without a name, its head word stands among other words."""
    if _named(agent):
        named = _names(agent)
        return _share_names(named, other) or "".join(name[0] for name in named) in _folded(other)
    head = _head(agent)
    return bool(head) and head in content(other)


def _share_names(names: list[str], other: str) -> bool:
    words = _folded(other)
    return any(same_people(name, word) for name in names for word in words)


@lru_cache(maxsize=16_384)
def base_stems(text: str) -> frozenset[str]:
    """The stems of all words of a text, of irregular verbs' pasts those of the base forms."""
    return frozenset(base_stem(word) for word in re.findall(r"[^\W\d_]+", fold(text)))


def _names(text: str) -> list[str]:
    """The folded capitalised words of a phrase that name, titles left out where a name is left."""
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    named = [fold(word).removesuffix("'s") for word in words if word[0].isupper() and content(word)]
    return [name for name in named if name not in TITLES] or named


def _folded(text: str) -> list[str]:
    return [fold(word.replace("’", "'")).removesuffix("'s") for word in _WORD.findall(text)]


def _head(agent: str) -> str:
    """The stem of the last word before the first "of": the board of a bank is a board."""
    lead = re.split(r"\sof\s", agent)[0]
    words = [word for word in _WORD.findall(lead) if content(word)]
    return terms(words[-1])[0] if words else ""


def _stands(agent: str, text: str) -> bool:
    """Whether a text has a doer at all, by name or by what it is."""
    if _named(agent):
        return _share_names(_names(agent), text)
    return _head(agent) in content(text)


def _named(agent: str) -> bool:
    """Whether a doer has a name: "Joint Cooperation Committee" has, "the Chinese government" has not."""
    words = [word for word in _WORD.findall(re.split(r"\sof\s", agent)[0]) if content(word)]
    return bool(words) and words[-1][0].isupper()


def _short(agent: str) -> str:
    words = agent.split()
    return " ".join(words[-6:])
