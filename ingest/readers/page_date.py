"""The publication day of a page: from its metadata, its address or its visible text.

Metadata may state the day in UTC, or the day of a draft; the day shown beside the headline is the publisher's
own. So the shown day wins if another statement confirms it, or if nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ingest import published
from ingest.calendars import gregorian
from ingest.readers.metadata import stated_days
from ingest.readers.page_blocks import flat, is_prose, leaves, same
from ingest.values import Facts
from qa.dates.find import find_days, numeric_order

_ELSEWHERE = re.compile(r"comment|teaser|related|sidebar|recommend|footer|\bnav\b", re.IGNORECASE)
_UTC = re.compile(r"T.*(?:Z|[+-]00:?00)$")
_BLOCKS_BELOW, _BLOCKS_ABOVE = 20, 5  # How many blocks around the headline may have the date line,
_PROSE_BELOW = 1  # and how many of them may be prose: the standfirst.
_MAX_LINE_CHARS = 150
_MAX_OTHER_CHARS = 60  # A line with more text beside its date is a sentence.
_EARLIEST = date(1990, 1, 1)  # No web page is older.


def with_day(facts: Facts, tree: Any) -> Facts:
    """The facts with the page's day, if one is found; the tree is unchanged."""
    stated = (
        published.parse_date(facts.published, "metadata", language=facts.language)
        if facts.published
        else None
    )
    named = published.in_address(facts.url) if facts.url else None
    address = named.day if named and named.precision == "day" else None
    if stated and address == stated.day:
        return facts
    shown = _shown_day(tree, facts.title, facts.language)
    if stated:
        if shown and (shown in stated_days(tree) or _is_local(shown, stated.day, facts.published)):
            return facts if shown == stated.day else _on(facts, shown)
        return _on(facts, address) if address else facts
    return _on(facts, address or shown or _guessed_day(tree, facts.url))


def _on(facts: Facts, day: date | None) -> Facts:
    return replace(facts, published=day.isoformat() if day else None, published_from="page")


def _is_local(shown: date, stated: date, written: str | None) -> bool:
    """Whether a moment in UTC may be on the shown day in the publisher's time zone."""
    return bool(_UTC.search(written or "")) and abs((shown - stated).days) == 1


def _shown_day(tree: Any, title: str | None, language: str | None) -> date | None:
    """The first day of a date line below the headline, else of one right above it."""
    if not title:
        return None
    blocks = leaves(tree)
    heads = [at for at, block in enumerate(blocks) if same(flat(block), title)]
    head = next((at for at in heads if blocks[at].tag in ("h1", "h2", "h3")), heads[0] if heads else None)
    if head is None:
        return None
    above = reversed(blocks[max(0, head - _BLOCKS_ABOVE) : head])
    for text in (*_head(blocks[head + 1 : head + 1 + _BLOCKS_BELOW]), *_texts(above)):
        if day := _date_line(text, language):
            return day
    return None


def _head(blocks: Sequence[Any]) -> Iterator[str]:
    """The texts of blocks before the article's text."""
    prose = 0
    for text in _texts(blocks):
        yield text
        prose += is_prose(text)
        if prose > _PROSE_BELOW:
            return


def _texts(blocks: Any) -> Iterator[str]:
    """The texts of blocks, without readers' comments and references to other articles."""
    for block in blocks:
        around = (block, *block.iterancestors())
        if not any(_ELSEWHERE.search(f"{each.tag} {each.get('class')} {each.get('id')}") for each in around):
            yield flat(block)


def _date_line(text: str, language: str | None) -> date | None:
    """The first day of a line with little else; None if its numbers can be read in two ways."""
    if len(text) > _MAX_LINE_CHARS:
        return None
    text = gregorian(text, language)
    if numeric_order(text, language).inferred:
        return None
    found = [day for day in find_days(text, None, language) if day.date == day.until]
    if len(text) - sum(len(day.text) for day in found) > _MAX_OTHER_CHARS:
        return None
    return next((day.date for day in found if _EARLIEST <= day.date <= date.today()), None)


def _guessed_day(tree: Any, url: str | None) -> date | None:
    """The day that htmldate finds; None if it only guesses the year."""
    from htmldate import find_date

    found = find_date(tree, url=url, original_date=True)
    day = date.fromisoformat(found) if found else None
    # From a copyright notice htmldate makes the first of January.
    return None if day is None or (day.month, day.day) == (1, 1) else day
