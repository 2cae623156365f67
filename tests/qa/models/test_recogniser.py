"""What the entity recogniser reads in a text, and how names are counted."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.core.types import Article
from qa.models import fetch
from qa.models.install import ensure
from qa.models.recogniser import Mentions, load_recogniser
from qa.models.registry import PARSER, Model
from qa.store import named
from qa.store.library import Library
from qa.verify.parser import Parser

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


def test_a_place_that_the_model_does_not_know_is_no_organisation(
    recognise: Callable[[str], Mentions],
) -> None:
    text = (
        "Balochistan approved the plan. Sukkur approved it as well. "
        "The plan was also approved by Huawei, by Reuters and by the Asian Development Bank."
    )
    found = most_as(recognise(text))
    assert {name for name, kind in found.items() if kind == "organisation"} == {
        "Huawei",
        "Reuters",
        "Asian Development Bank",
    }
    assert found["Balochistan"] is found["Sukkur"] is None


def test_the_last_word_of_an_organisation_counts_as_the_whole_but_a_place_in_it_does_not(
    recognise: Callable[[str], Mentions],
) -> None:
    found = recognise(
        "The CPEC Authority met the State Bank of Pakistan in Pakistan. "
        "The Authority was pleased, said the Authority. It will stay in Pakistan."
    )
    assert found["CPEC Authority"].total() == 3
    assert found["Pakistan"].total() == 2
    assert "Authority" not in found


def test_a_name_with_a_linking_word_is_whole(recognise: Callable[[str], Mentions]) -> None:
    found = recognise(
        "The banned Tehrik-i-Taliban Pakistan claimed the attack near the Pakistan-Afghanistan border."
    )
    assert not {"Tehrik", "Pakistan Tehrik"} & found.keys()
    assert any(name.startswith("Tehrik-i-Taliban") for name in found)


def test_the_place_before_a_report_is_not_in_it(recognise: Callable[[str], Mentions]) -> None:
    assert recognise("BEIJING: Angela Merkel arrived.").keys() == {"Angela Merkel"}


def test_a_sentence_as_long_as_a_table_is_not_read(recognise: Callable[[str], Mentions]) -> None:
    assert recognise("Angela Merkel, Barack Obama, " * 1_000) == {}
    assert recognise("Angela Merkel, Barack Obama, " * 10).keys() == {"Angela Merkel", "Barack Obama"}
    assert recognise("") == {}


def test_a_copy_of_the_parser_that_is_older_than_the_recogniser_parses_without_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        copy = ensure(PARSER, Settings())
    except UnavailableError as error:
        pytest.skip(f"no parser: {error}")
    shutil.copytree(copy, tmp_path / "models" / PARSER, ignore=shutil.ignore_patterns("ner", "verified.json"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple/")
    monkeypatch.setenv("PIP_RETRIES", "0")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    offline = Settings(cache=tmp_path, models_from="index")
    (predicate,) = Parser(offline).predicates("Skylark bought Windhover.")
    assert predicate.lemma == "buy"
    library = Library(tmp_path / "library", create=True)
    library.put(Article("1", "Title", "Angela Merkel spoke.", "1", language="en"), [])
    with caplog.at_level(logging.WARNING):
        named.catch_up(library, offline)
    assert [named.main(library, kind, 9) for kind in named.KINDS] == [{}, {}, {}]
    (warning,) = [record.message for record in caplog.records]
    assert warning.startswith(
        "The names in documents are not read: The model en-core-web-sm-ner can't be fetched"
    )


def test_without_the_model_there_is_no_recogniser_and_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable(model: Model, *_: object, **__: object) -> None:
        raise UnavailableError(f"The model {model.name} can't be fetched")

    monkeypatch.setattr(fetch, "fetch", unreachable)
    with caplog.at_level(logging.WARNING):
        assert load_recogniser(Settings(cache=tmp_path)) is None
    assert [record.message for record in caplog.records] == [
        "The names in documents are not read: The model en-core-web-sm-ner can't be fetched"
    ]
