"""Reads newsletters and press mails: .eml and .mbox, each message with its subject, sender and date.

Forwarded messages, with their own senders and days, and attachments become documents of their own.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import getaddresses
from typing import Any, cast

from ingest.forwarded import Inner, parted
from ingest.readers.formats import DOCUMENT_SUFFIXES, suffix
from ingest.values import Blob, Draft, Facts, Refusal
from qa.core.errors import RefusedError

MAIL_SUFFIXES = frozenset({".eml", ".mbox"})
_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg)\s{0,3}+:\s{0,3}+){1,10}", re.IGNORECASE)
_BETWEEN = re.compile(rb"^From [^\n]*+\n", re.MULTILINE)
_MAX_MESSAGE_BYTES = 30_000_000
# Elements that begin or end a line.
_LINES = "br", "p", "div", "tr", "li", "blockquote", "hr", "h1", "h2", "h3"
_MAX_DEPTH = 5
_MAX_HEADER_CHARS = 1_000
_FEWEST_WORDS = 8  # "For your information" above a forwarded message is no document.


class _Bounded(EmailPolicy):
    """Headers of bounded length, as Python's parser of headers is quadratic and recursive."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:_MAX_HEADER_CHARS])


_POLICY = _Bounded()


def read_mail(blob: Blob) -> Iterator[Blob | Draft | Refusal]:
    """The messages of a mailbox or an .eml file, with forwarded messages and attachments."""
    if blob.name.lower().endswith(".mbox") and blob.path is not None:
        box = mailbox.mbox(blob.path, create=False)
        try:
            for number, key in enumerate(box.iterkeys(), 1):
                yield from _message(blob, f"{blob.source}#{number}", box.get_bytes(key))
        finally:
            box.close()
    elif blob.name.lower().endswith(".mbox"):
        parts = _BETWEEN.split(blob.bytes())
        for number, part in enumerate((part for part in parts if part.strip()), 1):
            yield from _message(blob, f"{blob.source}#{number}", part)
    else:
        yield from _message(blob, blob.source, blob.bytes())


def _message(blob: Blob, place: str, data: bytes) -> Iterator[Blob | Draft | Refusal]:
    try:
        if len(data) > _MAX_MESSAGE_BYTES:
            raise RefusedError(f"The message is larger than {_MAX_MESSAGE_BYTES / 1e6:,.0f} MB.")
        message = cast(EmailMessage, message_from_bytes(data, policy=_POLICY))
        number = str(message.get("message-id") or "").strip().strip("<>")
        source = place if place == blob.source or not number else f"{blob.source}#{number}"
        yield from _parts(blob, source, message, 0)
    except RefusedError as error:
        yield Refusal(place, str(error))
    except Exception as error:  # The mail parser raises many kinds of errors over broken headers.
        yield Refusal(place, f"It is no readable message ({type(error).__name__}).")


def _parts(blob: Blob, source: str, message: EmailMessage, depth: int) -> Iterator[Blob | Draft | Refusal]:
    """A message's own text, the messages in it, and its attachments."""
    if depth > _MAX_DEPTH:
        raise RefusedError("Messages are nested too deeply in it.")
    facts = _facts(message)
    found: list[Blob | Draft | Refusal] = [*_texts(blob, source, message, facts)]
    for number, part in enumerate(message.iter_attachments(), 1):
        found += _attached(blob, f"{source}!{number}", part, facts, depth)
    if not found:
        raise RefusedError("The message has no text.")
    yield from found


def _texts(blob: Blob, source: str, message: EmailMessage, facts: Facts) -> Iterator[Blob | Draft]:
    plain, html = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    page = _text(html) if html is not None else ""
    written = _text(plain) if plain is not None else ""
    text = (written if written.strip() else _lines_of(page)).replace("\r\n", "\n")
    own, inner = parted(text)
    for number, each in enumerate(inner, 1):
        if each.text:
            yield _inner(blob, f"{source}!{number}", each)
    if page.strip() and not inner:
        yield Blob(source, "message.html", page.encode(), None, facts, "text/html", blob.inside, sure=True)
    elif len(own.split()) >= (_FEWEST_WORDS if inner else 1):
        yield Draft(source, "message.txt", own, facts, copied=True)


def _inner(blob: Blob, source: str, each: Inner) -> Draft:
    title = _PREFIX.sub("", each.subject or "", count=1).strip() or None
    return Draft(source, "message.txt", each.text, Facts(title, each.sender, each.published), copied=True)


def _attached(
    blob: Blob, source: str, part: EmailMessage, facts: Facts, depth: int
) -> Iterator[Blob | Draft | Refusal]:
    """An attachment as a document; pictures inside a page are skipped, other attachments are refused."""
    name = part.get_filename() or ""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        yield from _parts(blob, source, cast(EmailMessage, inner), depth + 1)
    elif suffix(name) in DOCUMENT_SUFFIXES or part.get_content_type() == "application/pdf":
        data = part.get_payload(decode=True)
        known = replace(facts, title=None)
        kind = part.get_content_type()
        yield Blob(source, name or "attached.pdf", cast(bytes, data), None, known, kind, inside=True)
    elif part.get("content-id") is None or part.get_content_disposition() == "attachment":
        what = f"{name!r}, of the type {part.get_content_type()}," if name else part.get_content_type()
        yield Refusal(source, f"The attachment {what} is of a kind that is not read; it was left out.")


def _lines_of(page: str) -> str:
    """The lines of an HTML message, roughly, to find messages in it."""
    if not page.strip():
        return ""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for element in tree.iter(*_LINES):
        element.text = f"\n{element.text or ''}" if element.tag != "br" else None
        element.tail = f"\n{element.tail or ''}"
    return "\n".join(" ".join(line.split()) for line in "".join(tree.itertext()).split("\n"))


def _text(body: Message) -> str:
    try:
        return str(cast(EmailMessage, body).get_content())
    except (LookupError, UnicodeError):
        payload = body.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _facts(message: EmailMessage) -> Facts:
    senders = getaddresses([str(message.get("from", ""))])
    name, address = senders[0] if senders else ("", "")
    subject = " ".join(_PREFIX.sub("", str(message.get("subject", "")), count=1).split())
    return Facts(
        title=subject or None,
        publisher=name.strip() or address.rpartition("@")[2] or None,
        published=str(message.get("date", "")) or None,
    )
