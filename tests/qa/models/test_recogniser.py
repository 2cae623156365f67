"""What the entity recogniser reads in a text, and how names are counted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import fetch
from qa.models.recogniser import Mentions, load_recogniser
from qa.models.registry import Model

REPORT = (
    "ISLAMABAD: Prime Minister Imran Khan met Li Keqiang in Beijing on Sunday.\n\n"
    "Khan said that the National Highway Authority (NHA) had agreed. The NHA will build a road in Pakistan. "
    "The Chinese side welcomed it."
)


@pytest.fixture(scope="module")
def recognise() -> Callable[[str], Mentions]:
    recogniser = load_recogniser(Settings())
    if recogniser is None:
        pytest.skip("the model can't be had")
    return recogniser


def most_as(found: Mentions) -> dict[str, str | None]:
    return {name: kinds.most_common(1)[0][0] for name, kinds in found.items()}


def test_people_places_and_organisations_are_told_apart(recognise: Callable[[str], Mentions]) -> None:
    found = most_as(recognise(REPORT))
    assert {name: kind for name, kind in found.items() if kind} == {
        "Imran Khan": "person",
        "Li Keqiang": "person",
        "Beijing": "place",
        "Pakistan": "place",
        "National Highway Authority": "organisation",
    }
    assert found["Chinese"] is None


def test_a_surname_and_an_acronym_count_as_the_whole_name(recognise: Callable[[str], Mentions]) -> None:
    found = recognise(REPORT)
    assert found["Imran Khan"].total() == 2
    assert found["National Highway Authority"].total() >= 2
    assert not {"Khan", "NHA"} & found.keys()


def test_the_place_before_a_report_is_not_in_it(recognise: Callable[[str], Mentions]) -> None:
    assert recognise("BEIJING: Angela Merkel arrived.").keys() == {"Angela Merkel"}


def test_a_sentence_as_long_as_a_table_is_not_read(recognise: Callable[[str], Mentions]) -> None:
    assert recognise("Angela Merkel, Barack Obama, " * 1_000) == {}
    assert recognise("Angela Merkel, Barack Obama, " * 10).keys() == {"Angela Merkel", "Barack Obama"}
    assert recognise("") == {}


def test_without_the_model_there_is_no_recogniser_and_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable(model: Model, *_: object, **__: object) -> None:
        raise UnavailableError(f"The model {model.name} can't be fetched")

    monkeypatch.setattr(fetch, "fetch", unreachable)
    with caplog.at_level(logging.WARNING):
        assert load_recogniser(Settings(cache=tmp_path)) is None
    assert [record.message for record in caplog.records] == [
        "The names in documents are not read: The model en-core-web-sm can't be fetched"
    ]
