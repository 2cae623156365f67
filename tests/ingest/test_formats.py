"""Every format, from files as the software that people use makes them.

`made()` gives one article as each program writes it; what comes out must be the article.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import mailbox
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.values import Options
from qa.store.library import Library
from tests.ingest.pages import DEBRIS, HEAD, PARAGRAPHS, TITLE, pages

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"
)
LIBREOFFICE = Path(__file__).parent / "libreoffice"
"""`PRINTED` as LibreOffice 7.4 saved it: as Word, as PDF, and as PDF with the password "secret"."""
RECORD = {
    "title": TITLE,
    "body": "\n\n".join(PARAGRAPHS),
    "published": "2024-11-12",
    "publisher": "The Harbour Gazette",
}
PRINTED = f"<html><head>{HEAD}</head><body><h1>{TITLE}</h1><p>12 November 2024</p>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS)}</body></html>"


def printed(source: Path) -> Path:
    """Prints a page to PDF with Chromium."""
    assert CHROMIUM
    target = source.with_suffix(".pdf")
    subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=200,
    )
    return target


def scanned(source: Path) -> Path:
    """A page as pictures in a PDF, as a scanner makes it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(printed(source))
    images = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    target = source.parent / "scan" / "scan.pdf"
    target.parent.mkdir()
    images[0].save(target, save_all=True, append_images=images[1:])
    return target


def the_article(settings, path: Path, options: Options = Options()):
    """The one article of a file, whole."""
    report = ingest([str(path)], settings, options)
    assert not report.refused
    (article,) = Library(settings.library).articles()
    missing = [text for text in PARAGRAPHS if " ".join(text.split()) not in " ".join(article.body.split())]
    assert not missing
    return article


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"Fwd: {TITLE}"
    message["From"] = "The Harbour Gazette <news@harbour.example>"
    message["Date"] = "Tue, 12 Nov 2024 09:30:00 +0500"
    message["Message-ID"] = "<1@harbour.example>"
    message.set_content("\n\n".join(PARAGRAPHS))
    message.add_alternative(
        f"<html><body><h1>Daily letter</h1>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS)}</body></html>",
        subtype="html",
    )
    return message


def write_json(folder: Path) -> Path:
    path = folder / "a.json"
    path.write_text(
        json.dumps(
            {
                "status": "ok",
                "articles": [
                    {
                        "headline": TITLE,
                        "content": RECORD["body"],
                        "publishedAt": "2024-11-12T09:30:00Z",
                        "source": {"name": "The Harbour Gazette"},
                    }
                ],
            }
        )
    )
    return path


def write_csv(folder: Path) -> Path:
    path = folder / "a.csv"
    with path.open("w", newline="") as stream:
        rows = csv.DictWriter(stream, RECORD)
        rows.writeheader()
        rows.writerow(RECORD)
    return path


def write_jsonl(folder: Path) -> Path:
    path = folder / "a.jsonl"
    path.write_text(json.dumps(RECORD) + "\n")
    return path


def write_eml(folder: Path) -> Path:
    path = folder / "a.eml"
    path.write_bytes(mail().as_bytes())
    return path


def write_mbox(folder: Path) -> Path:
    box = mailbox.mbox(folder / "a.mbox")
    box.add(mail())
    box.close()
    return folder / "a.mbox"


def write_zip(folder: Path) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deep/in/a.jsonl", json.dumps(RECORD))
        archive.writestr("picture.png", b"no document")
    return path


def write_tar(folder: Path) -> Path:
    path = folder / "a.tar.gz"
    data = PRINTED.encode()
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return path


def write_warc(folder: Path) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = folder / "a.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, kind, data in (
            ("https://harbour.example/ferry", "text/html", PRINTED.encode()),
            ("https://harbour.example/x.png", "image/png", b"x"),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=headers)
            )
    return path


def write_html(folder: Path) -> Path:
    path = folder / "a.html"
    path.write_text(pages()[13].html)
    return path


def write_markdown(folder: Path) -> Path:
    path = folder / "a.md"
    path.write_text(f"# {TITLE}\n\nBy Sana Mirza\n\n12 November 2024\n\n" + "\n\n".join(PARAGRAPHS))
    return path


WRITERS: list[Callable[[Path], Path]] = [
    write_json,
    write_csv,
    write_jsonl,
    write_eml,
    write_mbox,
    write_zip,
    write_tar,
    write_warc,
    write_html,
    write_markdown,
]


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__.removeprefix("write_"))
def test_formats_that_hold_text(settings, tmp_path, write):
    article = the_article(settings, write(tmp_path))
    assert article.title == TITLE
    assert article.published == date(2024, 11, 12)
    if write is not write_markdown:
        assert article.publisher == "The Harbour Gazette"


@pytest.mark.parametrize("name", ["article.docx", "article.pdf"])
def test_libreoffice(settings, name):
    article = the_article(settings, LIBREOFFICE / name)
    assert article.title == TITLE
    assert article.published == date(2024, 11, 12)


@needs_chromium
@pytest.mark.slow
def test_chromium_prints_a_page_of_several_sheets(settings, tmp_path):
    source = tmp_path / "a.html"
    filler = "".join(
        f"<p>Paragraph {at} of the annex says that the ferry left on time and that nobody was late.</p>"
        for at in range(80)
    )
    source.write_text(PRINTED.replace("</body>", filler + "</body>"))
    article = the_article(settings, printed(source))
    assert article.title == TITLE
    assert len(article.pages) > 1
    assert article.page(0) == 1
    assert article.page(len(article.body) - 1) == len(article.pages)
    assert all(f"Paragraph {at} of the annex" in article.body for at in range(80))


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 3, 7, 14])
def test_a_printed_page_loses_what_stood_around_its_article(settings, tmp_path, number):
    source = tmp_path / "a.html"
    source.write_text(pages()[number].html)
    article = the_article(settings, printed(source))
    assert [each for each in DEBRIS if each in article.body] == []
    assert article.body.startswith("KARACHI: ")
    assert article.published == (date(2024, 11, 12) if "<time" in pages()[number].html else None)


