"""Word: the text that Word shows with its changes taken, in its order; what is not read is said."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.values import Prepared
from tests.ingest.pages import PARAGRAPHS, TITLE

NAMES = nsdecls("w") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = (
    "<w:txbxContent><w:p><w:r><w:t>The box says that all ferries are safe.</w:t></w:r></w:p></w:txbxContent>"
)
NOTES = f"""<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>Counted by the harbour master in March.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def made(*elements: str, document=None) -> bytes:
    """A Word file with these elements after a headline, before the paragraphs of a story."""
    document = document or docx.Document()
    document.add_heading(TITLE, 1)
    for xml in elements:
        first, _, rest = xml.partition(">")
        element = parse_xml(f"{first} {NAMES}>{rest}")
        document.element.body.insert(len(document.element.body) - 1, element)
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            f'<w:p>{run("The ministry did ")}<w:ins w:id="1" w:author="a">{run("not ")}</w:ins>{run("sign.")}</w:p>',
            "The ministry did not sign.",
        ),
        (
            f'<w:p>{run("It cost ")}<w:del w:id="1" w:author="a"><w:r><w:delText>62</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="a">{run("46")}</w:ins>{run(" million dollars.")}</w:p>',
            "It cost 46 million dollars.",
        ),
        (
            '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>' + run("The two ") + "</w:p>",
            "The two " + PARAGRAPHS[0],
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('A block in a control.')}</w:p></w:sdtContent></w:sdt>", "A block in a control."),
        (
            f"<w:p>{run('Signed on ')}<w:sdt><w:sdtContent>{run('6 November 2025')}</w:sdtContent></w:sdt>{run('.')}</w:p>",
            "Signed on 6 November 2025.",
        ),
        (
            f'<w:p>{run("See ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF _x</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("annex B")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            f'<w:fldSimple w:instr="PAGE">{run(" of the treaty.")}</w:fldSimple></w:p>',
            "See annex B of the treaty.",
        ),
        (f'<w:p><w:hyperlink w:anchor="a">{run("A linked sentence.")}</w:hyperlink></w:p>', "A linked sentence."),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "The box says that all ferries are safe.",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('Port')}</w:p><w:p>{run('Harbour')}</w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p>{run('May')}</w:p></w:tc>"
            f"<w:tc><w:p>{run('26')}</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
            "Port; Harbour | May | 26",
        ),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('A framed paragraph.')}</w:p></w:tc></w:tr></w:tbl>", "A framed paragraph."),
        (
            f'<w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>Season</w:t></w:r></w:p></w:tc>'
            f"<w:tc><w:p>{run('Sailings')}</w:p></w:tc></w:tr></w:tbl>",
            "Season | Sailings",
        ),
    ],
)  # fmt: skip
def test_the_text_that_word_shows(take, xml, text):
    body = take("a.docx", made(xml)).article.body
    assert body.count(text) == 1
    assert "62" not in body or "46" not in text


def test_what_is_left_out_is_said(take):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ministry of Ports"
    document.add_comment(document.add_paragraph("A remark. ").runs, text="Check this figure.")
    gone = '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>It was denied.</w:delText></w:r></w:del></w:p>'
    article = take("a.docx", made(gone, document=document)).article
    said = {each.text: each.reason for each in article.stripped}
    assert said["It was denied."] == "deleted in a tracked change"
    assert said["Ministry of Ports"] == "a page's head or foot"
    assert said["Check this figure."] == "a comment"
    assert not any(text in article.body for text in said)


def test_footnotes_stand_after_the_text(take):
    data = made(f"<w:p>{run('There were 26 sailings.')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>")
    packed = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rId900" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                content = content.replace(b"</Relationships>", link.encode())
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", NOTES)
    body = take("a.docx", packed.getvalue()).article.body
    assert body.endswith("Counted by the harbour master in March.")


def test_the_day_of_a_letterhead_is_taken(take):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "6 November 2025"
    taken: Prepared = take("a.docx", made(document=document))
    assert str(taken.article.published) == "2025-11-06"
