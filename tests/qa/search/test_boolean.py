"""Everything that holds the words: groups, phrases, exclusion, credits, and other spellings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from qa.core.types import Passage
from qa.search import boolean, spelling
from qa.store.lexical import Lexical
from qa.store.library import Library

Store = Callable[..., Passage]


@pytest.fixture
def search(library: Library, lexical: Lexical) -> Callable[[str], list[str]]:
    def found(text: str) -> list[str]:
        lexical.sync()
        return sorted(match.row.title for match in boolean.find(library, lexical, boolean.parse(text)))

    return found


def test_all_words_must_be_there_and_those_with_a_minus_not(
    store: Store, search: Callable[[str], list[str]]
) -> None:
    store("both", "The motorway and the railway were opened.")
    store("road", "The motorways were opened.")
    assert search("motorway") == ["Both", "Road"]
    assert search("motorway railway") == ["Both"]
    assert search("motorway -railway") == ["Road"]


def test_quotes_keep_words_together_and_or_takes_either(
    store: Store, search: Callable[[str], list[str]]
) -> None:
    store("one", "Phase two of the port began.")
    store("two", "Two ports are in their first phase.")
    store("three", "The railway is old.")
    assert search('"phase two"') == ["One"]
    assert search("railway OR phase") == ["One", "Three", "Two"]
    assert search('railway OR "phase two"') == ["One", "Three"]


@pytest.mark.parametrize(
    "text", ['motorway "phase two" -railway', "road OR rail -port", "", 'OR -"two words"']
)
def test_a_query_written_out_reads_as_itself(text: str) -> None:
    query = boolean.parse(text)
    assert boolean.parse(str(query)) == query


def test_what_only_a_credit_says_is_not_found(store: Store, search: Callable[[str], list[str]]) -> None:
    store("told", "The port opened.\n\nFacts from: Dawn, 4 May 2016.")
    store("sources", "Sources in the ministry named Dawn Bridge.")
    assert search("Dawn") == ["Sources"]
    assert search("port") == ["Told"]
    assert search("told") == ["Told"]  # its headline


def test_results_are_ordered_by_day_with_the_undated_last(
    store: Store, library: Library, lexical: Lexical
) -> None:
    store("old", "The port opened.", published=dt.date(2010, 1, 1))
    store("undated", "The port port port.", published=None)
    store("new", "The port closed.", published=dt.date(2020, 1, 1))
    lexical.sync()
    found = boolean.find(library, lexical, boolean.parse("port"))
    assert [m.row.title for m in boolean.ordered(found, "newest")] == ["New", "Old", "Undated"]
    assert [m.row.title for m in boolean.ordered(found, "oldest")] == ["Old", "New", "Undated"]


def test_a_subjects_passages_are_those_with_most_of_it(
    store: Store, library: Library, lexical: Lexical
) -> None:
    passage = store("one", "The port of Gwadar opened.")
    store("two", "The port of Karachi opened.")
    lexical.sync()
    assert boolean.passages(library, lexical, boolean.parse("port Gwadar")) == (passage.id,)


def test_a_slip_is_taken_for_the_word_that_the_library_has(
    store: Store, library: Library, lexical: Lexical
) -> None:
    store("one", "The port of Gwadar opened.")
    lexical.sync()
    (form,) = spelling.other_forms(library, lexical, boolean.parse("Gawadar"))
    assert (form.spelling, form.slip) == ("Gwadar", True)
    assert str(boolean.parse("Gawadar port").instead("Gawadar", form.spelling)) == "Gwadar port"


def test_a_name_has_other_spellings_other_words_have_none(
    store: Store, library: Library, lexical: Lexical
) -> None:
    store("one", "The port of Gwadar opened. The new policy was read.")
    store("two", "The port of Gawadar closed. The police came.")
    lexical.sync()
    (form,) = spelling.other_forms(library, lexical, boolean.parse("Gwadar"))
    assert (form.spelling, form.slip, form.passages) == ("Gawadar", False, 1)
    assert str(boolean.parse("Gwadar").also("Gwadar", form.spelling)) == "Gwadar OR Gawadar"
    assert spelling.other_forms(library, lexical, boolean.parse("policy")) == ()


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("port", "port", 0),
        ("gwadar", "gawadar", 1),
        ("ab", "ba", 1),
        ("", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_distance_counts_letters(a: str, b: str, apart: int) -> None:
    assert spelling.distance(a, b) == spelling.distance(b, a) == apart


def test_marks_are_the_words_in_any_form_and_script() -> None:
    def marks(text: str, query: str, language: str) -> list[str]:
        pieces = boolean.marked(text, boolean.parse(query), language)
        assert "".join(piece for piece, _ in pieces) == text
        return [piece for piece, hit in pieces if hit]

    assert marks("The Motorways, a motorway.", "motorway", "en") == ["Motorways", "motorway"]
    assert marks("瓜达尔港新码头启用", "瓜达尔港", "zh") == ["瓜达尔港"]
    assert marks("گوادر بندرگاہ", "گوادر", "ur") == ["گوادر"]
    assert marks("the phase two", '"phase two"', "en") == ["phase", "two"]
