"""The article that a quote comes from, beside the answer, with the quote marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from qa.core.types import Article, Citation, Newer, Notice
from qa.web import quote, state, wording
from qa.web.components import mount
from qa.web.conversations import Exchange
from qa.web.engine import engine
from qa.web.language import N_, _

_NOTICES: dict[Notice, str] = {
    "retraction": N_("Retracted: its publisher has withdrawn this text."),
    "correction": N_("Corrected: this text carries a correction by its publisher."),
    "satire": N_("Satire: its publisher says that this is not meant as fact."),
}


def draw(exchange: Exchange, position: int, citation: Citation) -> None:
    """Draws the panel: whose words these are, the way to the other quotes, the text."""
    library = engine().library()
    article = None if library is None else library.article(citation.article_id)
    with st.container(key="beside"):
        _steps(wording.quotes(exchange), position, citation)
        with st.container(key="page"):
            older = wording.behind_the_newest(citation.published, exchange.basis.until)
            st.caption(wording.plain(wording.dotted(origin(citation, article), older)))
            st.markdown(f"## {wording.plain(citation.title)}", anchors=False)
            to_page(article, citation)
            if citation.notice:
                st.warning(_(_NOTICES[citation.notice]), icon=":material/warning:")
            if citation.newer:
                _newer(citation.newer, position)
            draw_quotes(article, citation, wording.quotes(exchange))


def to_page(article: Article | None, citation: Citation) -> None:
    """Draws a link to the page of a PDF on the web that a quote is on; browsers open it there."""
    url = (article.url if article is not None else None) or ""
    path = urlsplit(url).path.lower()
    if citation.page and url.startswith(("http://", "https://")) and path.endswith(".pdf"):
        st.link_button(
            _("Page {n} of the original", n=citation.page),
            f"{url.partition('#')[0]}#page={citation.page}",
            icon=":material/open_in_new:",
            type="tertiary",
        )


def draw_quotes(article: Article | None, citation: Citation, others: Sequence[Citation]) -> None:
    """Draws the text that a quote comes from, with it and the other quotes marked."""
    if article is None:
        _quote_alone(_("This document is no longer in the library. What it said:"), citation)
        return
    if article.body[citation.start : citation.end] != citation.quote:
        _quote_alone(_("The document has changed since. The quote was:"), citation)
    same = [quote for quote in others if quote.article_id == article.id and quote != citation]
    standing = [each for each in [citation, *same] if article.body[each.start : each.end] == each.quote]
    marked = [(each.start, each.end) for each in standing if each.quote]
    draw_text(article, marked, current=0 if marked else None)


def _quote_alone(why: str, citation: Citation) -> None:
    st.info(why, icon=":material/info:")
    st.markdown(f"> {wording.plain(citation.quote)}")


def _steps(quotes: tuple[Citation, ...], position: int, citation: Citation) -> None:
    at = wording.place(citation, quotes)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="steps"):
        if at is not None and len(quotes) > 1:
            _step(_("Previous"), "chevron_left", position, quotes[at - 1] if at else None)
            st.caption(_("Quote {n} of {all}", n=at + 1, all=len(quotes)), width="content")
            _step(_("Next"), "chevron_right", position, quotes[at + 1] if at + 1 < len(quotes) else None)
        else:
            near = _("Closest passage") if citation.quote else _("Newer document")
            st.caption(_("Quoted") if at is not None else near, width="content")
        st.space("stretch")
        st.button(_("Close"), icon=":material/close:", type="tertiary", shortcut="Esc", on_click=state.close)


def _newer(newer: Newer, position: int) -> None:
    """Says that the story went on, and opens the newer document."""
    st.button(
        _("There is a newer document on this story, of {day}", day=wording.day(newer.published)),
        icon=":material/update:",
        type="tertiary",
        key="newer-beside",
        on_click=state.open_whole,
        args=(newer, position),
    )


def _step(label: str, icon: str, position: int, to: Citation | None) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=to is None,
        on_click=state.open_quote,
        args=(state.conversation(), position, to),
    )


def origin(citation: Citation, article: Article | None) -> str:
    """Whose words a quote is, from when, and how old."""
    parts = [wording.publisher(citation.publisher), wording.day(citation.published)]
    parts.append(wording.age(citation.published, date.today()))
    if article is not None:
        parts += [
            article.place or "",
            _(wording.KINDS[article.kind]),
        ]
    return wording.dotted(*parts, wording.page_number(citation), wording.said_by(citation))


def draw_text(article: Article, spans: list[tuple[int, int]], current: int | None = None) -> None:
    """Draws an article's text with some spans of it marked, and scrolls to the current one."""
    cut = quote.paragraphs(article.body, spans)
    mount(
        "reader",
        f"reader-{article.id}",
        {
            "language": article.language or "",
            "paragraphs": [[{"text": p.text, "mark": p.mark} for p in paragraph] for paragraph in cut],
            "current": current,
            "shown": f"{spans[current]}" if current is not None and spans else "",
        },
    )
