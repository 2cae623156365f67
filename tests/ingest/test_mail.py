"""Mail: what a message carries comes under its own sender and day, and what is not read is named."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx
import pytest

from ingest.mail import read_mail
from ingest.values import Blob, Draft, Facts, Refusal
from tests.ingest.pages import PARAGRAPHS

STORY = "\n\n".join(PARAGRAPHS)


def message(text: str = "", html: str = "", subject: str = "Fwd: Look at this") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Date"] = "Desk <desk@desk.example>", "Tue, 27 Feb 2024 09:30:00 +0000"
    made["Subject"] = subject
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def read(made: EmailMessage) -> list[Blob | Draft | Refusal]:
    return list(read_mail(Blob("/x/a.eml", "a.eml", made.as_bytes())))


# Heads as Gmail, Outlook, Thunderbird and Apple Mail write them, in their readers' languages.
HEADS = [
    (
        "---------- Forwarded message ---------\nFrom: Press Office <press@ministry.example>\nDate: Sun, Jan 21, 2024 at 10:15 AM\n"
        "Subject: Ferry sinks\nTo: <desk@desk.example>\n"
    ),
    (
        "---------- Forwarded message ---------\nDe: Press Office <press@ministry.example>\nDate: dom, 21 ene 2024 a las 17:58\n"
        "Subject: Ferry sinks\nTo: Desk <desk@desk.example>\n"
    ),
    (
        "________________________________\nDe : Press Office <press@ministry.example>\nEnvoyé : dimanche 21 janvier 2024 16:17\n"
        "À : Desk <desk@desk.example>\nObjet : Ferry sinks\n"
    ),
    (
        "From: Press Office [mailto:press@ministry.example]\nSent: Sunday, January 21, 2024 3:34 PM\nTo: Desk <desk@desk.example>\n"
        "Subject: FW: Ferry sinks\n"
    ),
    (
        "-------- Message transféré --------\nSujet : \tFerry sinks\nDate : \tSun, 21 Jan 2024 17:38:47 +0200\n"
        "De : \tPress Office <press@ministry.example>\nPour : \tDesk <desk@desk.example>\n"
    ),
    (
        "Begin forwarded message:\n\nFrom: Press Office <press@ministry.example>\nSubject: Ferry sinks\nDate: 21 January 2024 at 10:15:00 GMT\n"
        "To: desk@desk.example\n"
    ),
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("as_html", [False, True])
def test_a_forwarded_message_has_its_own_sender_day_and_subject(head, as_html):
    text = f"For information.\n\n{head}\n{STORY}\n"
    lines = text.replace("<", "&lt;").replace(">", "&gt;").split("\n")
    html = f"<html><body>{'<br>'.join(lines)}</body></html>" if as_html else ""
    (found,) = read(message("" if as_html else text, html))
    assert isinstance(found, Draft)
    assert found.facts == Facts("Ferry sinks", "Press Office", "2024-01-21")
    assert found.text.startswith(PARAGRAPHS[0])
    assert "For information" not in found.text


def test_what_is_written_above_a_forwarded_message_stays_its_senders():
    above = "We hold that the ministry hides how many were aboard, and we shall ask it on Monday."
    found = read(message(f"{above}\n\n{HEADS[0]}\n{STORY}\n"))
    assert [each.facts.publisher for each in found if isinstance(each, Draft)] == ["Press Office", "Desk"]
    assert found[1].text == above  # type: ignore[union-attr]


def test_a_message_with_lines_that_only_look_like_a_head_is_one():
    text = f"Venue: harbour\nDate: 21 January 2024\nContact: Ann Lee\n\n{STORY}"
    (found,) = read(message(text, subject="Invitation"))
    assert isinstance(found, Draft)
    assert found.facts.title == "Invitation"


def test_attached_messages_and_documents_are_read_and_others_named():
    inner = message(STORY, subject="Ferry sinks")
    inner.replace_header("From", "Press Office <press@ministry.example>")
    inner.replace_header("Date", "Sun, 21 Jan 2024 10:15:00 +0500")
    outer = message("A note of the desk on the ferry that sank in the harbour on Sunday.")
    outer.add_attachment(inner)
    document = docx.Document()
    document.add_paragraph(STORY)
    out = io.BytesIO()
    document.save(out)
    outer.add_attachment(
        out.getvalue(), maintype="application", subtype="vnd.ms-word", filename="statement.docx"
    )
    outer.add_attachment(b"\x00\x01", maintype="application", subtype="vnd.ms-excel", filename="figures.xls")
    note, attached, word, left_out = read(outer)
    assert isinstance(note, Draft)
    assert note.facts.publisher == "Desk"
    assert isinstance(attached, Draft)
    assert (attached.facts.title, attached.facts.publisher) == ("Ferry sinks", "Press Office")
    assert attached.facts.published == "Sun, 21 Jan 2024 10:15:00 +0500"
    assert isinstance(word, Blob)
    assert (word.name, word.facts.publisher, word.facts.title) == ("statement.docx", "Desk", None)
    assert isinstance(left_out, Refusal)
    assert "'figures.xls'" in left_out.reason
    assert len({each.source if not isinstance(each, Refusal) else each.path for each in read(outer)}) == 4


def test_a_picture_inside_a_newsletter_is_no_fault():
    made = message(
        STORY,
        f"<html><body><img src='cid:logo'>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS)}</body></html>",
    )
    made.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>")  # type: ignore[union-attr,index]
    (found,) = read(made)
    assert isinstance(found, Blob)
    assert found.name == "message.html"
