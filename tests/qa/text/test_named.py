"""What a name names, told by the words in it and about it."""

from __future__ import annotations

import pytest

from qa.text.named import Signs, kind, mentioned, signs

REPORT = (
    "ISLAMABAD: Foreign Secretary Sajjad Qazi met China's Vice Foreign Minister Sun Weidong in Murree on Sunday.\n\n"
    "Qazi said that the National Highway Authority (NHA) and the Ministry of Planning and Development had agreed. "
    "The NHA will build a road near Murree. The Chinese side spoke to Pakistan Today."
)


def kinds(text: str, place: str | None = None, speakers: tuple[str, ...] = ()) -> dict[str, str | None]:
    return {name: kind(name, sign) for name, sign in signs(text, place, speakers).items()}


def test_posts_bodies_and_places_tell_what_they_name() -> None:
    found = kinds(REPORT)
    told = {name: each for name, each in found.items() if each}
    assert told == {
        "Sajjad Qazi": "person",
        "Sun Weidong": "person",
        "Murree": "place",
        "China": "place",
        "National Highway Authority": "organisation",
        "Ministry of Planning and Development": "organisation",
    }


def test_a_surname_and_an_acronym_count_as_the_full_name() -> None:
    found = signs(REPORT)
    assert found["Sajjad Qazi"].mentions == 2
    assert found["National Highway Authority"].mentions == 3
    assert not {"Qazi", "NHA"} & found.keys()


@pytest.mark.parametrize("name", ["Chinese", "CPEC", "Qazi"])
def test_a_people_an_acronym_and_a_surname_are_no_place_and_nobody(name: str) -> None:
    assert kind(name, Signs(9, {"person": 0, "place": 9, "organisation": 0})) is None or name == "Qazi"
    assert kind(name, Signs(9, {"person": 9, "place": 0, "organisation": 0})) is None


def test_one_sign_among_many_mentions_tells_nothing() -> None:
    assert kind("Asim Bajwa", Signs(10, {"person": 1, "place": 0, "organisation": 0})) is None
    assert kind("Asim Bajwa", Signs(3, {"person": 1, "place": 0, "organisation": 0})) == "person"
    assert kind("Havelian", Signs(2, {"person": 0, "place": 1, "organisation": 0})) is None


def test_speakers_are_people_and_a_paper_that_says_something_is_not() -> None:
    text = "Hu Shisheng was there. Pakistan Today said that he spoke."
    assert kinds(text, speakers=("Hu Shisheng", "Pakistan Today")) == {
        "Hu Shisheng": "person",
        "Pakistan Today": None,
    }


def test_the_names_that_a_text_is_about_are_those_mentioned_more_than_once() -> None:
    assert mentioned(REPORT) == ["National Highway Authority", "Murree", "Sajjad Qazi"]
    assert mentioned("") == []


def test_a_text_of_nothing_but_capitals_is_read_in_no_time() -> None:
    assert signs("Aa Bb " * 10_000) == {}
    assert set(signs("Aa Bb, Cc Dd, " * 10_000)) == {"Aa Bb", "Cc Dd"}
