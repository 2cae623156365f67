"""Answers as text: every citation number has its source under the answer."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from lxml import html
from markdown_it import MarkdownIt
from pypdfium2 import PdfDocument
from test_conversations import CITATION, EXCHANGE

from qa.core.types import Claim, Disagreement, Side, Step
from qa.web import export, export_html, export_pdf, fonts
from qa.web.conversations import Exchange


def test_markdown_has_a_note_for_each_number() -> None:
    text = export.markdown(EXCHANGE)
    assert set(re.findall(r"\[(\d+)\](?!:)", text)) == set(re.findall(r"^\[(\d+)\]:", text, re.M))
    assert "> A quote." in text
    assert "21 January 2024" in text


def test_plain_text_carries_the_quote() -> None:
    assert "[1] “Title”, Desk, 21 January 2024: “A quote.”" in export.plain(EXCHANGE)


def test_bibtex_survives_odd_titles() -> None:
    odd = _titled("100% of {A & B} cost $5_000 #1")
    text = export.bibtex(odd)
    assert r"{{100\% of A \& B cost \$5\_000 \#1}}" in text
    assert text.count("{") == text.count("}")


def test_ris_begins_and_ends_a_record() -> None:
    lines = export.ris(EXCHANGE).splitlines()
    assert lines[0] == "TY  - NEWS"
    assert lines[-1] == "ER  - "
    assert "DA  - 2024/01/21" in lines


@pytest.mark.parametrize("form", list(export.FORMS))
def test_a_refusal_can_be_copied_too(form: str) -> None:
    refused = Exchange("Who?", dt.datetime.now(dt.UTC), "not_in_library", text="The library does not say.")
    assert isinstance(export.FORMS[form](refused), str)


def test_markdown_loads_no_picture_and_links_nothing_that_a_document_says() -> None:
    said = "![x](https://a.example/p.png) <img src=x> [y](javascript:1) www.a.example a@b.example\n# Head"
    cited = replace(CITATION, quote=said, title=said)
    exchange = replace(EXCHANGE, question=said, claims=(Claim(f"{said} [1]", "supported", (), (cited,)),))
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(export.markdown(exchange))
    assert html.fromstring(f"<div>{shown}</div>").xpath("//img | //a | //h1 | //script") == []
    assert "://" not in export.markdown(exchange)
    assert "www.a" not in export.markdown(exchange)


HOSTILE = '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(2)>'
URDU = "چوتھا اجلاس اسلام آباد میں ہوا۔"
CHINESE = "第四次会议在伊斯兰堡举行。"


def test_a_page_runs_nothing_and_shows_everything_as_text() -> None:
    hostile = replace(
        _quoting(HOSTILE),
        question=HOSTILE,
        disagreements=(Disagreement(HOSTILE, (Side(HOSTILE, CITATION),)),),
        steps=(Step(HOSTILE, HOSTILE, (CITATION,)),),
        advice=(HOSTILE,),
    )
    page = html.fromstring(export_html.page(HOSTILE, [hostile]))
    assert page.xpath("//script | //img | //@onerror") == []
    assert page.xpath("//h1")[0].text == HOSTILE
    assert page.xpath("//blockquote")[0].text == HOSTILE
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_every_mark_of_a_page_leads_to_its_quote() -> None:
    page = html.fromstring(export_html.page("Two", [_quoting(URDU), _quoting(CHINESE)]))
    places = {each.get("id"): each for each in page.xpath("//li[@id]")}
    marks = page.xpath("//sup/a/@href")
    assert len(marks) == 2
    assert [places[mark[1:]].xpath("string(blockquote)") for mark in marks] == [URDU, CHINESE]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(address: str) -> None:
    cited = replace(CITATION, url=address)
    exchange = replace(EXCHANGE, claims=(Claim("They met. [1]", "supported", (), (cited,)),))
    assert address not in html.fromstring(export_html.page("One", [exchange])).xpath("//a/@href")


def test_a_pdf_has_urdu_and_chinese_where_the_machine_has_their_letters() -> None:
    fonts_there, missing = fonts.covering(URDU + CHINESE)
    if not fonts_there or missing:
        pytest.skip("this machine has no fonts for Urdu and Chinese; install fonts-noto")
    document = PdfDocument(export_pdf.document("Two", [_quoting(URDU), _quoting(CHINESE)]))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert CHINESE in text
    assert set(URDU) - set(text) == set()
    assert "left out" not in text


def test_a_pdf_says_which_letters_no_font_has() -> None:
    if not fonts.any_there():
        pytest.skip("this machine has no fonts")
    unknown = "\U0001fbf9\U000e0141"
    assert fonts.covering(unknown)[1]
    document = PdfDocument(export_pdf.document("Odd", [_quoting(unknown)]))
    assert "U+E0141" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("form", list(export.CONVERSATION_FORMS))
def test_all_that_was_shown_is_exported(form: str) -> None:
    corrected = replace(
        EXCHANGE,
        outcome="not_in_library",
        corrections=(Claim("The third met by video. [1]", "supported", (), (CITATION,)),),
        disagreements=(
            Disagreement("the cost", (Side("46 billion", CITATION), Side("62 billion", CITATION))),
        ),
        steps=(Step("What did it cost?", "46 billion [1]", (CITATION,)),),
    )
    if form == "PDF" and not fonts.any_there():
        pytest.skip("this machine has no fonts")
    written = export.CONVERSATION_FORMS[form][1]("Costs", [corrected])
    if isinstance(written, bytes):
        written = "".join(page.get_textpage().get_text_range() for page in PdfDocument(written))
    for said in (
        "Who met?",
        "The third met by video",
        "46 billion",
        "62 billion",
        "What did it cost?",
        "A quote.",
    ):
        assert said in written


def test_every_quote_of_a_source_stands_under_it() -> None:
    other = replace(CITATION, quote="Another quote.", start=20, end=34)
    claims = (EXCHANGE.claims[0], Claim("And left. [1]", "supported", (), (other,)))
    text = export.markdown(replace(EXCHANGE, text="They met. [1] And left. [1]", claims=claims))
    assert text.count("[1]: ") == 1
    assert "> A quote." in text
    assert "> Another quote." in text


def test_a_quote_keeps_its_mark_whatever_number_it_was_cited_by() -> None:
    again = Step("When?", "Then [4]", (replace(CITATION, number=4, speaker="the minister"),))
    page = html.fromstring(export_html.page("One", [replace(EXCHANGE, steps=(again,))]))
    assert page.xpath("//sup/a/@href") == ["#a1-1", "#a1-1"]


def _quoting(text: str) -> Exchange:
    cited = replace(CITATION, quote=text, title=text)
    said = f"{text} [1]"
    return replace(EXCHANGE, question=text, text=said, claims=(Claim(said, "supported", (), (cited,)),))


def _titled(title: str) -> Exchange:
    citation = replace(CITATION, title=title)
    return replace(EXCHANGE, claims=(Claim("They met. [1]", "supported", (), (citation,)),))
