"""What a list names, and whose a value is, over sentences of the tests' own."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.answer.broad import read
from qa.answer.mentions import mentions, sentences
from qa.answer.values import happened, owners, tells_of_another, values
from qa.core.settings import Settings
from qa.core.types import Article
from qa.search.sentence_ranking import Candidate
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


def test_a_thing_opens_on_the_day_that_it_did_and_not_on_another(parser: Parser) -> None:
    text = (
        "The Vesle hydropower station began commercial operation on 2 March 2023, the River Board announced on "
        "Friday, 3 March 2023. A first attempt began on 8 January. The minister was to open the station on 1 May."
    )
    station = article("days", text, "Vesle station opens", dt.date(2023, 3, 3), "River Post")
    assert told("List the hydropower stations and when they opened", station, parser) == [
        ("Vesle", "2 March 2023")
    ]


def test_an_event_is_dated_by_the_clause_that_has_it_happen(parser: Parser) -> None:
    text = (
        "A blast at the quay killed two sailors on 6 October 2024. A hearing was due on 16 October, but was put "
        "off after the attack. The van in which they died was towed on 8 October."
    )
    harbour = article("harbour", text, "Blast at the quay", dt.date(2024, 10, 9), "River Post")
    reading = read("List the attacks with their dates", parser)
    assert reading is not None
    days = [day.text for span in sentences(harbour) for day in happened(reading, harbour, span, parser)]
    assert days == ["6 October 2024"]


def test_a_name_is_whole_and_without_what_any_of_its_kind_is_called(parser: Parser) -> None:
    text = (
        "The Lysne Special Economic Zone opened in May; Orm became a special economic zone in June. The motorway "
        "from Hakla to Dera Ismail Khan passes it. Ane Dahl, now deputy prime minister and foreign minister, came."
    )
    zone = article("zone", text, "Zone opens", dt.date(2023, 6, 2), "River Post")
    named = {
        things[-1]: [each.name for each in mentions(things, zone, parser)]
        for things in (("economic", "zone"), ("motorway",), ("foreign", "minister"))
    }
    assert named == {"zone": ["Lysne"], "motorway": ["Hakla to Dera Ismail Khan"], "minister": ["Ane Dahl"]}


def test_a_figure_of_another_thing_is_not_the_topics(parser: Parser) -> None:
    text = (
        "The committee approved the line at 6 billion euros. The committee also passed the Orm Circular Railway at "
        "2 million euros. China names unpaid bills of about 3 million euros."
    )
    line = article("line", text, "Vesle line approved", dt.date(2023, 6, 2), "River Post")
    other = [
        tells_of_another(Candidate(line, at, span, 0.9, 0.9, 0.9), "cost of Vesle line", ("eur",), parser)
        for at, span in enumerate(sentences(line))
    ]
    assert other == [False, True, True]


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
