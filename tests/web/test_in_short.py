"""A document's three lines and its own questions, and the page of a PDF that a quote is on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import scripted
from streamlit.testing.v1 import AppTest

from qa.core.types import Article, Stripped
from qa.suggest.followups import of_document
from qa.web import in_short


@pytest.fixture
def articles(folder: Path) -> list[Article]:
    return list(scripted.Library(folder).articles(limit=200))


def test_three_lines_are_a_documents_own_sentences_and_stand_alone(articles: list[Article]) -> None:
    told = {each.id: in_short.lines(each) for each in articles}
    assert sum(map(bool, told.values())) > len(articles) / 2
    for each in articles:
        lines = told[each.id]
        assert len(lines) in (0, 3)
        assert len(set(lines)) == len(lines)
        assert all(line in " ".join(each.body.split()) for line in lines)
        assert not any(line.startswith(("He ", "She ", "It ", "They ", "This ", "His ")) for line in lines)


def test_a_short_document_has_no_lines_of_its_own(articles: list[Article]) -> None:
    assert (
        in_short.lines(replace(articles[0], body="One sentence stands here, and it is long enough. Two."))
        == ()
    )


def test_orders_to_a_language_model_are_no_line(articles: list[Article]) -> None:
    article = next(each for each in articles if in_short.lines(each))
    line = in_short.lines(article)[1]
    hidden = replace(article, stripped=(Stripped(line, "orders", "quarantined"),))
    assert line not in in_short.lines(hidden)


def test_a_documents_questions_differ_and_speak_of_it(folder: Path, articles: list[Article]) -> None:
    library = scripted.Library(folder)
    asked = {each.title: of_document(each, library.passages_of(each.id), []) for each in articles}
    assert sum(map(bool, asked.values())) > len(articles) / 2
    assert all(len(set(each)) == len(each) <= 3 for each in asked.values())
    title = "Prime minister opens Eastbay Expressway in Gwadar"
    assert "Who opened the Eastbay Expressway in Gwadar?" in asked[title]


def test_the_names_that_a_document_mentions_are_asked_about_last(
    folder: Path, articles: list[Article]
) -> None:
    empty = replace(articles[0], body="", language="zh")
    assert of_document(empty, [], ["Murree", "Gilgit"]) == (
        "What does the document say about Murree?",
        "What does the document say about Gilgit?",
    )
    passages = scripted.Library(folder).passages_of(articles[0].id)
    assert len(of_document(articles[0], passages, ["Murree"] * 9)) == 3


def drawn(url: str | None, page: int | None) -> AppTest:
    def draw(url: str | None, page: int | None) -> None:
        from qa.core.types import Article, Citation
        from qa.web import side_panel

        article = Article("1", "A report", "Body.", "report.pdf", url=url)
        side_panel.to_page(article, Citation(1, "1", "A report", None, None, url, "Body.", 0, 5, page=page))

    return AppTest.from_function(draw, args=(url, page)).run()


def test_a_pdf_on_the_web_is_opened_at_the_quotes_page() -> None:
    links = drawn("https://example.org/Report.PDF?v=2#top", 3).get("link_button")
    assert [each.proto.url for each in links] == ["https://example.org/Report.PDF?v=2#page=3"]


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (None, 3),
        ("https://example.org/report.pdf", None),
        ("https://example.org/page", 3),
        ("file:///a.pdf", 3),
    ],
)
def test_what_is_no_paged_pdf_on_the_web_has_no_such_link(url: str | None, page: int | None) -> None:
    assert not drawn(url, page).get("link_button")
