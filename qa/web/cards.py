"""Draws documents as cards in a row: publisher, date, headline, and the words that matter."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qa.core.types import Citation
from qa.web import state, wording
from qa.web.components import mount
from qa.web.conversations import Exchange
from qa.web.error_boundary import calmly
from qa.web.language import _


def draw_cards(exchange: Exchange, position: int, *, finished: bool = True) -> None:
    """Draws the documents that were found, in the order of their numbers. They open once it is finished."""
    quoted = {quote.article_id: quote.quote for quote in reversed(wording.cited(exchange.claims))}
    quotes = tuple(wording.as_citation(exchange, number) for number in range(1, len(exchange.sources) + 1))
    _draw(state.key("cards", position), quotes, set(quoted), position, finished)


def draw_near(exchange: Exchange, position: int) -> None:
    """Draws the quotes that come nearest to what a question asks."""
    _draw(state.key("near", position), exchange.nearest, set(), position, True)


def _draw(key: str, quotes: tuple[Citation, ...], cited: set[str], position: int, finished: bool) -> None:
    cards = [
        {
            "index": index,
            "number": str(quote.number),
            "publisher": quote.publisher or _("Unknown publisher"),
            "date": wording.short_day(quote.published),
            "title": quote.title,
            "passage": quote.quote,
            "cited": quote.article_id in cited,
        }
        for index, quote in enumerate(quotes)
    ]
    if cards:
        chosen = partial(_open, key, quotes, state.conversation(), position)
        mount("cards", key, {"cards": cards, "busy": not finished}, on_chosen_change=chosen)


@calmly
def _open(key: str, quotes: tuple[Citation, ...], within: str | None, position: int) -> None:
    chosen = st.session_state[key].chosen
    if chosen is not None:
        state.open_quote(within, position, quotes[int(chosen)])
