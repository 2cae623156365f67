"""Finds the sentences of a text that report speech, with speaker and role.

A speaker stands before or after a verb of saying: a name ("Sun Weidong said"), a role with or without a name
("the foreign secretary reaffirmed"), a body ("the ministry announced"), or a pronoun, which is the last
speaker. A role or a surname alone is completed from the rest of the text: "the foreign secretary" is Muhammad
Syrus Sajjad Qazi. This is for English; other languages have fewer patterns: see `language_patterns`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.language_patterns import LanguagePatterns, patterns_of, words_of
from ingest.roster import Roster
from qa.core.types import Speech
from qa.text.english import MONTHS, SAYING, WEEKDAYS, small
from qa.text.sentences import spans

_WORDS = words_of("en")
_VERBS = "|".join((*SAYING, _WORDS["verbs"]))
_ROLE_NOUNS, _BODIES, _GROUPS = _WORDS["roles"], _WORDS["bodies"], _WORDS["groups"]
_NOT_NAMES = {word.capitalize() for word in (*small("opening"), *WEEKDAYS, *MONTHS)} | set(
    _WORDS["no_names"].split("|")
)
# Bounded, as a hostile text may have endless words.
_NAME_WORD = r"[A-Z][\w’'-]{0,40}\w|[A-Z]\."
_NAME = rf"(?:{_NAME_WORD})(?:\s(?:(?:al|bin|ibn|ul|ur|de|van|von|der|e|da|el)\s)?(?:{_NAME_WORD})){{0,5}}"
_TITLED = r"(?:(?:[A-Z][\w’'-]{0,40}|for|of|and|to|the)\s){0,7}?"
_OF = (
    r"(?:\s(?:of|for|to|at|on|in|and|the|[A-Z][\w’'-]{0,40}|[a-z]{1,40}(?=\s(?:affairs|development|planning|policy|"
    r"trade)\b)|"
    r"affairs|development|planning|trade|finance|defence|defense)){0,8}"
)
_ADVERB = rf"(?:\s(?:{_WORDS['adverbs']})){{0,2}}"
_LAST_ADVERBS = re.compile(rf"{_ADVERB}$")
_GROUP_WORDS = frozenset(_GROUPS.split("|"))
_SUBJECT_WORDS = {"office", "house", "release"}.union(
    *(_WORDS[name].split("|") for name in ("roles", "bodies", "affairs"))
)
_VERB = re.compile(rf"\b(?:{_VERBS})\b")
_PASSIVE = re.compile(rf"\b(?:{_WORDS['no_saying']})$")
_PRONOUN = re.compile(rf"\b(?P<pronoun>he|she|they)(?:{_ADVERB})$", re.IGNORECASE)
_AND_SAID = re.compile(r"(?:\band|,\s*and)(?:\salso)?$")
_ROLE_ALONE = re.compile(
    rf"\b(?P<role>(?:the|an?|his|her|its|their|one)\s(?:[\w’'-]{{1,40}}\s){{0,4}}?(?:{_ROLE_NOUNS}){_OF}){_ADVERB}$",
    re.IGNORECASE,
)
_BODY = re.compile(
    rf"\b(?P<body>(?:[Tt]he\s)?(?:[A-Z][\w’'-]{{0,40}}\s|[a-z]{{1,40}}\s){{0,4}}?(?:{_BODIES}){_OF}){_ADVERB}$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?P<group>(?:(?:the|both|two|three|some|all|"
    rf"many)\s){{0,2}}(?:[\w’'-]{{1,40}}\s){{0,2}}?(?:{_GROUPS})){_ADVERB}$",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    rf"(?P<name>{_NAME}),\s(?P<role>(?:[^,.;:“”\"]{{0,80}}?)\b(?:{_ROLE_NOUNS})\b[^,.;:“”\"]{{0,60}}),{_ADVERB}$"
)
_TITLED_NAME = re.compile(
    rf"(?P<role>(?:(?:[A-Z][\w’'-]{{0,40}}|for|of|and|the|its|his|her)\s){{0,6}}(?:{_ROLE_NOUNS})"
    rf"(?:\s(?:of|for)\s(?:[A-Z][\w’'-]{{0,40}}|and|of|the)(?:\s(?:of\s|and\s|the\s)?[A-Z][\w’'-]{{0,40}}?){{0,4}}?)?)"
    rf"\s(?P<name>{_NAME}){_ADVERB}$"
)
_NAMED = re.compile(rf"(?P<all>{_NAME}){_ADVERB}$")
_AFTER_SUBJECT = re.compile(
    rf"^\s(?P<all>(?:the\s(?:[a-z]{{1,40}}\s){{0,3}})?{_NAME})"
    rf"(?:,\s(?P<role>[^,.;:“”\"]{{0,80}}?\b(?:{_ROLE_NOUNS})\b[^,.;:“”\"]{{0,40}}))?"
)
_AFTER_PRONOUN = re.compile(r"^\s(?:he|she|they)\b")
_ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<who>(?:the|an?)\s[^,.;:“”]{{3,70}}|{_NAME}(?:{_OF}))")
_ROLE_PREFIX = re.compile(rf"^(?P<role>{_TITLED}(?:{_ROLE_NOUNS}){_OF}?)\s(?P<name>{_NAME})$", re.IGNORECASE)
_CAPITAL_ROLES = "|".join(role[0].upper() + role[1:] for role in _ROLE_NOUNS.split("|"))
_ROLE_THEN_NAME = re.compile(
    rf"\b(?P<role>(?:[A-Z][\w’'-]{{0,40}}\s|for\s|of\s|and\s){{0,6}}(?:{_CAPITAL_ROLES}|spokesperson|spokesman|"
    r"spokeswoman)"
    r"(?:\s(?:of|for)\s(?:[A-Z][\w’'-]{0,40}|and|of|the)(?:\s(?:of\s|and\s|"
    rf"the\s)?[A-Z][\w’'-]{{0,40}}?){{0,4}}?)?)\s(?P<name>{_NAME})"
)
_NAME_THEN_ROLE = re.compile(
    rf"(?P<name>{_NAME}),\s(?P<role>(?:the\s|a\s|"
    rf"an\s)?[^,.;:“”\"]{{0,60}}?\b(?:{_ROLE_NOUNS})\b[^,.;:“”\"]{{0,60}}),"
)
_ARTICLE = re.compile(r"^(?:.*\s)?[Tt]he\s(?=\S)")
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Prof|Sir|Madam)\.?\s")
_MAX_LEFT_CHARS = 160
_MAX_RIGHT_CHARS = 400
_NEAR_WORDS = 10  # Longer subjects are rare and slow: every pattern is tried at each word.

Who = tuple[str, str]  # speaker, role


def find_speech(
    body: str, sentences: Sequence[tuple[int, int]] | None = None, language: str | None = None
) -> tuple[Speech, ...]:
    """The sentences of a body that report what somebody said.

    Args:
        body: the text.
        sentences: its sentences, if they are known already.
        language: its ISO 639-1 code; English if None.
    """
    bounds = spans(body) if sentences is None else list(sentences)
    foreign = patterns_of((language or "en")[:2])
    if foreign is not None:
        return _in_language(body, bounds, foreign)
    starts = [start for start, _ in bounds]
    verbs: dict[int, list[int]] = {}
    for verb in _VERB.finditer(body):
        verbs.setdefault(bisect_right(starts, verb.start()) - 1, []).append(verb.start())
    for found in _ACCORDING.finditer(body):
        verbs.setdefault(bisect_right(starts, found.start()) - 1, [])
    if not verbs:
        return ()
    return tuple(_in_order(body, bounds, verbs, _EnglishRoster(body)))


def _in_order(
    body: str, bounds: Sequence[tuple[int, int]], verbs: dict[int, list[int]], roster: _EnglishRoster
) -> list[Speech]:
    found: list[Speech] = []
    quoting = False
    for at, (start, end) in enumerate(bounds):
        sentence = body[start:end]
        who = _speaker(body, start, end, verbs[at], roster) if at in verbs else None
        continues = quoting or sentence[:1] in '“"‘'
        if who is None and continues and roster.last is not None and found and found[-1].end >= start - 3:
            who = roster.last
        if who is not None:
            roster.last = who
            found.append(Speech(start, end, *who))
        quoting = (sentence.count("“") > sentence.count("”")) or (quoting and "”" not in sentence)
    return found


def _in_language(
    body: str, bounds: Sequence[tuple[int, int]], language: LanguagePatterns
) -> tuple[Speech, ...]:
    roster = Roster(language)
    opening, closing = language.marks
    found: list[Speech] = []
    quoting = False
    for start, end in bounds:
        sentence = body[start:end]
        who = roster.speaker(sentence)
        if who is None and found and found[-1].end >= start - 3 and (quoting or sentence.startswith(opening)):
            who = roster.last
        if who is not None:
            found.append(Speech(start, end, *who))
        quoting = sentence.count(opening) > sentence.count(closing) or (quoting and closing not in sentence)
    return tuple(found)


def _speaker(body: str, start: int, end: int, verbs: Sequence[int], roster: _EnglishRoster) -> Who | None:
    for verb in verbs:
        left = body[max(start, verb - _MAX_LEFT_CHARS) : verb].rstrip()
        who = _before(left, roster) or _after(body, verb, end, left, roster)
        if who is not None:
            return who
    named = _ACCORDING.search(body, start, end)
    return roster.complete(named["who"].strip()) if named else None


def _before(left: str, roster: _EnglishRoster) -> Who | None:
    """The subject that ends right before a verb of saying."""
    if _PRONOUN.search(left):
        return roster.last
    if _AND_SAID.search(left) or _PASSIVE.search(left):
        return None
    apposed = _APPOSITION.search(left) if "," in left[-30:] else None
    if apposed:
        return _clean(apposed["name"]), apposed["role"].strip()
    left = _LAST_ADVERBS.sub("", " ".join(left.split()[-_NEAR_WORDS:]))
    last = left.rpartition(" ")[2]
    if last.lower() in _GROUP_WORDS:
        group = _GROUP.search(left)
        return (group["group"], "") if group else None
    if not last[:1].isupper() and last.lower() not in _SUBJECT_WORDS:
        return None
    return _named(left, roster)


def _named(left: str, roster: _EnglishRoster) -> Who | None:
    """The person or body whose name or role is at a text's end."""
    titled = _TITLED_NAME.search(left)
    if titled and titled["name"].split()[0] not in _NOT_NAMES:
        return _clean(titled["name"]), titled["role"].strip()
    body = _BODY.search(left)
    if body:
        return _ARTICLE.sub("", body["body"]), ""
    named = _NAMED.search(left)
    if named:
        return roster.complete(named["all"])
    role = _ROLE_ALONE.search(left)
    return roster.complete(role["role"]) if role else None


