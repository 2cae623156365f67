"""Who says it, where a document only reports it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.core.types import Speech
from qa.verify.attribution import speaker_of
from qa.verify.spans import cite
from tests.qa.briefs import PLANT

DENIAL = PLANT.body.index("Officials denied")
END = len(PLANT.body)


def said_by(speaker: str, role: str = "") -> str | None:
    article = replace(PLANT, speech=(Speech(DENIAL, END, speaker, role),))
    return speaker_of(article, DENIAL, END)


@pytest.mark.parametrize(
    ("speaker", "role", "words"),
    [
        ("Ahsan Iqbal", "Planning minister", "Planning minister Ahsan Iqbal"),
        ("Muhammad Zubair", "the governor of Sindh", "the governor of Sindh, Muhammad Zubair"),
        ("The foreign ministry", "", "the foreign ministry"),
        ("he", "", None),
    ],
)
def test_a_speaker_is_named_as_a_reader_would(speaker: str, role: str, words: str | None) -> None:
    assert said_by(speaker, role) == words


def test_what_a_document_says_itself_has_no_speaker() -> None:
    assert speaker_of(PLANT, 0, DENIAL) is None


def test_an_official_statement_is_its_issuer_s() -> None:
    official = replace(PLANT, kind="official", issuer="Ministry of Energy")
    assert speaker_of(official, 0, DENIAL) == "Ministry of Energy"


def test_two_speakers_are_none() -> None:
    both = (Speech(0, DENIAL, "Ana Ruiz"), Speech(DENIAL, END, "Jun Sato"))
    assert speaker_of(replace(PLANT, speech=both), 0, END) is None


def test_a_citation_carries_its_speaker() -> None:
    article = replace(PLANT, speech=(Speech(DENIAL, END, "Officials"),))
    assert cite(article, DENIAL, END, 1).speaker == "Officials"
    assert cite(article, 0, DENIAL, 1).speaker is None
