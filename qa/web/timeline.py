"""The timeline page: what happened when, and who wrote when, for a subject or the whole library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from qa.answer import timeline
from qa.answer.timeline import Course, DatedEvent, DayMention
from qa.core.types import Article, Citation
from qa.search import boolean
from qa.search.boolean import Query
from qa.store import listing
from qa.store.library import Library
from qa.web import charts, drawer, empty_state, period, subject, wording
from qa.web.components import entry, mount
from qa.web.engine import engine
from qa.web.language import N_, _, plural

_PAGE_ROWS = 25
_MOST_ROWS = 100
"""A page ends with a whole day; of the few days that more speak of, these are the first."""
_MOST_POINTS = 1_500
"""Points that a plot can show apart from each other; beyond, bars by month say more."""
_MOST_ALSO = 6
_HAPPENED, _WROTE = N_("Dates mentioned"), N_("Coverage")


def page() -> None:
    """Draws the page."""
    st.title(_("Timeline"), anchor=False)
    library = engine().library()
    if library is None or not library.count():
        empty_state.draw()
        return
    query = subject.draw(
        library,
        _("Subject"),
        "timeline-words",
        _("A person, a place, a project; the whole library if empty"),
    )
    view = st.segmented_control(
        _("View"),
        [_HAPPENED, _WROTE],
        default=_HAPPENED,
        required=True,
        format_func=_,
        label_visibility="collapsed",
    )
    if view == _WROTE:
        _coverage(library.generation(), str(query))
    else:
        _happened(library, query)


def _happened(library: Library, query: Query) -> None:
    course = _course(library.generation(), str(query))
    if not course.days:
        st.markdown(_("The passages with these words mention no date. Try fewer words."))
        return
    key = f"timeline-time-{query}"
    time = st.session_state.get(key, "")
    since, until = wording.span(time) if time else (date.min, date.max)
    total = course.count(since, until)
    if total > _MOST_POINTS:
        period.draw(course.months(), "mentions", key)
    else:
        period.chips(key, course.months())
    if total <= _MOST_POINTS:
        whole = timeline.events(library, course, since, until)
        _plot(library, whole, f"{query}-{time}")
        st.caption(plural(len(whole), "{n} event", "{n} events"))
    else:
        st.caption(
            plural(
                total,
                "{n} date mentioned; click a bar to see its time",
                "{n} dates mentioned; click a bar to see its time",
            )
        )
    pages = course.pages(since, until, _PAGE_ROWS)
    key = f"timeline-page-{query}-{time}"
    number = min(st.session_state.get(key, 1), len(pages))
    _list(library, timeline.events(library, course, *pages[number - 1])[:_MOST_ROWS])
    if len(pages) > 1:
        st.pagination(len(pages), key=key)


def _plot(library: Library, events: Sequence[DatedEvent], shown: str) -> None:
    """The events as points; a click on one opens its quote."""
    points = [
        (
            event.date,
            event.mentions[0].publisher or _("Unknown publisher"),
            plural(len(event.mentions), "{n} document", "{n} documents"),
        )
        for event in events
    ]
    clicked = charts.happenings(points, f"happenings-{shown}")
    if clicked is None or clicked >= len(events):
        return
    mention = events[clicked].mentions[0]
    article = library.article(mention.article_id)
    quote = timeline.sentence(article, mention) if article else None
    # The plot remembers its click; the quote opens once, not at each later drawing of the page.
    if quote and st.session_state.get("timeline-click") != (shown, clicked):
        st.session_state["timeline-click"] = (shown, clicked)
        drawer.open_(quote)


def _list(library: Library, events: Sequence[DatedEvent]) -> None:
    articles = library.articles_by_id(mention.article_id for event in events for mention in event.mentions)
    entries: list[dict[str, Any]] = []
    quotes: list[Citation] = []
    for event in events:
        told = [quote for mention in event.mentions if (quote := _quote(mention, articles))]
        if not told:
            continue
        first, also = len(quotes), told[1 : _MOST_ALSO + 1]
        quotes += told
        entries.append(
            entry(
                index=first,
                day=_when(event),
                origin=wording.origin(told[0].publisher, told[0].published),
                title=" ".join(told[0].quote.split()),
                language=articles[told[0].article_id].language,
                also=[
                    (first + at, wording.origin(quote.publisher, quote.published))
                    for at, quote in enumerate(also, start=1)
                ],
            )
        )
    data = {"kind": "events", "entries": entries, "also": _("also in ")}
    chosen = mount("entries", "events", data, on_chosen_change=lambda: None).chosen
    if chosen is not None:
        drawer.open_(quotes[int(chosen)])


def _quote(mention: DayMention, articles: dict[str, Article]) -> Citation | None:
    article = articles.get(mention.article_id)
    return timeline.sentence(article, mention) if article else None


def _coverage(generation: int, query: str) -> None:
    counted = _written(generation, query)
    if not counted:
        st.markdown(_("No dated document contains these words. Try fewer words."))
        return
    months: Counter[str] = Counter()
    for (month, _publisher), n in counted.items():
        months[month] += n
    st.caption(
        plural(
            months.total(),
            "{n} document by when they were published",
            "{n} documents by when they were published",
        )
    )
    shares: Counter[tuple[str, str]] = Counter()
    for (month, publisher), n in counted.items():
        shares[month, publisher or _("Unknown publisher")] += n
    period.draw(dict(sorted(months.items())), "documents", f"timeline-wrote-{query}", shares)


@st.cache_resource(show_spinner=False, max_entries=16)
def _course(generation: int, query: str) -> Course:
    library = engine().library()
    assert library is not None
    asked = boolean.parse(query)
    if not asked.wanted:
        return timeline.course(library)
    return timeline.course(library, boolean.passages(library, engine().lexical(library), asked))


@st.cache_data(show_spinner=False, max_entries=16)
def _written(generation: int, query: str) -> dict[tuple[str, str], int]:
    library = engine().library()
    assert library is not None
    if not query:
        return listing.months_of_publishers(library)
    rows = (match.row for match in subject.matches(generation, query))
    return dict(Counter((f"{row.published:%Y-%m}", row.publisher or "") for row in rows if row.published))


def _when(event: DatedEvent) -> str:
    if event.date == event.until:
        return wording.day(event.date)
    if event.date.day == 1 and event.until == wording.month_end(event.date):
        return wording.month(event.date)
    return _("{since} to {until}", since=wording.short_day(event.date), until=wording.short_day(event.until))


page()
