"""The type of a document: official statement, news report or opinion; and who issued a statement."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.values import Facts
from qa.core.types import Kind
from qa.text.english import patterns

_WORDS = patterns(__name__)
_OPINION_SECTION = re.compile(rf"\b(?:{_WORDS['opinion_sections']})\b", re.IGNORECASE)
_OPINION_TITLE = re.compile(rf"^(?:{_WORDS['opinion_titles']})\s*[:|–—-]", re.IGNORECASE)
_FIRST_PERSON = re.compile(rf"\b(?:{_WORDS['first_person']})\b")
_OFFICIAL_HOST = re.compile(
    rf"(?:^|\.)(?:{_WORDS['official_hosts']})(?:\.[a-z]{{2,3}})?$|\.europa\.eu$|(?:^|\.)un\.org$",
    re.IGNORECASE,
)
_BODY = rf"(?:{_WORDS['bodies']})"
_OFFICIAL_PUBLISHER = re.compile(
    rf"^(?:the )?(?:[\w.'’-]+ ){{0,5}}?{_BODY}\b(?! (?:{_WORDS['papers']}))|"
    rf"^(?:{_WORDS['acronyms']})\b|{_WORDS['banks']}",
    re.IGNORECASE,
)
_OFFICIAL_TITLE = re.compile(
    rf"^(?:{_WORDS['official_titles']})\b|\b(?:{_WORDS['official_endings']})\b[^.]{{0,40}}$", re.IGNORECASE
)
_OFFICIAL_TEXT = re.compile(
    rf"^\W{{0,20}}(?:{_WORDS['official_texts']})\b|^(?:no\.|pr no\.?)\s*\d+/\d{{4}}",
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
    """The type of a document, from its publisher, section, address, headline and wording."""
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
    """The body that issued an official statement, or the agency of a report."""
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
