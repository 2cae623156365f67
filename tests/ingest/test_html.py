"""Pages: the article and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.values import Facts
from tests.ingest.pages import DEBRIS, HEADING, ITEMS, PARAGRAPHS, QUOTE, ROWS, TITLE, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_gives_its_article_whole_and_nothing_around_it(take, page):
    taken = take("page.html", page.html)
    article = taken.article
    passages = "\n".join(passage.text for passage in taken.passages)
    missing = [text for text in (*PARAGRAPHS, HEADING, QUOTE, *ITEMS) if text not in passages]
    assert not missing
    assert all(" | ".join(row) in passages for row in ROWS)
    assert not [text for text in DEBRIS if text in article.body]
    assert TITLE not in article.body
    assert (article.title, article.publisher) == (TITLE, "The Harbour Gazette")
    assert (article.published, article.published_from) == (date(2024, 11, 12), "metadata")
    assert article.authors == ("Sana Mirza",)


HIDDEN = {
    "hidden by its style": '<div style="display:none">{}</div>',
    "text in its background's colour": '<p style="color:#fff">{}</p>',
    "text of no size": '<p style="font-size:0px">{}</p>',
    "text placed off the page": '<span style="position:absolute;left:-9999px">{}</span>',
    "transparent text": '<p style="opacity:0">{}</p>',
    "hidden by its markup": "<p hidden>{}</p>",
    "a comment in the page's source": "<!-- {} -->",
}


@pytest.mark.parametrize("reason", HIDDEN)
def test_hidden_text_is_kept_out_and_listed(take, reason):
    secret = "The port was closed by a secret order."
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    article = take(
        "page.html", f"<html><body><article>{shown}{HIDDEN[reason].format(secret)}</article></body></html>"
    ).article
    assert secret not in article.body
    assert [(each.text, each.reason) for each in article.stripped] == [(secret, reason)]


def test_text_hidden_by_a_style_sheet_is_found(take):
    page = "<html><head><style>.x, .y {visibility: hidden}</style></head><body><article><p>{}</p><p class='y'>Five words that nobody sees.</p></article></body></html>"
    article = take("page.html", page.replace("{}", PARAGRAPHS[0])).article
    assert article.body == PARAGRAPHS[0]
    assert article.stripped[0].reason == "hidden by its style"


def test_white_text_on_a_dark_ground_is_text(take):
    page = f"<html><body><article><div style='background:#000'><p style='color:white'>{PARAGRAPHS[0]}</p></div></article></body></html>"
    assert take("page.html", page).article.body == PARAGRAPHS[0]


def test_an_unclosed_short_page_is_read(take):
    assert (
        take("page.html", "<p>One short sentence about the port.").article.body
        == "One short sentence about the port."
    )


def test_a_date_that_the_page_shows_is_marked_as_found_there(take):
    page = f"<html><body><article><h1>T</h1><time datetime='2024-11-12'>12 Nov</time><p>{PARAGRAPHS[0]}</p></article></body></html>"
    article = take("page.html", page).article
    assert (article.published, article.published_from) == (date(2024, 11, 12), "page")


def test_the_canonical_address_identifies_a_page_of_the_same_site_only(take):
    page = (
        "<html><head><link rel='canonical' href='https://{}/a'></head><body><article><p>"
        + PARAGRAPHS[0]
        + "</p></article></body></html>"
    )
    same = take(
        "p.html", page.format("harbour.example"), facts=Facts(url="https://www.harbour.example/a?utm=1")
    ).article
    assert same.url == "https://harbour.example/a"


def test_a_page_without_an_article_is_refused(refuse):
    assert "no article" in refuse("page.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>")
