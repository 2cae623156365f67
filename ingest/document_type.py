"""What a document is: an official statement, a news report or opinion; and whose statement."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.values import Facts
from qa.core.types import Kind

_OPINION_SECTION = re.compile(
    r"\b(?:opinions?|editorials?|comment|commentary|columns?|columnists?|op-?eds?|blogs?|letters|viewpoints?|"
    r"perspectives?|analysis)\b",
    re.IGNORECASE,
)
_OPINION_TITLE = re.compile(
    r"^(?:opinion|editorial|comment|commentary|op-?ed|analysis|view|column)\s*[:|–—-]", re.IGNORECASE
)
_FIRST_PERSON = re.compile(
    r"\b(?:I (?:think|believe|argue|suspect|would|am|was|have)|in my (?:view|opinion)|my own)\b"
)
_OFFICIAL_HOST = re.compile(
    r"(?:^|\.)(?:gov|gob|gouv|go|mil|gc|govt)(?:\.[a-z]{2,3})?$|\.europa\.eu$|(?:^|\.)un\.org$", re.IGNORECASE
)
_BODY = (
    r"(?:ministry|department|office|embassy|consulate|government|cabinet|secretariat|state council|"
    r"authority|commission|"
    r"parliament|senate|national assembly|central bank|state bank|supreme court|high commission|foreign "
    r"office|"
    r"prime minister['’]s office|white house|downing street|united nations|european union|inter services "
    r"public relations|"
    r"press information (?:department|bureau)|armed forces|police)"
)
_OFFICIAL_PUBLISHER = re.compile(
    rf"^(?:the )?(?:[\w.'’-]+ ){{0,5}}?{_BODY}\b(?! (?:times|post|news|daily|journal|gazette))|"
    r"^(?:MOFA|ISPR|PID|PIB|PMO|IMF|UN|NDRC|MFA)\b|international monetary fund|world bank|asian "
    r"development bank",
    re.IGNORECASE,
)
_OFFICIAL_TITLE = re.compile(
    r"^(?:press release|press statement|joint (?:press )?(?:statement|communiqu[eé]|declaration)|read-?out|"
    r"statement (?:by|on|from)|"
    r"remarks (?:by|of)|transcript of|communiqu[eé]|fact sheet|official statement)\b|\b(?:press release|"
    r"joint statement|"
    r"joint communiqu[eé]|read-?out)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_OFFICIAL_TEXT = re.compile(
    r"^\W{0,20}(?:press release|for immediate release|official statement|press statement)\b|^(?:no\.|pr "
    r"no\.?)\s*\d+/\d{4}",
    re.IGNORECASE | re.MULTILINE,
)
_ISSUED_BY = re.compile(
    r"\b(?:issued|released|published) by (?:the )?"
    rf"(?P<body>(?-i:(?:[A-Z][\w'’-]+ ){{0,4}}?)(?:{_BODY})(?: (?:of|"
    r"for) (?:the )?(?-i:[A-Z][\w'’-]+(?:(?: and| of| the)? [A-Z][\w'’-]+){0,4}))?)",
    re.IGNORECASE,
)
_HEAD_CHARS = 600


def document_type(facts: Facts, title: str, publisher: str | None, body: str) -> Kind:
    """What a document is, from publisher, section, address, headline and wording."""
    if facts.kind:
        return facts.kind
    path = urlsplit(facts.url or "").path.replace("-", " ").replace("/", " ")
    head = body[:_HEAD_CHARS]
    if _OPINION_TITLE.match(title) or (facts.section and _OPINION_SECTION.search(facts.section)):
        return "opinion"
    if _is_official(facts, publisher) or _OFFICIAL_TITLE.search(title) or _OFFICIAL_TEXT.search(head[:200]):
        return "official"
    if _OPINION_SECTION.search(path) or len(_FIRST_PERSON.findall(_unquoted(body))) >= 3:
        return "opinion"
    return "report"


def issuer_of(kind: Kind, publisher: str | None, agency: str | None, body: str) -> str | None:
    """The body that issued an official statement, or the agency whose wire story a report is."""
    if kind == "official":
        if publisher and _OFFICIAL_PUBLISHER.search(publisher):
            return publisher
        issued = _ISSUED_BY.search(body[:_HEAD_CHARS]) or _ISSUED_BY.search(body[-_HEAD_CHARS:])
        return issued["body"].strip() if issued else publisher
    return agency


def _is_official(facts: Facts, publisher: str | None) -> bool:
    host = urlsplit(facts.url or "").hostname or ""
    return bool(_OFFICIAL_HOST.search(host)) or bool(publisher and _OFFICIAL_PUBLISHER.search(publisher))


def _unquoted(body: str) -> str:
    return re.sub(r"[“\"][^“”\"]{0,2000}[”\"]", "", body)
