"""Whether a text gives the cause that a claim gives: that two things are told together is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.sentences import spans
from qa.stems import content

# In a claim: words that can mean nothing else.
_BECAUSE = re.compile(
    r"\b(?:because(?:\sof)?|due\sto|owing\sto|as\sa\s(?:result|consequence)\sof|on\saccount\sof|thanks\sto"
    r"|caused\sby|attributed\sto)\b",
    re.IGNORECASE,
)
_THEREFORE = re.compile(
    r"\b(?:led\sto|leads\sto|resulted\sin|results\sin|caused(?!\sby)|and\stherefore|,\sso)\b", re.IGNORECASE
)
# In a text also words that only may: what comes after it was, to a reader, often the reason.
_CAUSE_FOLLOWS = re.compile(
    r"\b(?:because(?:\sof)?|due\sto|owing\sto|as|since|after|following|when|amid|given|on\saccount\sof|in\sview\sof"
    r"|thanks\sto|blam(?:ed|es|ing)\s(?:[\w’'-]+\s){1,6}?on|blam(?:ed|es|ing)(?=.*\sfor\s)|result\sof|consequence\sof|reasons?(?:\s(?:is|was|were))?|attributed\sto"
    r"|stem(?:s|med|ming)?\sfrom|in\sresponse\sto|in\sprotest\s(?:at|over)|over|\w+ed\sby|held\sup\sby|for|with|without"
    r"|once|unless|citing|so\sthat|in\sorder\sto)\b",
    re.IGNORECASE,
)
_CAUSE_PRECEDES = re.compile(
    r"\b(?:so|therefore|thus|hence|led\sto|leading\sto|result(?:ed|ing|s)?\sin|caus(?:ed|ing|es)(?!\sby)"
    r"|forc(?:ed|ing|es)|prompt(?:ed|ing|s)|which\sis\swhy|that\sis\swhy|meant|means|mean|contribut\w+|made|makes"
    r"|(?:prevent|delay|kept|keeps|stopp)(?:ed|s|ing)?(?=\s(?:the|it|them|all|a)\b)|and\sas\sa\sresult|consequently)\b",
    re.IGNORECASE,
)
_SHARE_OF_CAUSE = 0.5


def unsaid_causes(claim: str, text: str) -> tuple[str, ...]:
    """The causes that a claim gives and a text doesn't, worded as in the claim."""
    return tuple(cause for cause in _causes(claim) if not _gives(cause, claim, text))


@lru_cache(maxsize=4_096)
def _causes(claim: str) -> tuple[str, ...]:
    found = []
    for cue in _BECAUSE.finditer(claim):
        found.append(
            claim[cue.start() :].rstrip(" .") if cue.start() else claim.rstrip(" .").partition(",")[0]
        )
    for cue in _THEREFORE.finditer(claim):
        found.append(claim[: cue.end()])
    return tuple(found)


def _gives(cause: str, claim: str, text: str) -> bool:
    effect = content(claim.replace(cause, " "))
    wanted = content(_THEREFORE.sub(" ", _BECAUSE.sub(" ", cause))) - effect
    if not wanted:
        return True
    return any(len(wanted & told) >= _SHARE_OF_CAUSE * len(wanted) for told in _told(text))


@lru_cache(maxsize=4_096)
def _told(text: str) -> tuple[frozenset[str], ...]:
    """What a text gives as a cause, as far as words tell: the stems of each."""
    return tuple(stems for start, end in spans(text) for stems in _of_sentence(text[start:end]))


def _of_sentence(sentence: str) -> Iterator[frozenset[str]]:
    for cue in _CAUSE_FOLLOWS.finditer(sentence):
        rest = sentence[cue.end() :]
        # "Because snow fell, the pass was closed": then the cause ends at the comma.
        rest = rest.partition(",")[0] if cue.start() < 2 else rest
        effect = _CAUSE_PRECEDES.search(rest)
        yield content(rest[: effect.start()] if effect else rest)
    for cue in _CAUSE_PRECEDES.finditer(sentence):
        yield content(sentence[: cue.start()])
