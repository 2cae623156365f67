"""What a list names, and whose a value is, over sentences of the tests' own."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.answer.broad import read
from qa.answer.mentions import mentions, sentences
from qa.answer.values import owners, values
from qa.core.settings import Settings
from qa.core.types import Article
from qa.verify.parser import Parser
from tests.qa.briefs import article

OPENING = article(
    "opening",
    "The Vesle hydropower station began work on 2 March 2023. Three turbines of 40 megawatts each give it a "
    "capacity of 120 megawatts. A line of 75 kilometres takes the power to the grid. Rebuilding its road could "
    "cost 9 million euros; the station cost 80 million euros.",
    "Vesle station opens",
    dt.date(2023, 3, 2),
    "River Post",
)
GUESTS = article(
    "guests",
    "Prime Minister Ane Holt opened the bridge. Deputy Prime Minister Per Moe stayed away. Jon Lie, prime "
    "minister of the islands, and the former prime minister, Eva Dahl, were there. The Prime Minister's House "
    "said nothing.",
    "Bridge opens",
    dt.date(2023, 3, 2),
    "River Post",
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(Settings())


def told(question: str, document: Article, parser: Parser) -> list[tuple[str, str]]:
    """Each value of a document with its owners."""
    reading = read(question, parser)
    assert reading is not None
    named = mentions(reading.things, document, parser)
    names = [each.name for each in named]
    return [
        (owner, value)
        for span in sentences(document)
        for at, value in values(reading, document, span, parser)
        for owner in owners(document, span, at, names, named)
    ]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("List the hydropower stations with their capacities", "120 megawatts"),
        ("List the cost of every hydropower station", "80 million euros"),
    ],
)
def test_a_value_is_its_own_and_not_a_parts(parser: Parser, question: str, value: str) -> None:
    assert told(question, OPENING, parser) == [("Vesle", value)]


def test_who_holds_a_post_is_named_before_beside_and_after_it(parser: Parser) -> None:
    named = [each.name for each in mentions(("prime", "minister"), GUESTS, parser)]
    assert named == ["Ane Holt", "Jon Lie", "Eva Dahl"]


@pytest.mark.parametrize(
    ("question", "topic", "attributes"),
    [
        ("Name every city where the river board met", "river board", ("meet",)),
        ("What did each road cost?", "road", ("cost",)),
        ("Name the chief ministers mentioned in the library", "chief ministers", ()),
        ("In which towns did the board meet?", "board", ("meet",)),
    ],
)
def test_what_is_listed_is_parted_from_what_is_asked_of_it(
    parser: Parser, question: str, topic: str, attributes: tuple[str, ...]
) -> None:
    found = read(question, parser)
    assert found is not None
    assert (found.topic, found.attributes) == (topic, attributes)
