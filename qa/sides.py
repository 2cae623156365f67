"""On whose side a text puts the people whom it names: "Qazi led for Pakistan and Sun for China"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qa.demonyms import same_people
from qa.sentences import spans
from qa.terms import fold

_WORD = r"[A-Z][\w’'-]*\w"
_NAME = rf"(?P<name>{_WORD}(?:\s(?:ul|al|bin|de|van|von)\s{_WORD}|\s{_WORD}){{0,7}})"
_SIDE = rf"(?P<side>{_WORD}(?:\sLankan|\sKorean?|\sAfrican?|\sArabian?|\sKingdom|\sStates|\sZealand)?)"
_TEAM = r"(?:side|delegation|team|one|party)"
_ASIDE = r"(?:,\s[^,;.]{3,60},)?"
_FOR = r"(?:for|on\sbehalf\sof)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # "Janjua led the Pakistani side and Kong the Chinese side".
        rf"{_NAME}{_ASIDE}(?:\s(?!and\b)[a-z-]+){{0,3}}?\sthe\s{_SIDE}\s{_TEAM}\b",
        # "The Turkish delegation was headed by Demir, the Greek one by Pappas".
        rf"\b[Tt]he\s{_SIDE}\s{_TEAM}(?:\s(?:was|is|were))?(?:\s[a-z-]+)?\sby\s(?:[a-z]+\s){{0,4}}{_NAME}",
        # "Mahmood led for Pakistan and Wu for China"; "signed for Pakistan by Iqbal".
        rf"{_NAME}{_ASIDE}(?:\s(?!and\b)[a-z-]+){{0,6}}?\s{_FOR}\s{_SIDE}",
        rf"\b[Ff]or\s{_SIDE}\s(?:it\swas|was|came|spoke|signed)\s(?:[a-z]+\s){{0,4}}{_NAME}",
        rf"\b{_FOR}\s{_SIDE}\sby\s(?:[a-z]+\s){{0,4}}{_NAME}",
        # "Norway was represented by Lund, Finland by Salo"; "Salo represented Finland".
        rf"{_SIDE}(?:\s(?:was|is)\srepresented)?\sby\s(?:[a-z]+\s){{0,4}}{_NAME}",
        rf"{_NAME}\s(?:represented|represents|representing)\s(?:the\s)?{_SIDE}",
        # "China's Vice Foreign Minister Sun Weidong"; "Egypt's water minister, Hany Sewilam".
        rf"(?P<side>[A-Z]\w+)['’]s\s(?:(?:[a-z-]+\s){{0,4}}[a-z-]+,\s|(?:[a-z-]+\s){{0,4}}){_NAME}",
        rf"\b(?:his|her|their)\s{_SIDE}\scounterpart,?\s{_NAME}",
        rf"{_NAME}\sof\s{_SIDE}",
    )
)
_RESPECTIVELY = re.compile(
    rf"(?P<one>{_WORD}(?:\s{_WORD})*)\sand\s(?P<other>{_WORD}(?:\s{_WORD})*)\s.{{0,120}}?"
    rf"(?:\bthe\s)?(?P<first>{_WORD})\sand\s(?P<second>{_WORD})\s(?:sides|delegations|teams)"
    r"(?:,?\srespectively)?"
)
_ASKED = re.compile(
    rf"\b(?:(?:{_FOR}|from|represent(?:s|ed|ing)?)\s(?:the\s)?|the\s)(?P<side>{_WORD})"
    rf"(?:['’]s)?(?P<team>\s{_TEAM})?"
)
TITLES = frozenset(
    "acting additional adviser ambassador assistant chair chairman chairwoman chancellor chief commerce "
    "commissioner counsellor defence deputy director envoy executive federal finance first foreign general "
    "governor head interior justice king leader lieutenant lord major mayor minister mr mrs ms dr officer "
    "permanent planning premier president prime prince princess professor queen representative secretary "
    "senator senior sir special spokesman spokesperson spokeswoman state trade under vice the a an at on in "
    "when and for of by then as while since after before it he she they".split()
)


class Member(NamedTuple):
    """A person, by the folded words of the name without titles, and the side it stands on, folded."""

    person: frozenset[str]
    side: str


@lru_cache(maxsize=2_048)
def members(text: str) -> tuple[Member, ...]:
    """The people of a text and the sides that it puts them on."""
    found: list[Member] = []
    for start, end in spans(text):
        found += _of_sentence(text[start:end])
    return tuple(dict.fromkeys(found))


def _of_sentence(sentence: str) -> Iterator[Member]:
    for both in _RESPECTIVELY.finditer(sentence):
        yield from _member(both["one"], both["first"])
        yield from _member(both["other"], both["second"])
    for pattern in _PATTERNS:
        at = 0
        while match := pattern.search(sentence, at):
            yield from _member(match["name"], match["side"])
            at = match.start() + 1 if match.start("name") > match.start("side") else match.end("name")
    for name in re.finditer(_NAME, sentence):
        # "Chilean Vice Minister Pablo Rojas": the people before a title.
        first, _, rest = name["name"].partition(" ")
        if fold(rest.partition(" ")[0]) in TITLES and fold(first) not in TITLES:
            yield from _member(rest, first)


def _member(name: str, side: str) -> Iterator[Member]:
    words = [fold(word).removesuffix("'s") for word in name.replace("’", "'").split()]
    person = frozenset(word for word in words if word not in TITLES)
    side = fold(side.replace("’", "'")).removesuffix("'s")
    if person and side not in person and side not in TITLES:
        yield Member(person, side)


def on_the_other_side(claim: str, asked: str, article: str) -> tuple[str, ...]:
    """The people whom a claim puts on a side that an article gives to somebody else.

    Precise rather than complete: the article must put the person on a side of its own, and another
    person on the claim's.

    Args:
        claim: what is claimed.
        asked: the question it answers: "who signed for China?" puts its answer on China's side.
        article: the text of the article, headline included.
    """
    claimed = [*members(claim), *_answering(claim, asked)]
    if not claimed:
        return ()
    known = members(article)
    wrong = []
    for person, side in claimed:
        own = [each.side for each in known if each.person & person]
        holders = [each for each in known if same_people(each.side, side) and not each.person & person]
        if own and holders and not any(same_people(each, side) for each in own):
            name = " ".join(sorted(person, key=fold(claim).find)).title()
            wrong.append(f"{name} for {side.title()}")
    return tuple(dict.fromkeys(wrong))


def _answering(claim: str, asked: str) -> list[Member]:
    """The person that a claim names in answer to "who ... for China?", where it names but one."""
    if not re.match(r"\W*(?:(?:by|and|so)\s)?who(?:m|se)?\b|.*\bwho\b.*\?", asked, re.IGNORECASE):
        return []
    sides = [
        fold(found["side"]) for found in _ASKED.finditer(asked) if found["team"] or found[0][:3] != "the"
    ]
    folded = fold(asked)
    named = []
    for name in re.finditer(_NAME, claim):
        words = frozenset(fold(word).removesuffix("'s") for word in name["name"].split()) - TITLES
        if words and not any(word in folded for word in words):
            named.append(words)
    return [Member(named[0], side) for side in sides] if len(named) == 1 else []