def _after(body: str, verb: int, end: int, left: str, roster: _EnglishRoster) -> Who | None:
    """The subject of an inversion: “...,” said Sun Weidong, vice minister."""
    if not left.endswith(("”", '"', ",", "’")):
        return None
    stop = _VERB.match(body, verb)
    rest = body[(after := stop.end() if stop else verb) : min(end, after + _MAX_RIGHT_CHARS)]
    if _AFTER_PRONOUN.match(rest):
        return roster.last
    subject = _AFTER_SUBJECT.match(rest)
    if subject is None:
        return None
    if subject["role"]:
        return _clean(subject["all"]), subject["role"].strip()
    return roster.complete(subject["all"])


class _EnglishRoster:
    """The people of one text, by name and by role, and the last speaker."""

    def __init__(self, body: str) -> None:
        self.last: Who | None = None
        self._roles: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for pattern in (_ROLE_THEN_NAME, _NAME_THEN_ROLE):
            for found in pattern.finditer(body):
                self._learn(_clean(found["name"]), found["role"].strip())

    def complete(self, words: str) -> Who | None:
        """Speaker and role from the words of a subject; None if they name nobody."""
        words = _HONORIFIC.sub("", words.strip())
        if words.startswith(("The ", "the ")) and words[4:5].isupper():
            words = words[4:]
        titled = _ROLE_PREFIX.match(words)
        if titled and titled["name"].split()[0] not in _NOT_NAMES:
            return _clean(titled["name"]), titled["role"].strip()
        known = self._names.get(_role_key(words))
        if known:
            return known, words
        last_word = words.split()[-1]
        for name, role in self._roles.items():
            if name == words or (" " not in words and name.endswith(f" {last_word}")):
                return name, role
        if words.split()[0] in _NOT_NAMES and not words.startswith(("The ", "the ")):
            return None
        if words[:1].isupper() and not words.startswith("The "):
            return _clean(words), ""
        return words, words if re.search(rf"\b(?:{_ROLE_NOUNS})\b", words, re.IGNORECASE) else ""

    def _learn(self, name: str, role: str) -> None:
        if not name or name.split()[0] in _NOT_NAMES or len(role) > 80:
            return
        self._roles.setdefault(name, role)
        self._names.setdefault(_role_key(role), name)
        # "Vice Minister for Foreign Affairs of China" becomes "the vice minister" later in the text.
        self._names.setdefault(_role_key(re.split(r"\s(?:of|for|to|at)\s", role)[0]), name)


def _role_key(role: str) -> str:
    return re.sub(r"^(?:the|a|an|his|her|its|their|pakistan’s|pakistan's)\s", "", role.strip().lower())


def _clean(name: str) -> str:
    return _HONORIFIC.sub("", name.strip()).removesuffix("’s").removesuffix("'s")