@needs_chromium
@pytest.mark.slow
def test_two_columns_are_read_one_after_the_other(settings, tmp_path):
    source = tmp_path / "a.html"
    columns = "".join(f"<p>{each}</p>" for each in PARAGRAPHS * 3)
    source.write_text(
        f"<html lang=en><head><style>.c{{columns:2;text-align:justify;hyphens:auto}}</style></head><body><h1>{TITLE}</h1><div class=c>{columns}</div></body></html>"
    )
    article = the_article(settings, printed(source))
    body = " ".join(article.body.split())
    assert [body.index(each) for each in PARAGRAPHS] == sorted(body.index(each) for each in PARAGRAPHS)


@needs_chromium
@pytest.mark.slow
def test_running_heads_and_page_numbers_are_left_out(settings, tmp_path):
    """Chromium itself prints the time, the title, the address and "3/4" on each page."""
    source = tmp_path / "a.html"
    filler = "".join(
        f"<p>Paragraph {at} of the report says that the ferry left on time.</p>" for at in range(90)
    )
    source.write_text(PRINTED.replace("</body>", filler + "</body>"))
    article = the_article(settings, printed(source))
    assert len(article.pages) > 2
    assert "a.html" not in article.body
    assert article.title not in article.body
    assert not re.search(r"\d/\d", article.body)


@needs_chromium
@pytest.mark.slow
def test_a_scanned_page_is_refused_or_read_by_tesseract(settings, tmp_path):
    source = tmp_path / "a.html"
    source.write_text(PRINTED.replace("<body>", "<body style='font-size:20px'>"))
    scan = scanned(source)
    (refusal,) = ingest([str(scan)], settings).refused
    assert "--ocr" in refusal.reason
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed: apt-get install tesseract-ocr")
    report = ingest([str(scan)], settings, Options(ocr=True))
    assert not report.refused
    (article,) = Library(settings.library).articles()
    assert "The crossing takes 31 hours" in article.body
    assert article.title == TITLE


def test_a_field_map_names_the_fields_of_records(settings, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"kopf": TITLE, "inhalt": {"lang": RECORD["body"]}, "tag": "2024-11-12"}))
    options = Options(fields={"title": "kopf", "body": "inhalt.lang", "published": "tag"})
    article = the_article(settings, path, options)
    assert (article.title, article.published) == (TITLE, date(2024, 11, 12))


def test_markup_in_a_record_gives_its_text(settings, tmp_path):
    path = tmp_path / "a.jsonl"
    markup = (
        "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
        + "<p style='display:none'>Nobody ever sees this one sentence.</p>"
    )
    path.write_text(json.dumps({"title": TITLE, "html": markup}) + "\n")
    article = the_article(settings, path)
    assert "<" not in article.body
    assert [each.text for each in article.stripped] == ["Nobody ever sees this one sentence."]


def test_archives_with_traversal_links_and_nesting_are_refused_member_by_member(settings, tmp_path):
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, kind, data in (
            ("../../escape.txt", tarfile.REGTYPE, b"out"),
            ("/etc/absolute.txt", tarfile.REGTYPE, b"out"),
            ("link.txt", tarfile.SYMTYPE, b""),
            ("hard.txt", tarfile.LNKTYPE, b""),
            ("inner.zip", tarfile.REGTYPE, b"PK"),
            ("device.txt", tarfile.CHRTYPE, b""),
            ("good.txt", tarfile.REGTYPE, b"A meeting\n\nThe group met. It was short."),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), "/etc/passwd"
            archive.addfile(info, io.BytesIO(data))
    report = ingest([str(path)], settings)
    assert report.added == 1
    assert len(report.refused) == 6
    assert not (tmp_path.parent / "escape.txt").exists()


def test_a_zip_bomb_is_refused(settings, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 300_000_000)
    (refusal,) = ingest([str(path)], settings).refused
    assert "unpacks" in refusal.reason


def test_a_tar_bomb_is_refused(settings, tmp_path):
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb") as stream, tarfile.open(fileobj=stream, mode="w|") as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo("bomb.txt")
        info.size = 600_000_000
        archive.addfile(info, _Zeros())
    (refusal,) = ingest([str(path)], settings).refused
    assert "unpacks" in refusal.reason


class _Zeros:
    def read(self, size: int) -> bytes:
        return bytes(size)


def test_a_pdf_with_a_password_is_refused(settings):
    (refusal,) = ingest([str(LIBREOFFICE / "locked.pdf")], settings).refused
    assert refusal.reason == "It needs a password; save it without one."


def test_hidden_words_of_a_word_document_are_kept_out(settings, tmp_path):
    import docx
    from docx.shared import RGBColor

    document = docx.Document()
    document.add_heading(TITLE, 1)
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    paragraph = document.add_paragraph("Seen by all. ")
    paragraph.add_run("Secret one.").font.hidden = True
    paragraph.add_run("Secret two.").font.color.rgb = RGBColor(255, 255, 255)
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Season", "Sailings"), ("Winter", "26"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.save(tmp_path / "a.docx")
    article = the_article(settings, tmp_path / "a.docx")
    assert "Secret" not in article.body
    assert "Winter | 26" in article.body
    assert [each.reason for each in article.stripped] == ["hidden text", "white text"]
