"""Days that texts speak of: one event a story, pages of whole days, a subject's own."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.answer import timeline
from qa.answer.timeline import Course
from qa.core.types import Article, Day, Passage
from qa.store.library import Library, passage_id

ALWAYS = (dt.date.min, dt.date.max)


def put(
    library: Library, id_: str, story: str, body: str, *days: str, published: str = "2024-01-02"
) -> Passage:
    """Stores an article that speaks of some days, each written in its body as 2024-01-01."""
    spoken = [
        Day(
            day, body.index(day), body.index(day) + 10, dt.date.fromisoformat(day), dt.date.fromisoformat(day)
        )
        for day in days
    ]
    article = Article(
        id_,
        id_,
        body,
        id_,
        publisher=id_,
        published=dt.date.fromisoformat(published),
        story=story,
        days=tuple(spoken),
    )
    passage = Passage(passage_id(id_, 0, body), id_, 0, 0, 0, len(body), body)
    library.put(article, [passage])
    return passage


def test_what_one_story_tells_in_several_documents_is_one_event(library: Library) -> None:
    put(library, "b", "s", "Met on 2024-01-01.", "2024-01-01", published="2024-01-03")
    put(library, "a", "s", "They met on 2024-01-01.", "2024-01-01", published="2024-01-02")
    put(library, "c", "other", "Rain on 2024-01-01.", "2024-01-01")
    course = timeline.course(library)
    events = timeline.events(library, course, *ALWAYS)
    assert sorted([mention.article_id for mention in event.mentions] for event in events) == [
        ["a", "b"],
        ["c"],
    ]
    assert course.count() == 3


def test_a_subject_has_the_days_of_its_passages_alone(library: Library) -> None:
    met = put(library, "a", "a", "Met on 2024-01-01.", "2024-01-01")
    put(library, "b", "b", "Rain on 2024-02-01.", "2024-02-01")
    course = timeline.course(library, [met.id])
    (event,) = timeline.events(library, course, *ALWAYS)
    assert event.date == dt.date(2024, 1, 1)
    assert course.months() == {"2024-01": 1}
    assert timeline.events(library, course, dt.date(2024, 1, 2), dt.date.max) == ()


def test_a_day_in_a_credit_has_no_sentence(library: Library) -> None:
    put(
        library,
        "a",
        "a",
        "The port opened on 2024-01-01.\n\nFacts from: Dawn, 2024-01-05.",
        "2024-01-01",
        "2024-01-05",
    )
    first, second = timeline.events(library, timeline.course(library), *ALWAYS)
    article = library.article("a")
    assert article is not None
    quote = timeline.sentence(article, first.mentions[0])
    assert quote is not None
    assert quote.quote == "The port opened on 2024-01-01."
    assert timeline.sentence(article, second.mentions[0]) is None


@pytest.mark.parametrize(("size", "pages"), [(1, 4), (3, 2), (5, 2), (100, 1)])
def test_pages_hold_whole_days_and_every_day_once(size: int, pages: int) -> None:
    days = tuple(dt.date(2024, 1, n) for n in range(1, 5))
    course = Course(days, (1, 4, 1, 2))
    runs = course.pages(*ALWAYS, size)
    assert len(runs) == pages
    assert [day for first, last in runs for day in days if first <= day <= last] == list(days)
    assert all(course.count(*run) >= min(size, 3) for run in runs[:-1])


def test_pages_keep_to_the_days_asked_for() -> None:
    course = Course((dt.date(2023, 1, 1), dt.date(2024, 1, 1)), (1, 1))
    assert course.pages(dt.date(2024, 1, 1), dt.date.max, 25) == [(dt.date(2024, 1, 1), dt.date(2024, 1, 1))]
