"""Faults of real pages, each as small as it gets, with its right value."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.boilerplate import is_boilerplate
from ingest.prepare import prepare
from ingest.values import Blob, Options
from tests.ingest.pages import PARAGRAPHS, TITLE

SECRET = "The port was closed by a secret order."


def page(body: str = "", head: str = "", *, title: str = TITLE) -> str:
    """A page with an article and what a test adds to it."""
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return f"<html lang='en'><head>{head}</head><body><article><h1>{title}</h1>{shown}{body}</article></body></html>"


@pytest.mark.parametrize("line_break", ["<br>", "<br/>", "<br clear=all>", "&#11;", "\x0b", "&#x1e;", "\x1e"])
def test_line_breaks_and_control_characters_refuse_no_page(take, line_break):
    body = take(
        "p.html", page(f"<p>The ferry left at noon.{line_break}It came back on Friday at six.</p>")
    ).article.body
    assert "The ferry left at noon." in body
    assert "It came back on Friday at six." in body


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#163;5 million", "£5 million"),
        ("it&#39;s late", "it's late"),
        ("it&#146;s late", "it’s late"),
        ("&#x2019;twas &#128674; here", "’twas 🚢 here"),
        ("AT&#38;T said", "AT&T said"),
        ("no&#2; more", "no more"),
    ],
)
def test_numeric_references_are_whole(take, written, read):
    sentence = "The port said that {} on Tuesday, and nothing else was known about it by the evening."
    assert sentence.format(read) in take("p.html", page(f"<p>{sentence.format(written)}</p>")).article.body


SEEN = {
    "a size above one": ("", "font-size:1.1rem"),
    "before it fades in": ("", "opacity:0;transition:opacity 1s"),
    "the last rule of a class": (".a{display:none} .a{display:block}", ""),
    "a rule for paper": ("@media print {.a{display:none}}", ""),
    "a rule for narrow screens": ("@media (max-width:600px) {.a{display:none}}", ""),
    "shown on wide screens": (".a{display:none} @media (min-width:600px) {.a{display:block}}", ""),
    "what stands before an element": (".a::before{display:none}", ""),
    "an element's own style": (".a{display:none}", "display:block"),
    "a negative margin": ("", "margin-left:-100px"),
}


@pytest.mark.parametrize("kind", SEEN)
def test_what_a_browser_shows_is_text(take, kind):
    sheet, style = SEEN[kind]
    article = take(
        "p.html", page(f"<p class='a' style='{style}'>{SECRET}</p>", f"<style>{sheet}</style>")
    ).article
    assert SECRET in article.body
    assert not article.stripped


UNSEEN = {
    "the stronger rule": ("p.a{display:none} .a{display:block}", ""),
    "an important rule": (".a{display:none!important}", "display:block"),
    "a parent's rule": (".b .a{visibility:hidden}", ""),
    "a comment in the sheet": (".a{/* } */display:none}", ""),
    "a sheet for screens": ("@media screen {.a{display:none}}", ""),
    "a sheet off the page": (".a{position:absolute;left:-9999px}", ""),
}


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_a_browser_hides_is_kept_out(take, kind):
    sheet, style = UNSEEN[kind]
    body = f"<div class='b'><p class='a' style='{style}'>{SECRET}</p></div>"
    article = take("p.html", page(body, f"<style>{sheet}</style>")).article
    assert SECRET not in article.body
    assert [each.text for each in article.stripped] == [SECRET]


@pytest.mark.parametrize("name", ["sidebar", "widget", "ad", "print", "banner", "overlay", "paywall"])
def test_an_article_in_a_wrapper_of_any_name_is_read(take, name):
    taken = take(
        "p.html", page().replace("<article>", f"<div class='{name}'>").replace("</article>", "</div>")
    )
    assert all(text in taken.article.body for text in PARAGRAPHS[:3])


def test_scripts_count_as_no_text_of_the_page(take):
    script = "<script>" + "var a = 'b';" * 5_000 + "</script>"
    assert all(text in take("p.html", page(script)).article.body for text in PARAGRAPHS[:3])


def test_the_standfirst_is_part_of_the_article(take):
    lead = "Nine years after the terminal burned down, two companies try again, and a ministry promises a third ship."
    html = f"<html><body><main><header><h1>{TITLE}</h1><div class='teaser'><p>{lead}</p></div></header>{page()}</main></body></html>"
    assert take("p.html", html.replace(f"<article><h1>{TITLE}</h1>", "<article>")).article.body.startswith(
        lead
    )


@pytest.mark.parametrize("label", ["Lea también:", "Czytaj też:", "MIRA:", "Read also:"])
def test_a_line_that_leads_to_another_article_is_left_out(take, label):
    other = "Minister promises faster trains by the end of the year"
    assert other not in take("p.html", page(f"<p>{label} <a href='/x'>{other}</a></p>")).article.body


def described(thing: object) -> str:
    """A head with JSON-LD."""
    return f"<script type='application/ld+json'>{json.dumps(thing)}</script>"


NODE = {
    "@type": "NewsArticle",
    "headline": "Prices &amp; wages rise",
    "datePublished": "2024-01-21",
    "author": {"@id": "#p"},
    "publisher": {"@type": "Organization", "name": "The &quot;Post&quot;"},
}
PERSON = {"@type": "Person", "@id": "#p", "name": "Sana Mirza"}


@pytest.mark.parametrize("shape", ["graph", "array", "several scripts", "after other objects", "two types"])
def test_json_ld_is_read_in_every_shape(take, shape):
    site = {"@type": "WebSite", "name": "Site", "headline": "Not this"}
    heads = {
        "graph": described({"@graph": [site, PERSON, NODE]}),
        "array": described([site, NODE, PERSON]),
        "several scripts": described(site) + described(PERSON) + described(NODE),
        "after other objects": "<script type='application/ld+json'>{broken</script>"
        + described([PERSON, [NODE]]),
        "two types": described([NODE | {"@type": ["Thing", "Article"]}, PERSON]),
    }
    article = take("p.html", page(head=heads[shape], title="Prices &amp; wages rise")).article
    assert (article.title, article.publisher) == ("Prices & wages rise", 'The "Post"')
    assert (article.published, article.authors) == (date(2024, 1, 21), ("Sana Mirza",))


def test_a_page_whose_text_stands_in_its_json_ld_alone_is_read(take):
    head = described(NODE | {"articleBody": " ".join(PARAGRAPHS)})
    body = take("p.html", f"<html><head>{head}</head><body><div id='app'></div></body></html>").article.body
    assert PARAGRAPHS[0] in body


@pytest.mark.parametrize("sign", ["-", "|", "–", "·", "»"])
def test_a_headline_is_without_the_sites_name(take, sign):
    head = f"<title>{TITLE} {sign} Harbour Post</title><meta property='og:title' content='{TITLE} {sign} Harbour Post'>"
    assert take("p.html", page(head=head).replace("h1>", "div>")).article.title == TITLE


def test_the_sites_name_is_no_headline(take):
    head = "<meta property='og:title' content='Harbour Post'><meta property='og:site_name' content='Harbour Post'>"
    html = page(head=head).replace("<article>", "<h1>Harbour Post</h1><article>")
    assert take("p.html", html).article.title == TITLE


@pytest.mark.parametrize(
    "shown",
    [
        "<span class='date'>21 January 2024</span>",
        "<p class='meta'>Published: January 21, 2024</p>",
        "<time>2024-01-21</time>",
        "<div class='entry-date'>21.01.2024</div>",
    ],
)
def test_a_date_that_only_the_page_shows_is_found(take, shown):
    article = take("p.html", page().replace("</h1>", f"</h1>{shown}")).article
    assert (article.published, article.published_from) == (date(2024, 1, 21), "page")


@pytest.mark.parametrize(
    ("language", "byline", "authors"),
    [
        ("en", "By Sana Mirza and Ali Khan", ("Sana Mirza", "Ali Khan")),
        ("de", "Von Sana Mirza und Ali Khan", ("Sana Mirza", "Ali Khan")),
        ("fr", "Sana Mirza et Ali Khan", ("Sana Mirza", "Ali Khan")),
        ("es", "Sana Mirza y Ali Khan", ("Sana Mirza", "Ali Khan")),
        ("ur", "ثنا مرزا اور علی خان", ("ثنا مرزا", "علی خان")),
        ("en", "View all posts by Sana Mirza", ("Sana Mirza",)),
        ("en", "Sana Mirza, sana@post.example, @sana", ("Sana Mirza",)),
        ("en", "Sana Mirza | Harbour Post", ("Sana Mirza",)),
        ("en", "Posted by Sana Mirza on 21 January 2024", ("Sana Mirza",)),
    ],
)
def test_authors_one_by_one(take, language, byline, authors):
    head = f"<meta name='author' content='{byline}'><meta property='og:site_name' content='Harbour Post'>"
    html = page(head=head).replace("lang='en'", f"lang='{language}'")
    assert take("p.html", html).article.authors == authors


NASTY = [
    "&#",
    "&#0",
    "<",
    "{",
    "}",
    "/*",
    ".a{",
    "@media{",
    "\x1e",
    "<br>",
    "<b>",
    "[[",
    "a:",
    "> ",
    ".a .b ",
    "‏",
    "http://",
]


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "place",
    [
        "{}",
        "<style>{}</style>",
        "<p style='{}'>x</p>",
        "<title>{}</title>",
        "<script type='application/ld+json'>{}</script>",
    ],
)
def test_two_hundred_kilobytes_of_anything_are_read_in_good_time(place):
    for nasty in NASTY:
        html = page(place.replace("{}", nasty * (200_000 // len(nasty))))
        prepare(Blob("/p.html", "p.html", html.encode()), "", Options())


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line", ["Home > " + "a > " * 5_000, "fa-" * 60_000 + "!", "facebook " * 20_000 + "!", "home " * 20_000]
)
def test_a_menu_of_any_length_is_told_at_once(line):
    is_boilerplate(line)
    is_boilerplate(line[:119])


@pytest.mark.parametrize(
    "line",
    [
        "Home > News > Business",
        "Facebook Twitter WhatsApp",
        "World | Politics | Sport",
        "fa-facebook icon-twitter",
    ],
)
def test_menus_and_icons_are_debris(line):
    assert is_boilerplate(line)


def test_what_a_wide_screen_shows_again_is_text(take):
    style = "<style>.hidden{display:none}@media (min-width:1024px){.lg\\:block{display:block}}</style>"
    shown = "The ferry will be raised in the spring, the harbour master said."
    assert (
        shown
        in take("p.html", page(f'<div class="hidden lg:block"><p>{shown}</p></div>', style)).article.body
    )


def test_a_menu_that_holds_the_article_is_no_menu(take):
    broken = page().replace("<article>", "<nav><ul><li><a href='/'>Home</a></li></ul><article>")
    assert PARAGRAPHS[0] in take("p.html", broken).article.body


@pytest.mark.parametrize(
    ("stated", "shown", "right"),
    [
        ("2024-01-20T23:30:00Z", "21 January 2024", date(2024, 1, 21)),  # A day later where the publisher is.
        ("2024-01-20T23:30:00+01:00", "21 January 2024", date(2024, 1, 20)),  # The publisher's own zone.
        ("2024-01-20", "12 May 2012", date(2024, 1, 20)),  # Nothing bears the shown day out.
        ("2024-01-20", "01/02/2024", date(2024, 1, 20)),  # It can be read in two ways.
        (None, "Updated: 21 January 2024", date(2024, 1, 21)),
    ],
)
def test_the_day_beside_the_headline_against_the_stated_one(take, stated, shown, right):
    head = f'<meta property="article:published_time" content="{stated}">' if stated else ""
    comment = '<div class="comments"><time datetime="2024-03-03">3 March 2024</time></div>'
    html = page(comment, head).replace("</h1>", f"</h1><div class='meta'>{shown}</div>")
    assert take("p.html", html).article.published == right


def test_the_start_of_a_headline_in_an_address_is_no_day(take):
    head = '<link rel="canonical" href="https://harbour.example/2024/01/3-questions">'
    head += '<meta property="article:published_time" content="2024-01-21T09:00:00Z">'
    assert take("p.html", page(head=head)).article.published == date(2024, 1, 21)


def test_the_author_is_whom_a_link_to_an_authors_page_names(take):
    byline = '<p class="info">All posts of <a href="/author/sana">Sana Mirza</a> →</p>'
    assert take("p.html", page(byline)).article.authors == ("Sana Mirza",)
