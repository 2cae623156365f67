"""What stands behind an answer: the documents that have its words, what is missing, what is newer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qa.answer.coverage_gaps import coverage_gaps
from qa.answer.matching import MANY, MatchingDocuments, matching_documents
from qa.answer.provenance import behind_the_newest, in_words
from qa.core.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Filters,
    Newer,
    Passage,
    Provenance,
    Timeframe,
    Timings,
)
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id, passage_id
from qa.verify.supersession import with_newer

DAYS = {
    "cost-2017": (
        "The railway project ML-1 will cost 8.2 billion dollars, Dawn reports.",
        "2017-06-30",
        "Dawn",
    ),
    "cost-2020": (
        "A loan for the railway project ML-1 of 6.8 billion dollars was cleared.",
        "2020-08-05",
        "Dawn",
    ),
    "cost-2021": ("The railway project ML-1 is to cost less, officials said.", "2021-03-02", "Dawn"),
    "port": ("A ship of the navy called at the port of Karachi.", "2025-11-11", "Port Watch"),
    "undated": ("The railway project ML-1 has its cost from nobody.", None, "Dawn"),
}


def put(library: Library, name: str, body: str, day: str | None, publisher: str, **fields: object) -> Article:
    id_ = article_id(name)
    published = dt.date.fromisoformat(day) if day else None
    article = Article(id_, name, body, name, publisher, published, language="en", **fields)  # type: ignore[arg-type]
    library.put(article, [Passage(passage_id(id_, 0, body), id_, 0, 0, 0, len(body), body)])
    return article


@pytest.fixture
def filled(library: Library, lexical: Lexical) -> Library:
    for name, (body, day, publisher) in DAYS.items():
        put(library, name, body, day, publisher)
    lexical.sync()
    return library


def answered(question: str, timeframe: Timeframe | None = None) -> Answer:
    return Answer(question, question, "not_in_library", "", (), (), "", Timings(), timeframe=timeframe)


def about(
    question: str, library: Library, lexical: Lexical, filters: Filters = Filters()
) -> MatchingDocuments:
    return matching_documents(question, library, lexical, filters)


def test_documents_with_most_of_a_questions_words_are_counted(filled: Library, lexical: Lexical) -> None:
    found = about("What is the cost of the railway project ML-1?", filled, lexical)
    assert (found.documents, found.publishers) == (4, ("Dawn",))
    assert found.days[0] == dt.date(2017, 6, 30)
    assert about("Which ship called at the port?", filled, lexical).documents == 1
    assert about("Who won the cricket match in Lahore?", filled, lexical).documents == 0
    assert about("The of and?", filled, lexical).documents == 0


def test_of_many_documents_it_is_only_said_that_they_are_many(library: Library, lexical: Lexical) -> None:
    for number in range(MANY):
        name, body, day, publisher = f"n{number}", f"The railway number {number}.", "2019-01-01", "Dawn"
        put(library, name, body, day, publisher)
    lexical.sync()
    found = about("What is the railway's number?", library, lexical)
    assert found == MatchingDocuments(MANY)
    assert coverage_gaps(answered("What is the railway's number?"), found, library, Filters()) == ()
    assert "100 or more related documents" in in_words(Provenance(8, MANY))


def test_words_of_time_are_not_the_subject(filled: Library, lexical: Lexical) -> None:
    assert about("What is the latest on the port in January 2019?", filled, lexical).documents == 1


def test_only_what_may_be_searched_is_counted(filled: Library, lexical: Lexical) -> None:
    until = Filters(until=dt.date(2017, 12, 31))
    assert about("What is the cost of the railway project ML-1?", filled, lexical, until).documents == 1


def test_who_asks_how_things_stand_is_told_where_the_library_falls_silent(
    filled: Library, lexical: Lexical
) -> None:
    question = "What does the railway project ML-1 cost?"
    found = about(question, filled, lexical)
    assert coverage_gaps(answered(question), found, filled, Filters()) == (
        "nothing after March 2021 (the library goes to November 2025)",
        "all of them are from Dawn",
    )
    past = "What did the railway project ML-1 cost in the end?"
    assert coverage_gaps(answered(past), found, filled, Filters()) == ("all of them are from Dawn",)
    known = Filters(until=dt.date(2021, 6, 1))
    assert coverage_gaps(answered(question), found, filled, known) == ("all of them are from Dawn",)


def test_a_time_from_which_nothing_was_published_is_named(filled: Library, lexical: Lexical) -> None:
    found = about("What does the railway project ML-1 cost?", filled, lexical)
    asked = Timeframe("in 2019", dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    assert "nothing published in 2019" in coverage_gaps(
        answered("What was it in 2019?", asked), found, filled, Filters()
    )
    there = replace(asked, since=dt.date(2020, 8, 1), until=dt.date(2020, 8, 31))
    assert coverage_gaps(answered("And in August 2020?", there), found, filled, Filters()) == (
        "all of them are from Dawn",
    )


def test_a_long_silence_is_told_to_who_follows_a_matter(filled: Library, lexical: Lexical) -> None:
    found = about("What does the railway project ML-1 cost?", filled, lexical)
    since = Timeframe("since 2015", dt.date(2015, 1, 1))
    told = coverage_gaps(answered("How has it changed since 2015?", since), found, filled, Filters())
    assert "nothing between June 2017 and August 2020" in told


def test_nothing_is_missing_where_nothing_speaks_of_it(filled: Library, lexical: Lexical) -> None:
    question = "Who is the best cricketer?"
    assert coverage_gaps(answered(question), about(question, filled, lexical), filled, Filters()) == ()


@pytest.mark.parametrize(
    ("basis", "line"),
    [
        (Provenance(), "Nothing was found."),
        (Provenance(as_of=dt.date(2017, 6, 30)), "Nothing published by 30 June 2017 was found."),
        (
            Provenance(2, 3, 1, ("Dawn",), dt.date(2017, 1, 1), dt.date(2017, 1, 9), ("nothing after 2017",)),
            "Read: 2 documents (1 independent), 1 publisher, January 2017. 3 related documents. "
            "Nothing after 2017.",
        ),
        (
            Provenance(1, 0, 1, as_of=dt.date(2017, 6, 30)),
            "Read: 1 document published by 30 June 2017. No related documents.",
        ),
    ],
)
def test_the_basis_is_a_line(basis: Provenance, line: str) -> None:
    assert in_words(basis) == line


def test_an_age_is_told_from_a_year_on() -> None:
    newest = dt.date(2024, 3, 1)
    assert behind_the_newest(dt.date(2021, 1, 1), newest) == "3 years older than the newest source"
    assert behind_the_newest(dt.date(2023, 3, 15), newest) == ""
    assert behind_the_newest(None, newest) == ""


def test_a_newer_text_of_the_same_story_supersedes_and_a_repetition_does_not(library: Library) -> None:
    first = put(library, "first", "Twelve died in the fire.", "2024-01-01", "Wire", story="s")
    put(library, "repeated", "TWELVE died in the fire!", "2024-01-02", "Dawn", story="s", copy_of=first.id)
    quote = Citation(1, first.id, "first", "Wire", first.published, None, first.body, 0, len(first.body))
    claims = (Claim("Twelve died.", "supported", (), (quote,)),)
    assert with_newer(claims, library) == claims
    later = put(library, "later", "Fourteen died in the fire.", "2024-01-03", "Wire", story="s")
    newer = Newer(later.id, "later", "Wire", dt.date(2024, 1, 3))
    assert with_newer(claims, library)[0].citations[0].newer == newer
    assert with_newer(claims, library, until=dt.date(2024, 1, 2)) == claims
    newest = Citation(1, later.id, "later", "Wire", later.published, None, later.body, 0, len(later.body))
    assert with_newer((Claim("So.", "supported", (), (newest,)),), library)[0].citations[0].newer is None
