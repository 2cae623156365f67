"""Words that say the contrary of one another, how much of a kind is meant, and whether it is done yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.deeds import base_stems
from qa.news_verbs import base_stem
from qa.sentences import spans
from qa.stems import content
from qa.terms import terms

_PAIRS = tuple(
    tuple(frozenset(stem for word in side.split(",") for stem in terms(word)) for side in pair.split("/"))
    for pair in (
        "rise,increase,grow,climb,expand,gain,up/fall,decrease,shrink,drop,decline,reduce,contract,down "
        "open,reopen/close,shut accept,approve,endorse,welcome,adopt/reject,refuse,decline,veto,oppose,block "
        "pass/fail win/lose start,begin/end,finish,stop arrive/depart higher/lower,less more/fewer,less "
        "most/least,fewest "
        "best/worst largest,biggest/smallest longest/shortest highest/lowest oldest,eldest/newest,youngest "
        "success,successful/failure,unsuccessful alive/dead northern/southern north/south eastern/western "
        "east/west "
        "male,man/female,woman husband/wife son/daughter brother/sister father/mother king/queen "
        "public/private foreign/domestic victory/defeat married/divorced,unmarried early/late earlier/later "
        "above/below import/export guilty/innocent acquit/convict"
    ).split()
)
_ONLY = re.compile(r"\b(?:only|solely|exclusively|merely|purely|nothing\sbut|entirely|sole)\b", re.IGNORECASE)
_ONLY_TOLD = re.compile(
    r"\b(?:only|sole(?:ly)?|exclusively|merely|purely|just|alone|nothing\s(?:but|else)|no\sother|single|entirely|all"
    r"|whole|fully|completely|wholly|\w+['’]s\slast)\b",
    re.IGNORECASE,
)
_ONLY_THEN = re.compile(r"\s(?:in|on|at|after|when|if|since|until|a|one|\d)\b|\s?$")
_ALL = re.compile(
    r"\b(?:all(?:\sof)?\s(?:the|its|their|his|her)\s|every\s(?!year|month|day|week|hour|two|three|four|other)"
    r"|the\s(?:whole|entire)\s|everyone\b|everybody\b)",
    re.IGNORECASE,
)
_ALL_TOLD = re.compile(
    r"\b(?:all|every|each|whole|entire|everyone|everybody|both|no|none|not|any|always|never|nobody|total|full"
    r"|without\sexception|100)\b",
    re.IGNORECASE,
)
_DONE = r"(?:\b(?:has|have|had|was|were|is|are)\s(?:already\s|now\s|been\s|also\s)*)"
_DONE_VERB = re.compile(rf"{_DONE}(?P<verb>[a-z]+)\b")
_NOT_YET = re.compile(
    r"\b(?:may|might|could|would|will|shall|should|plan(?:s|ned)?\sto|hopes?\sto|wants?\sto|intends?\sto|aims?\sto"
    r"|(?:is|are)\s(?:\w+ed\s)?to|(?:proposed|expected|due|set|likely|scheduled|meant|ready|agreed|promised|vowed)\sto)"
    r"\s(?:also\s|then\s|soon\s|be\s|have\s|get\s|not\s)*(?P<verb>[a-z]+)\b"
)


def contrary(claim: str, text: str) -> tuple[str, ...]:
    """The words of a claim where the sentence nearest to it has their contrary, and not them."""
    mine = base_stems(claim)
    sentences = [text[start:end] for start, end in spans(text)]
    theirs = max(map(base_stems, sentences), key=lambda bases: len(bases & mine), default=frozenset[str]())
    wrong = []
    for one, other in _PAIRS:
        for said, told in ((one, other), (other, one)):
            if mine & said and theirs & told and not (mine & told or theirs & said):
                wrong += sorted(mine & said)
    return tuple(dict.fromkeys(wrong))


def overstated(claim: str, text: str) -> Iterator[str]:
    """Words by which a claim says more than a text: "only", "all", and what is done that is but planned."""
    for only in _ONLY.finditer(claim):
        if not _ONLY_TOLD.search(text) and not _ONLY_THEN.match(claim, only.end()):
            yield only[0]
    for every in _ALL.finditer(claim):
        if not _ALL_TOLD.search(text):
            yield every[0].strip()
    planned = {base_stem(found["verb"]) for found in _NOT_YET.finditer(text)}
    for done in _DONE_VERB.finditer(claim):
        stem = base_stem(done["verb"])
        if stem in planned and not _told_done(stem, text) and not _NOT_YET.search(claim):
            yield done[0]


def _told_done(stem: str, text: str) -> bool:
    """Whether a text has a verb outside of what is but planned."""
    rest = _NOT_YET.sub(" ", text)
    return stem in base_stems(rest) and bool(content(rest))
