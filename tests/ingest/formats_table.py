"""The table of formats in eval/BENCHMARKS.md: a file of each in, and what came out.

    python -m tests.ingest.formats_table

Needs what the tests need: Chromium and tesseract.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.containers import unfold
from ingest.prepare import prepare
from ingest.values import Blob, Options, Refusal
from qa.core.types import Article
from tests.ingest import test_formats as made
from tests.ingest.conftest import SEED
from tests.ingest.pages import DEBRIS, PARAGRAPHS, TITLE, pages

OCR = Options(ocr=True)


def files(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """What each file is, what made it, and where it is."""

    def place(name: str) -> Path:
        inner = folder / name.replace(" ", "-")
        inner.mkdir()
        return inner

    def page(name: str, html: str) -> Path:
        source = place(name) / "a.html"
        source.write_text(html)
        return source

    yield "page, saved", "by hand", page("page", pages()[13].html)
    yield "page with everything around it, to PDF", "Chromium", made.printed(page("whole", pages()[0].html))
    yield "article of three sheets, to PDF", "Chromium", made.printed(page("sheets", _longer(made.PRINTED)))
    yield "article in two columns, to PDF", "Chromium", made.printed(page("columns", _columns()))
    yield "PDF", "LibreOffice", made.LIBREOFFICE / "article.pdf"
    yield "scanned PDF, by `--ocr`", "Chromium, as pictures", made.scanned(page("scan", made.PRINTED))
    yield "Word", "LibreOffice", made.LIBREOFFICE / "article.docx"
    writers: list[tuple[str, str, Callable[[Path], Path]]] = [
        ("Markdown", "by hand", made.write_markdown),
        ("newsletter, .eml", "Python's email", made.write_eml),
        ("mailbox, .mbox", "Python's mailbox", made.write_mbox),
        ("JSON of a news service", "by hand", made.write_json),
        ("JSON lines", "by hand", made.write_jsonl),
        ("CSV", "Python's csv", made.write_csv),
        ("zip of JSON lines and a picture", "Python's zipfile", made.write_zip),
        ("tar.gz of a page", "Python's tarfile", made.write_tar),
        ("web archive, .warc.gz", "warcio", made.write_warc),
    ]
    for what, by, write in writers:
        yield what, by, write(place(what))
    copied = place("copied") / "a.txt"
    copied.write_text(SEED)
    yield "text copied off a page (the seed)", "a person", copied


def row(what: str, by: str, path: Path) -> str:
    """One file's line of the table."""
    (taken,) = (
        prepare(item, "", OCR)
        for item in unfold(Blob(str(path), path.name, path=path), OCR)
        if not isinstance(item, Refusal)
    )
    if isinstance(taken, Refusal):
        return f"| {what} | {by} | refused: {taken.reason} | | | | |"
    article = taken.article
    seed = path.name == "a.txt"
    title = "Meeting of CPEC Joint Working Group" if seed else TITLE
    headline = "yes" if article.title.startswith(title) else f"“{article.title[:40]}”"
    return (
        f"| {what} | {by} | {headline} | {article.published} ({article.published_from}) | "
        f"{article.publisher or 'none'} | {_paragraphs(article, seed)} | {_left(article, path)} |"
    )


def _paragraphs(article: Article, seed: bool) -> str:
    wanted = (
        [each for each in SEED.split("\n\n") if len(each) > 80 and "icon-" not in each][1:]
        if seed
        else PARAGRAPHS
    )
    body = " ".join(article.body.split())
    return f"{sum(' '.join(each.split()) in body for each in wanted)} of {len(wanted)}"


def _left(article: Article, path: Path) -> str:
    """What of the debris around an article stayed in it."""
    stayed = [each for each in DEBRIS if each in article.body] + ["icons"] * ("icon-" in article.body)
    return ", ".join(stayed) or "nothing"


def _longer(html: str) -> str:
    filler = "".join(
        f"<p>Paragraph {at} of the annex says that the ferry left on time and that nobody was late.</p>"
        for at in range(80)
    )
    return html.replace("</body>", filler + "</body>")


def _columns() -> str:
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS * 3)
    return made.PRINTED.split("<p>")[0] + (
        f"<p>12 November 2024</p><div style='columns:2;text-align:justify;hyphens:auto'>{text}</div></body></html>"
    )


if __name__ == "__main__":
    print("| what | made with | headline | date, where found | publisher | paragraphs | debris left |")
    print("| --- | --- | --- | --- | --- | ---: | --- |")
    with tempfile.TemporaryDirectory() as home:
        for each in files(Path(home)):
            print(row(*each), flush=True)
